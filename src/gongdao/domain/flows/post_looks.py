"""People look at a text that waits: its group's owner, then the desk, then another reviewer."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import DECIDERS, READERS, must_be, not_found
from gongdao.domain.decisions.model import Measure, Outcome
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.deciding import Deciding
from gongdao.domain.flows.handing_in import check_version
from gongdao.domain.flows.investigating import Investigating
from gongdao.domain.flows.post_labels import release_says
from gongdao.domain.flows.post_letters import PostLetters, book_of, held_id, work_of
from gongdao.domain.flows.post_views import PostView, view_of, views_of
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.reporting import Reporting
from gongdao.domain.flows.submitting import Submission, pack_of_the_day
from gongdao.domain.intake.model import CaseStage
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import CaseId, Code, Sealed
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.outgoing.model import MessageKind
from gongdao.domain.policy.model import CasePolicy, Clause, Penalty, Scope, SubjectKind
from gongdao.domain.screening import post_rules as rules
from gongdao.domain.screening.posts import HeldPost, Level, Opinion

_SHOWN = 200
_PAGE = 50
_LOOKED_FOR = 5
MOST_COUNTED = 1000
"""More than so many are not counted: "1000 or more" says enough."""
_DESK = (Level.DESK, Level.THIRD, Level.LEAD)


@dataclass(frozen=True, slots=True)
class Withholding:
    """Why a text is not to appear, in a reviewer's words."""

    clause: Code
    findings: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what waits for the desk."""

    posts: list[PostView]
    more: str | None
    """After which text the next page begins; None: this is the last one."""
    waiting: int
    """How many wait in all, the caller's own among them; at most `MOST_COUNTED`."""


