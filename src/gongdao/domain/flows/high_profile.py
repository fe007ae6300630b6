"""Which subjects are of high profile, and the operator's own mark on an account."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller, actor
from gongdao.domain.access.rules import must_be
from gongdao.domain.appeals import profiles
from gongdao.domain.flows.records import HOUSE, Records, missing
from gongdao.domain.intake.model import Case
from gongdao.domain.intake.rules import check_reasons
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.triage.rules import reach

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked account, as the operator sees it."""

    account: str
    reasons: str
    since: datetime


@dataclass(frozen=True, slots=True)
class HighProfile:
    """Who is of high profile: by the pack's list, by reach, or by the operator's mark."""

    records: Records

    def why(self, case: Case) -> tuple[str, ...]:
        """Codes of what makes the subject of a case one of high profile; empty for any other."""
        r = self.records
        policy = r.policy(case.pack)
        rule = policy.appeals.two_people
        if rule is None:
            return ()
        found = []
        account = r.parties.account(case.respondent) if case.respondent else None
        if account in rule.subjects or (rule.subjects and self._named(case) in rule.subjects):
            found.append("listed")
        spread = r.queues.spread(case.id)
        if rule.reach and policy.triage and reach(policy.triage.reach, spread) >= rule.reach:
            found.append("reach")
        if case.respondent and self._is_marked(case.respondent):
            found.append("marked")
        return tuple(found)

    def mark(self, account: str, reasons: str, caller: Caller) -> None:
        """Mark an account of the operator's app, with a reason that stays in the record."""
        must_be(caller, Role.OPERATOR)
        r = self.records
        with r.work():
            party = r.parties.by_account(account)
            held = r.profiles.of(party)
            step = profiles.mark(
                held.now if held else None,
                party,
                r.texts.seal(self._checked(reasons), party),
                actor(caller, Role.OPERATOR),
                r.clock(),
            )
            r.profiles.add(party, [step], after=held.version if held else 0)

    def clear(self, account: str, reasons: str, caller: Caller) -> None:
        """Take the mark away; what was held meanwhile still needs its second person."""
        must_be(caller, Role.OPERATOR)
        r = self.records
        with r.work():
            party = r.parties.known(account)
            if party is None:
                raise missing()
            held = r.profiles.of(party)
            step = profiles.clear(
                held.now if held else None,
                r.texts.seal(self._checked(reasons), party),
                actor(caller, Role.OPERATOR),
                r.clock(),
            )
            r.profiles.add(party, [step], after=held.version if held else 0)

    def marks(self, caller: Caller) -> list[Marked]:
        """The marked accounts, the latest first; for the operator and the auditor."""
        must_be(caller, Role.OPERATOR, Role.AUDITOR)
        r = self.records
        return [
            Marked(r.parties.account(one.party) or "—", r.opened(one.reasons), one.since)
            for one in r.profiles.marked(_AT_ONCE)
        ]

    def _named(self, case: Case) -> str:
        return self.records.opened(case.subject.ref)

    def _is_marked(self, party: PersonId) -> bool:
        held = self.records.profiles.of(party)
        return held is not None and held.now.marked

    def _checked(self, reasons: str) -> str:
        """By the limits of the pack in force."""
        r = self.records
        pack = r.packs.in_force(HOUSE, r.clock().astimezone(CHINA).date())
        return check_reasons(r.policy(pack.ref), reasons)
