"""A reviewer takes the next case, keeps it while they work, gives it back or on to a colleague."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS, decider, may_read_desk, must_be, not_found, seat
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.weighing import Weighing, known_pack
from gongdao.domain.intake.model import Case, CaseEscalated, CaseHandedOver, CaseStage
from gongdao.domain.intake.rules import check_reasons
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.kernel.people import Staff
from gongdao.domain.policy.weights import Weights
from gongdao.domain.triage import rules
from gongdao.domain.triage.model import Able, Claim, Factor, Puller, Waiting


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an open case stands in its queue, for staff."""

    case: CaseId
    points: int
    factors: tuple[Factor, ...]
    """All of them, the waiting last; their sum is `points`."""
    ready: bool
    senior: bool
    holder: PersonId | None
    until: datetime | None
    """How long it is kept for its holder."""
    mine: bool
    reach: float


@dataclass(frozen=True, slots=True)
class Pulling:
    """Everything that reviewers do with their queues."""

    records: Records
    weighing: Weighing

    def next(self, caller: Caller) -> CaseId | None:
        """Claim the case that comes next for this reviewer; None where nothing waits for them."""
        must_be(caller, *DECIDERS)
        r, person = self.records, _person(caller)
        now = r.clock()
        weights = self._weights(now)
        # A pull keeps its claim whole by itself; a transaction around it would be two more waits.
        who = self._puller(person, now, senior=caller.has(Role.SENIOR_REVIEWER))
        rules.check_hands_free(weights, who)
        claim = self._claim(person, now, weights.lease_minutes)
        if rules.is_lanes_turn(self._lane(now), weights.turns, who.turn):
            ahead = r.queues.pull_ahead(who, claim, now)
            if ahead is not None:
                return ahead
        kind = rules.turn_of(weights.turns, who.turn)
        found = r.queues.pull(who, kind, claim, now) if kind is not None else None
        return found or r.queues.pull(who, None, claim, now)

    def take(self, case_id: CaseId, caller: Caller) -> None:
        """Claim one case that nobody holds."""
        r = self.records
        with r.work():
            held, by, waiting = self._open(case_id, caller)
            now = r.clock()
            rules.check_free(waiting, by.person, now)
            senior = by.role is Role.SENIOR_REVIEWER
            who = self._able(_known(by), held.now, waiting, senior=senior)
            claim = self._claim(who.person, now, self._weights(now).lease_minutes)
            if not waiting.ready:
                raise Refused(
                    "triage.not_ready",
                    hint_noop("This case waits for an answer. It comes back by itself."),
                )
            if not r.queues.claim(case_id, claim, now):
                rules.check_free(r.queues.get(case_id), by.person, now)

    def keep(self, case_id: CaseId, caller: Caller) -> datetime:
        """A sign of life: the case stays with its holder; until when."""
        r = self.records
        with r.work():
            _, by, waiting = self._open(case_id, caller)
            now = r.clock()
            rules.check_mine(waiting, by.person, now)
            claim = self._claim(_known(by), now, self._weights(now).lease_minutes)
            if waiting.claim is not None and waiting.claim.until >= claim.until:
                return waiting.claim.until
            if not r.queues.claim(case_id, claim, now):
                rules.check_mine(r.queues.get(case_id), by.person, now)
        return claim.until

    def release(self, case_id: CaseId, caller: Caller, *, conflict: bool = False) -> None:
        """Give a case back; for good, where the reviewer declares a conflict of interest."""
        r = self.records
        with r.work():
            _, by, waiting = self._open(case_id, caller)
            if conflict:
                r.queues.declare(_known(by), case_id)
            if conflict and waiting.held_by(r.clock()) != by.person:
                return
            rules.check_mine(waiting, by.person, r.clock())
            r.queues.hand(case_id, None)

    def hand_over(self, case_id: CaseId, to: PersonId, reasons: str, caller: Caller) -> None:
        """Give a case to a colleague, with a reason that stands in the record."""
        r = self.records
        with r.work():
            held, by, waiting = self._open(case_id, caller)
            now = r.clock()
            if by.role is not Role.SENIOR_REVIEWER:
                rules.check_free(waiting, by.person, now)
            staff = self._colleague(to)
            senior = Role.SENIOR_REVIEWER in staff.roles
            self._able(to, held.now, waiting, senior=senior)
            text = check_reasons(r.policy(held.now.pack), reasons)
            sealed = r.texts.seal(text, held.now.respondent)
            step = CaseHandedOver(at=now, by=by, to=to, reasons=sealed)
            r.cases.add(case_id, [step], after=held.version)
            r.queues.hand(case_id, self._claim(to, now, self._weights(now).hand_over_minutes))

    def escalate(self, case_id: CaseId, reasons: str, caller: Caller) -> None:
        """Give a case to the senior reviewers, with a reason that stands in the record."""
        r = self.records
        with r.work():
            held, by, waiting = self._open(case_id, caller)
            rules.check_free(waiting, by.person, r.clock())
            if waiting.senior:
                raise Refused(
                    "triage.already_senior",
                    hint_noop("The senior reviewers have this case already."),
                )
            text = check_reasons(r.policy(held.now.pack), reasons)
            sealed = r.texts.seal(text, held.now.respondent)
            step = CaseEscalated(at=r.clock(), by=by, reasons=sealed)
            r.cases.add(case_id, [step], after=held.version)
            r.queues.hand(case_id, None)

    def standing(self, case_id: CaseId, caller: Caller) -> Standing | None:
        """The priority with every part of it, and who holds it; None for a closed case."""
        may_read_desk(caller)
        r = self.records
        case = r.cases.get(case_id).now
        if seat(caller, parties_of(case)) not in {Seat.STAFF, Seat.AUDITOR}:
            raise not_found()
        waiting, now = r.queues.get(case_id), r.clock()
        if waiting is None:
            return None
        weights = self.weighing.by(known_pack(self.weighing, waiting.pack, now))
        priority = rules.weigh(weights, rules.facts_of(waiting))
        holder = waiting.held_by(now)
        return Standing(
            case=case_id,
            points=priority.points(now),
            factors=(*priority.factors, priority.waited(now)),
            ready=waiting.ready,
            senior=waiting.senior,
            holder=holder,
            until=waiting.claim.until if holder and waiting.claim else None,
            mine=holder is not None and holder == caller.person,
            reach=rules.reach(weights.reach, waiting.spread),
        )

    def colleagues(self, case_id: CaseId, caller: Caller) -> list[tuple[PersonId, str]]:
        """Colleagues with their names; who must not have this case is refused when it is tried."""
        r = self.records
        decider(caller, parties_of(r.cases.get(case_id).now))
        found = [(s.person, s.name) for s in r.staff.reviewers() if s.person != caller.person]
        return sorted(found, key=lambda one: one[1])

    def able(self, caller: Caller) -> Able:
        """What a reviewer declared to know."""
        must_be(caller, *DECIDERS)
        return self.records.queues.able(_person(caller))

    def declare_able(self, able: Able, caller: Caller) -> None:
        """Declare which skills and languages one has; None for all."""
        must_be(caller, *DECIDERS)
        with self.records.work():
            self.records.queues.declare_able(_person(caller), able)

    def declare_conflict(self, account: str, caller: Caller) -> None:
        """Declare that one must not handle cases about an account of the operator's app."""
        must_be(caller, *DECIDERS)
        r = self.records
        with r.work():
            r.queues.declare(_person(caller), r.parties.by_account(account))

    def _open(self, case_id: CaseId, caller: Caller) -> tuple[Held[Case], Actor, Waiting]:
        r = self.records
        held = r.cases.get(case_id)
        by = decider(caller, parties_of(held.now))
        waiting = r.queues.get(case_id)
        if waiting is None or held.now.stage in {CaseStage.DECIDED, CaseStage.WITHDRAWN}:
            raise rules.absent()
        return held, by, waiting

    def _able(
        self, person: PersonId, case: Case, waiting: Waiting | None, *, senior: bool
    ) -> Puller:
        """The reviewer, if they may have this case."""
        if waiting is None:
            raise rules.absent()
        able = self.records.queues.able(person)
        skills = None if able.skills is None else frozenset(able.skills)
        languages = None if able.languages is None else frozenset(able.languages)
        who = Puller(person, senior, skills, languages)
        part = person in case.reporters or self.records.queues.conflicted(person, case.id)
        rules.check_fits(waiting, who, conflicted=part)
        return who

    def _puller(self, person: PersonId, now: datetime, *, senior: bool) -> Puller:
        return self.records.queues.puller(person, now, senior=senior)

    def _colleague(self, person: PersonId) -> Staff:
        found = next((s for s in self.records.staff.reviewers() if s.person == person), None)
        if found is None:
            raise NotFound(
                "triage.no_such_colleague", hint_noop("Nobody on the staff has this name.")
            )
        return found

    def _weights(self, now: datetime) -> Weights:
        return self.weighing.by(self.weighing.in_force(now))

    def _lane(self, now: datetime) -> int:
        firms = self.records.packs.at(self.weighing.in_force(now)).firms
        return firms.lane.share if firms else 0

    def _claim(self, person: PersonId, now: datetime, minutes: int) -> Claim:
        return Claim(person, now + timedelta(minutes=minutes))


def _person(caller: Caller) -> PersonId:
    if caller.person is None:
        raise not_found()
    return caller.person


def _known(by: Actor) -> PersonId:
    """The door lets in no decider without a person; said for the type checker."""
    if by.person is None:
        raise not_found()
    return by.person