@dataclass(frozen=True, slots=True)
class PostLooks:
    """What people who look can do. Withholding is a decision like any other."""

    records: Records
    reporting: Reporting
    investigating: Investigating
    deciding: Deciding

    def queue(self, who: Caller, after: str | None = None) -> Queue:
        """What waits for the desk, the soonest due first; what the caller may not rule on is not.

        With `after` what comes behind that text.
        """
        must_be(who, *READERS, Role.AUDITOR)
        r, begin = self.records, held_id(after) if after else None
        found = r.held_posts.waiting(_DESK, _PAGE + 1, begin)
        more = found[_PAGE - 1].now.id if len(found) > _PAGE else None
        theirs = self._for_desk(found[:_PAGE], who)
        return Queue(views_of(r, theirs), more, r.held_posts.how_many(_DESK, MOST_COUNTED))

    def next(self, post: str, who: Caller) -> str | None:
        """The text behind this one in the queue, or the first one."""
        must_be(who, *READERS, Role.AUDITOR)
        for begin in (held_id(post), None):
            found = self.records.held_posts.waiting(_DESK, _LOOKED_FOR, begin)
            for each in self._for_desk(found, who):
                if each.now.id != post and who.person not in each.now.passed_by:
                    return each.now.id
        return None

    def owns(self, post: PostView, who: Caller) -> bool:
        """Whether a text lies in a group of the caller's."""
        return self._owns(self.records.held_posts.get(held_id(post.id)).now, who)

    def _for_desk(self, found: Sequence[Held[HeldPost]], who: Caller) -> list[Held[HeldPost]]:
        owned = self.records.groups.of_owner(who.person) if who.person else []
        groups = {each.id for each in owned}
        return [h for h in found if h.now.author != who.person and h.now.group not in groups]

    def at_desk(self, post: str, who: Caller) -> PostView:
        """One text for the desk; one's own is not there."""
        must_be(who, *READERS, Role.AUDITOR)
        held = self.records.held_posts.get(held_id(post))
        if who.person is None or held.now.author == who.person:
            raise not_found()
        return view_of(self.records, held)

    def of_group(self, group: str, who: Caller) -> list[PostView]:
        """What waits for the owner of a group."""
        owned = self.records.groups.get(group).now
        if who.person is None or who.only_case is not None or who.person not in owned.owners:
            raise not_found()
        found = self.records.held_posts.waiting_in(owned.id, _SHOWN)
        return views_of(self.records, [e for e in found if e.now.author != who.person])

    def release(self, post: str, note: str, who: Caller, version: int | None = None) -> None:
        """Let it appear."""
        r = self.records
        with r.work():
            held, by = self._turn(post, who, version)
            step = rules.release(held.now, self._note(note, by), by, r.clock())
            kept = r.held_posts.add(held.now.id, [step], after=held.version).now
            PostLetters(r).released(kept)
            if by.role is not Role.GROUP_OWNER:
                release_says(r, kept, by.person)

    def pass_on(
        self, post: str, opinion: Opinion, note: str, who: Caller, version: int | None = None
    ) -> None:
        """Let another look, too."""
        r = self.records
        with r.work():
            held, by = self._turn(post, who, version)
            work = work_of(r, held.now.pack)
            step = rules.pass_on(held.now, opinion, self._note(note, by), by, work)
            kept = r.held_posts.add(held.now.id, [step], after=held.version).now
            PostLetters(r).waits(kept)

    def withhold(
        self, post: str, why: Withholding, who: Caller, version: int | None = None
    ) -> CaseId:
        """Keep it from appearing: a case of the house's own, decided with reasons."""
        r = self.records
        check_characters(why.findings, why.reasons)
        with r.work():
            held, by = self._turn(post, who, version)
            rules.check_withhold(held.now, by)
            case = self._case(held.now, why, who)
            decision = self.deciding.decide(case, self._ruling(held.now, why), who)
            step = rules.withhold(held.now, case, decision, why.clause, by, r.clock())
            kept = r.held_posts.add(held.now.id, [step], after=held.version).now
            PostLetters(r).announce(MessageKind.POST_WITHHELD, kept)
        return case

    def clauses(self) -> list[Clause]:
        """The clauses of today's pack that a text can be withheld for."""
        policy = self._policy()
        return [each for each in policy.clauses if _category(policy, each.code) is not None]

    def reason_most(self) -> int:
        """How long the reasons may be."""
        return self._policy().limits.reason_max

    def _policy(self) -> CasePolicy:
        r = self.records
        return r.policy(pack_of_the_day(r.packs, r.clock()).ref)

    def _case(self, post: HeldPost, why: Withholding, who: Caller) -> CaseId:
        """Raise it as the house itself, for nobody in particular, and take it up."""
        r, policy = self.records, self._policy()
        category, account = _category(policy, why.clause), r.parties.account(post.author)
        if category is None:
            raise Refused("held.unknown_clause", hint_noop("Choose one of the listed clauses."))
        if account is None:
            raise Refused(
                "held.author_gone",
                hint_noop(
                    "Its author's account is gone: nobody could be told a decision. The app has "
                    "to take the text back."
                ),
            )
        said = book_of(r, post.pack).waiting.statement
        given = Submission(
            subject_kind=SubjectKind.CONTENT,
            subject_ref=r.opened(post.reference),
            snapshot=r.opened(post.look.text)[: policy.limits.snapshot_max],
            category=category,
            statement=f"{said.zh} / {said.en}",
            account=account,
        )
        case = self.reporting.file(given, Caller(None)).case
        if r.cases.get(case).now.stage is CaseStage.RECEIVED:
            self.investigating.accept(case, why.reasons, who)
        return case

    def _ruling(self, post: HeldPost, why: Withholding) -> Ruling:
        said = book_of(self.records, post.pack).waiting.departure
        return Ruling(
            outcome=Outcome.VIOLATION,
            findings=why.findings,
            reasons=why.reasons,
            clause=why.clause,
            measure=Measure(Penalty.WARNING, Scope.CONTENT, None),
            departure=f"{said.zh} / {said.en}",
        )

    def _turn(self, post: str, who: Caller, version: int | None) -> tuple[Held[HeldPost], Actor]:
        """The text and the caller, as whom it is asked now: its group's owner or a reviewer."""
        held = self.records.held_posts.get(held_id(post))
        if who.person is None or who.only_case is not None:
            raise not_found()
        waits_for_owner = held.now.wait is not None and held.now.wait.level is Level.OWNER
        if waits_for_owner and self._owns(held.now, who):
            role = Role.GROUP_OWNER
        elif who.has(*DECIDERS):
            role = Role.SENIOR_REVIEWER if who.has(Role.SENIOR_REVIEWER) else Role.REVIEWER
        else:
            raise not_found()
        if role is not Role.GROUP_OWNER:
            rules.check_no_owner(owns=self._owns(held.now, who))
        check_version(held, version)
        return held, Actor(role, who.person)

    def _owns(self, post: HeldPost, who: Caller) -> bool:
        group = self.records.groups.get(post.group).now if post.group else None
        return group is not None and who.person in group.owners and who.person != post.author

    def _note(self, note: str, by: Actor) -> Sealed | None:
        check_characters(note)
        said = note.strip()
        if len(said) > rules.NOTE_MOST:
            raise BadInput(
                "held.note_too_long",
                hint_noop("Shorten the note to {most} characters."),
                most=rules.NOTE_MOST,
            )
        return self.records.texts.seal(said, by.person) if said else None


def opinion_of(code: str) -> Opinion:
    """An opinion by its name; Refused for one that there is not."""
    try:
        return Opinion(code)
    except ValueError:
        raise Refused("held.unknown_opinion", hint_noop("Choose one of the answers.")) from None


def _category(policy: CasePolicy, clause: Code) -> Code | None:
    """The category of reports that a clause belongs to, for what somebody posts."""
    fitting = [
        each.code
        for each in policy.categories
        if clause in each.clauses and SubjectKind.CONTENT in each.subjects
    ]
    return fitting[0] if fitting else None
