"""Looking at who a reporter is: by few, with a written reason, and never in secret."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import must_be, unmasker
from gongdao.domain.flows.mailing import hears_no_appeal, numbered
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.telling import Gap, Telling
from gongdao.domain.intake.reaching import ReporterUnmasked
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PersonId, UnmaskingId
from gongdao.domain.kernel.people import Identity
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.contact import UnmaskingPolicy
from gongdao.domain.unmasking import rules
from gongdao.domain.unmasking.model import IdentityShown, Unmasking

_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class UnmaskingLine:
    """One look at an identity, as auditors see it. The identity itself is not in it."""

    id: UnmaskingId
    at: datetime
    case: CaseId
    reporter: int
    by: str
    """What the one who looked is called."""
    role: str
    ground: str
    reason: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody must know before they look."""

    policy: UnmaskingPolicy
    reporters: int
    left_today: int


@dataclass(frozen=True, slots=True)
class Unmask:
    """Shows an identity, and the list of everybody who looked at one."""

    records: Records
    telling: Telling

    def show(
        self, case_id: CaseId, reporter: int, ground: str, reason: str, caller: Caller
    ) -> Identity:
        """Who a reporter is, this once. It is kept who looked and why, and the reporter is told."""
        r = self.records
        with r.work():
            held = r.cases.get(case_id)
            by = unmasker(caller, parties_of(held.now))
            person = numbered(held.now, reporter)
            hears_no_appeal(r, held.now, by)
            now = r.clock()
            policy = r.contact(held.now.pack).unmasking
            today = r.unmaskings.since(_known(by.person), now - _DAY)
            text = rules.check_reason(policy, ground, reason, today)
            unmasking = UnmaskingId(r.new_id())
            shown = IdentityShown(
                at=now,
                by=by,
                unmasking=unmasking,
                case=case_id,
                reporter=person,
                number=reporter,
                ground=ground,
                reason=r.texts.seal(text, person),
            )
            r.unmaskings.add(unmasking, [shown], after=0)
            step = ReporterUnmasked(at=now, by=by, reporter=person)
            case = r.cases.add(case_id, [step], after=held.version).now
            self.telling.tell(
                person, Reader.REPORTER, "identity_shown", case, _title(policy, ground)
            )
            return r.parties.identity(person)

    def terms(self, case_id: CaseId, caller: Caller) -> Terms:
        """On which terms the caller may look at the reporters of a case; nothing is kept."""
        r = self.records
        case = r.cases.get(case_id).now
        by = unmasker(caller, parties_of(case))
        hears_no_appeal(r, case, by)
        policy = r.contact(case.pack).unmasking
        with r.work():
            today = r.unmaskings.since(_known(by.person), r.clock() - _DAY)
        return Terms(policy, len(case.reporters), max(0, policy.per_day - today))

    def listed(
        self, caller: Caller, limit: int = 50, before: UnmaskingId | None = None
    ) -> list[UnmaskingLine]:
        """Every look at an identity, newest first, for auditors alone."""
        must_be(caller, Role.AUDITOR)
        return [self._line(each) for each in self.records.unmaskings.latest(limit, before)]

    def _line(self, unmasking: Unmasking) -> UnmaskingLine:
        r = self.records
        return UnmaskingLine(
            id=unmasking.id,
            at=unmasking.at,
            case=unmasking.case,
            reporter=unmasking.number,
            by=(r.staff.name(unmasking.by) if unmasking.by else None) or "—",
            role=unmasking.role.value,
            ground=unmasking.ground,
            reason=r.opened(unmasking.reason),
        )


def _known(person: PersonId | None) -> PersonId:
    """The door lets in nobody without a person; said for the type checker."""
    if person is None:
        raise ValueError("nobody unmasks without a name")
    return person


def _title(policy: UnmaskingPolicy, ground: str) -> Gap:
    title = next(known.title for known in policy.grounds if known.code == ground)
    return Gap(zh={"ground": title.zh}, en={"ground": title.en})
