"""Somebody is led through an appeal: questions by the case, a draft, and sending it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import seat
from gongdao.domain.appeals import drafts, rules
from gongdao.domain.appeals.drafts import (
    CONFIRMED,
    EDITED,
    PARTS,
    SITUATION,
    WISH,
    Draft,
    answer_name,
)
from gongdao.domain.appeals.model import Channel, Filing, Side, Weighed
from gongdao.domain.appeals.statement import Composed, Makings, Whole, compose, text_of, whole
from gongdao.domain.decisions.model import Decision
from gongdao.domain.flows.appealing import Appealing, under_appeal
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.records import Records, missing, parties_of
from gongdao.domain.flows.reopening import reopening
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.ids import AppealId, DecisionId, ExhibitId, PersonId
from gongdao.domain.policy.drafts import DraftPolicy
from gongdao.domain.policy.model import CasePolicy
from gongdao.domain.policy.questions import Part, Question, QuestionPolicy


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything that somebody who appeals is asked, and what they have said so far."""

    decision: Decision
    case: Case
    person: PersonId
    policy: CasePolicy
    questions: QuestionPolicy
    templates: DraftPolicy
    draft: Draft
    exhibits: Mapping[int, ExhibitId]
    """Their own in the case, by number."""

    @property
    def family(self) -> str:
        """The word before the dot of the clause that the decision cites."""
        return (self.decision.clause or "").partition(".")[0]

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions in order; which these are depends on how it was."""
        return self.questions.asked(self.family, self.case.subject.kind, self.draft.text(SITUATION))

    @property
    def fields(self) -> dict[str, int]:
        """What a draft may hold, and how many characters of each."""
        most = self.policy.appeals.grounds_max
        answers = {answer_name(q.code): q.most for q in self.questions.questions}
        parts = dict.fromkeys(PARTS.values(), most)
        return {SITUATION: 80, WISH: 80, EDITED: 3, CONFIRMED: 3, **parts, **answers}

    @property
    def edited(self) -> bool:
        """Whether the statement was changed by hand, so that answers no longer change it."""
        return bool(self.draft.text(EDITED))

    @property
    def overtaken(self) -> bool:
        """Whether answers were changed after the statement was written by hand."""
        answers = [SITUATION, *(answer_name(q.code) for q in self.asked)]
        return self.edited and self.draft.touched(*answers) > self.draft.touched(*PARTS.values())

    def composed(self, language: str) -> Composed:
        """The statement as the answers make it."""
        return compose(
            Makings(
                templates=self.templates,
                questions=self.questions,
                asked=self.asked,
                family=self.family,
                situation=self.draft.text(SITUATION),
                answers=self.draft.answers(),
                decided=self._decided(language),
                exhibits=sorted(self.exhibits),
                language=language,
            )
        )

    def parts(self, language: str) -> dict[Part, str]:
        """The statement as it stands: by hand, or as the answers make it."""
        if self.edited:
            return {part: self.draft.text(name) for part, name in PARTS.items()}
        return {part: text_of(pieces) for part, pieces in self.composed(language).items()}

    def whole(self, language: str) -> Whole:
        """The statement as it would be sent."""
        return whole(self.templates, self.parts(language), language)

    def by_hand(self, parts: Mapping[Part, str], language: str) -> dict[str, str]:
        """What to keep of a statement that was written: nothing where the answers make the same."""
        made = {part: text_of(pieces) for part, pieces in self.composed(language).items()}
        if parts == made:
            return {EDITED: "", **dict.fromkeys(PARTS.values(), "")}
        return {EDITED: "yes", **{PARTS[part]: text for part, text in parts.items()}}

    def _decided(self, language: str) -> dict[str, str]:
        chinese = language.startswith("zh")
        at = self.decision.decided_at.astimezone(CHINA)
        clause = next((c for c in self.policy.clauses if c.code == self.decision.clause), None)
        english = f"{at.day} {at:%B %Y, %H:%M}"
        return {
            "decided": f"{at.year}年{at.month}月{at.day}日{at:%H:%M}" if chinese else english,
            "clause": clause.title.in_(language) if clause else self.decision.clause or "–",
            "number": short_number(self.decision.id),
        }


@dataclass(frozen=True, slots=True)
class Guiding:
    """From the first question to the appeal that is sent."""

    records: Records
    appealing: Appealing
    exhibiting: Exhibiting

    def open(self, decision_id: DecisionId, caller: Caller) -> Guide:
        """What there is to ask; NotFound for a stranger, Refused where no appeal can be made."""
        r = self.records
        decision = r.decisions.get(decision_id).now
        case = r.cases.get(decision.case).now
        person = _respondent(decision, case, caller)
        policy = r.policy(decision.pack)
        earlier = r.appeals.of_decision(decision_id)
        once_more = reopening(r, decision, earlier, person)
        about = replace(under_appeal(decision, case), reopening=once_more)
        rules.check_open(about, earlier, policy.appeals, r.clock())
        pack = pack_of_the_day(r.packs, r.clock())
        if pack.questions is None or pack.drafts is None:
            raise NotFound(
                "draft.no_questions",
                hint_noop("The rule pack {pack} asks no questions. Write the appeal in one go."),
                pack=str(pack.ref),
            )
        own = self.exhibiting.of_case(case.id, caller)
        return Guide(
            decision=decision,
            case=case,
            person=person,
            policy=policy,
            questions=pack.questions,
            templates=pack.drafts,
            draft=r.drafts.of(decision_id, person),
            exhibits={each.number: each.id for each in own if each.mine},
        )

    def save(
        self,
        decision_id: DecisionId,
        texts: Mapping[str, str],
        seen: int,
        writer: str,
        caller: Caller,
    ) -> Guide:
        """Keep some texts of a draft; MovedOn where another window changed them since `seen`."""
        r = self.records
        with r.work():
            guide = self.open(decision_id, caller)
            drafts.check_names(texts, guide.fields)
            new = drafts.write(guide.draft, texts, seen, writer, r.clock())
            if new is not guide.draft:
                kept_for = guide.questions.kept_for.flat()
                until = drafts.forgotten_at(guide.decision.appeal_closes, r.clock(), kept_for)
                r.drafts.keep(new, guide.draft.version, until)
        return replace(guide, draft=new)

    def put(
        self, decision_id: DecisionId, texts: Mapping[str, str], seen: int, caller: Caller
    ) -> Guide:
        """Keep just these texts and no others, as a program does."""
        known = self.open(decision_id, caller).draft.texts
        return self.save(decision_id, {**dict.fromkeys(known, ""), **texts}, seen, "", caller)

    def send(
        self,
        decision_id: DecisionId,
        language: str,
        caller: Caller,
        weighed: Weighed | None = None,
        channel: Channel = Channel.WEB,
    ) -> AppealId:
        """File what stands in the draft, whatever is missing; the draft is then deleted."""
        guide = self.open(decision_id, caller)
        brings = tuple(exhibit for _, exhibit in sorted(guide.exhibits.items()))
        filing = Filing(channel, brings, guide.draft.text(WISH))
        grounds = guide.whole(language).text
        return self.appealing.file(decision_id, grounds, caller, filing, weighed)

    def filing(
        self,
        decision_id: DecisionId,
        channel: Channel,
        wish: str,
        brings: Sequence[ExhibitId],
        caller: Caller,
    ) -> Filing:
        """What a program files with; Refused for a wish or an exhibit that there is not."""
        r = self.records
        decision = r.decisions.get(decision_id).now
        questions = pack_of_the_day(r.packs, r.clock()).questions
        if wish and (questions is None or questions.wish(wish) is None):
            raise Refused(
                "appeal.unknown_wish",
                hint_noop("Ask for one of these: {known}."),
                known=", ".join(each.code for each in questions.wishes) if questions else "–",
            )
        own = {each.id for each in self.exhibiting.of_case(decision.case, caller) if each.mine}
        if not own.issuperset(brings):
            raise Refused(
                "appeal.not_your_exhibit",
                hint_noop("Name exhibits that you have brought to this case."),
            )
        return Filing(channel, tuple(brings), wish)


def short_number(decision: DecisionId) -> str:
    """By which a decision is named in a statement; its letter shows all of it."""
    return decision[-12:].upper()


def _respondent(decision: Decision, case: Case, caller: Caller) -> PersonId:
    """Whoever the decision is about; a reporter who asks for a review writes it in one go."""
    seat(caller, parties_of(case))
    if caller.person is None:
        raise missing()
    if rules.side_of(under_appeal(decision, case), caller.person) is not Side.RESPONDENT:
        raise missing()
    return caller.person
