"""A case of this installation is talked over by its reporter and its respondent.

The reporter alone offers it, under a name of their own choice, and can stop it for good; nobody
who complained is asked to. The respondent comes by the door that it has anyway, once it was asked
for its side: it learns of no case by this. The case goes on meanwhile, and whoever decides it does
not learn that there is a talk.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import party, seat
from gongdao.domain.flows import talk_secrets, talk_words
from gongdao.domain.flows.masking import Masking, of_names
from gongdao.domain.flows.records import Records, missing, parties_of
from gongdao.domain.flows.talk_chairs import Chair
from gongdao.domain.flows.telling import Gap, Telling
from gongdao.domain.intake.model import Answer, Case, CaseStage
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import (
    CaseId,
    InvitationId,
    PersonId,
    ReportId,
    Sealed,
    SettlementId,
)
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.negotiation import InsideKind
from gongdao.domain.settlement import entering, performing, rules
from gongdao.domain.settlement.events import (
    Matter,
    MatterKind,
    Side,
    TalkClosed,
    TalkOpened,
    Withdrawer,
)
from gongdao.domain.settlement.model import Settlement

_SIDES = {Seat.REPORTER: Side.INVITER, Seat.RESPONDENT: Side.INVITED}


@dataclass(frozen=True, slots=True)
class TalksInside:
    """Opens such talks, and knows who sits where."""

    records: Records
    telling: Telling

    def offered(self, case_id: CaseId, caller: Caller) -> InsideKind | None:
        """Why the reporter may offer to talk now; None where they may not."""
        case = self.records.cases.get(case_id).now
        by = party(caller, parties_of(case), Seat.REPORTER)
        try:
            found = self._kind(case, _person(by))
            rules.may_open([h.now for h in self._about([self._report(case, _person(by))])])
        except (Refused, NotFound):
            return None
        return found

    def open(
        self, case_id: CaseId, name: str, subject: str, caller: Caller, *, sure: bool = False
    ) -> SettlementId:
        """Offer to talk, under a name that need not be one's own. The respondent is told of it."""
        r = self.records
        known_as, about = entering.check_name(name), entering.check_subject(subject)
        with r.work():
            case = r.cases.get(case_id).now
            by = party(caller, parties_of(case), Seat.REPORTER)
            person = _person(by)
            self._kind(case, person)
            respondent, at = _respondent(case), r.clock()
            self._check(case, person, [known_as, about], sure=sure)
            limits = talk_words.policy_of(r.pack(case.pack)).limits
            matter = Matter(MatterKind.CASE, self._report(case, person))
            rules.may_open([held.now for held in r.settlements.of_matter(matter)])
            step = TalkOpened(
                at=at,
                by=by,
                settlement=SettlementId(r.new_id()),
                matter=matter,
                inviter=person,
                invited=respondent,
                invitation=InvitationId(r.new_id()),
                until=at + limits.invitation.flat(),
                pack=case.pack,
                name=r.texts.seal(known_as, person),
                subject=r.texts.seal(about, person),
            )
            r.settlements.add(step.settlement, [step], after=0)
            words = Gap(both={"name": known_as, "title": about})
            self.telling.tell(respondent, Reader.RESPONDENT, "talk_offered", case, words)
        return step.settlement

    def of_case(self, case_id: CaseId, caller: Caller) -> list[SettlementId]:
        """A reporter's own, or all that a respondent was offered, the latest first."""
        case = self.records.cases.get(case_id).now
        chair = seat(caller, parties_of(case))
        if chair not in _SIDES or caller.person is None:
            raise missing()
        if not self._ever(case):
            return []
        side, found = _SIDES[chair], self._about(case.reports)
        return [h.now.id for h in found if _of(h.now, side) == caller.person]

    def chair(self, held: Held[Settlement], caller: Caller) -> Chair:
        """The chair of one of the two; NotFound for everybody else, staff and co-reporters too."""
        case = self.case_of(held.now)
        side = _SIDES.get(seat(caller, parties_of(case)))
        if side is None or _of(held.now, side) != caller.person:
            raise missing()
        role = Role.REPORTER if side is Side.INVITER else Role.RESPONDENT
        return Chair(held, side, Actor(role, caller.person), caller)

    def come(self, chair: Chair, name: str) -> None:
        """The respondent comes in, under a name that it gives. The reporter is told."""
        r = self.records
        if not chair.inside or chair.side is not Side.INVITED:
            raise missing()
        known_as = entering.check_name(name)
        with r.work():
            case = self.case_of(chair.now)
            must_go_on(case)
            seal = r.texts.seal(known_as, chair.party)
            step = entering.come(chair.now, seal, chair.by, r.clock())
            r.settlements.add(chair.now.id, [step], after=chair.held.version)
            words = Gap(both={"name": known_as})
            self.telling.tell(chair.now.inviter, Reader.REPORTER, "talk_joined", case, words)

    def check(self, chair: Chair, *texts: str) -> None:
        """Refused once the case is over, and where a reporter would give themselves away."""
        if not chair.inside:
            return
        case = self.case_of(chair.now)
        must_go_on(case)
        self.keep_secret(chair, *texts)

    def keep_secret(self, chair: Chair, *texts: str) -> None:
        """Refused where a reporter would give themselves away."""
        if chair.inside and chair.side is Side.INVITER:
            self._check(self.case_of(chair.now), chair.party, texts, sure=chair.sure)

    def closed(
        self, chair: Chair, withdrawn_by: Withdrawer | None, note: Sealed | None
    ) -> TalkClosed:
        """The end of it. That the report was withdrawn is said only once its reporter did that."""
        r = self.records
        limits = talk_words.policy_of(r.pack(chair.now.pack)).limits
        left = chair.party in self.case_of(chair.now).left
        if withdrawn_by is not None and not (left and withdrawn_by is Withdrawer.COMPLAINANT):
            raise Refused(
                "settlement.withdraw_first",
                hint_noop("Withdraw the report first, on its own page. Nobody else can do that."),
            )
        allowed = frozenset({Withdrawer.COMPLAINANT})
        return performing.close(chair.now, limits, withdrawn_by, allowed, note, chair.by, r.clock())

    def case_of(self, now: Settlement) -> Case:
        """The case that a talk is about."""
        r = self.records
        return r.cases.get(r.reports.case_of(ReportId(now.matter.id))).now

    def _kind(self, case: Case, reporter: PersonId) -> InsideKind:
        """Why it may be talked over now; Refused where it may not."""
        policy = self.records.pack(case.pack).negotiation
        inside = policy.inside if policy else None
        kind = inside.kind_of(case.category, case.subject.kind) if inside else None
        if inside is None or kind is None or len(case.reporters) > inside.reporters_most:
            raise Refused(
                "settlement.not_inside",
                hint_noop("This case concerns others, too, so it cannot be talked over here."),
            )
        must_go_on(case)
        if reporter in case.left:
            raise _over()
        if case.respondent is None or case.answer is Answer.NOT_ASKED:
            raise Refused(
                "settlement.not_asked_yet",
                hint_noop("You can offer it once the other side was asked for its side."),
            )
        return kind

    def _ever(self, case: Case) -> bool:
        """Whether a case of its kind can have been talked over at all."""
        policy = self.records.pack(case.pack).negotiation
        inside = policy.inside if policy else None
        return inside is not None and bool(inside.kind_of(case.category, case.subject.kind))

    def _report(self, case: Case, reporter: PersonId) -> ReportId:
        """The reporter's own report, by which nobody else's is talked over: the first of it."""
        found = self.records.reports.of_case(case.id, reporter)
        if not found:
            raise missing()
        return found[0].id

    def _about(self, reports: Sequence[ReportId]) -> Sequence[Held[Settlement]]:
        return self.records.settlements.about([Matter(MatterKind.CASE, id_) for id_ in reports])

    def _check(self, case: Case, reporter: PersonId, texts: Sequence[str], *, sure: bool) -> None:
        r, pack = self.records, self.records.pack(case.pack)
        policy = talk_words.policy_of(pack)
        texts = [talk_words.checked(each, policy) for each in texts]
        own: Masking = of_names(r.parties.names_of([reporter]))
        talk_secrets.refuse_names(texts, own, policy)
        if sure:
            return
        talk_secrets.refuse_personal(texts, pack, r.clock().astimezone(CHINA).date())
        said = [r.opened(each.statement) for each in r.reports.of_case(case.id, reporter)]
        if policy.inside is not None:
            talk_secrets.refuse_quotations(texts, said, policy.inside.quoted)


def must_go_on(case: Case) -> None:
    """Refused once the case is decided or withdrawn: what was agreed can still be done."""
    if case.stage is not CaseStage.INVESTIGATING:
        raise _over()


def _over() -> Refused:
    return Refused(
        "settlement.case_over",
        hint_noop("The case has ended, so nothing new is offered. What was agreed can be done."),
    )


def _person(by: Actor) -> PersonId:
    if by.person is None:
        raise missing()
    return by.person


def _respondent(case: Case) -> PersonId:
    if case.respondent is None:
        raise missing()
    return case.respondent


def _of(now: Settlement, side: Side) -> PersonId:
    return now.inviter if side is Side.INVITER else now.invited
