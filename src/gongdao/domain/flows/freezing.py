"""Freezing an account without signing in, and the way back to it.

Only a secret of the owner's freezes: their code, or the link in a notice to them. Nobody here can
freeze somebody else by it, and staff have no such step.
"""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import must_be
from gongdao.domain.deadlines import rules as deadlines
from gongdao.domain.deadlines.model import DeadlineKind
from gongdao.domain.flows.lists import CaseLists
from gongdao.domain.flows.protecting import Chance, add, at_last, held_or_new, keyed, not_me
from gongdao.domain.flows.protection_letters import policy_of, tell, write_to
from gongdao.domain.flows.protection_views import TrailLine, trail
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.telling import Gap, shown
from gongdao.domain.kernel.errors import NotFound, Refused
from gongdao.domain.kernel.events import Held, Role
from gongdao.domain.kernel.ids import CaseId, PersonId, Sealed
from gongdao.domain.protection import rules
from gongdao.domain.protection.events import Frozen, Proof
from gongdao.domain.protection.model import Protection, Stage

HELD = "account_frozen"
"""Why a clock of the owner's stands still."""
_BINDS = {DeadlineKind.ANSWER, DeadlineKind.RECTIFICATION}
"""What the person concerned must do in time."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A return that has begun. The code is shown this once."""

    code: str
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class Freezing:
    """What is done to an account by somebody who is not signed in."""

    records: Records
    lists: CaseLists
    chance: Chance

    def look(self, secret: str) -> None:
        """Whether a code or link freezes an account now; NotFound for one that does not."""
        held = self._opened(secret)
        rules.freezes(held.now, keyed(self.records, secret), policy_of(self.records), self._now())

    def freeze(self, secret: str) -> None:
        """Freeze the account whose code or link it is. Frozen twice is frozen once."""
        at_last(lambda: self._freeze(secret))

    def _freeze(self, secret: str) -> None:
        r, policy = self.records, policy_of(self.records)
        with r.work():
            held = self._opened(secret)
            person, now = held.now.person, self._now()
            anew = held.now.stage is Stage.ACTIVE
            address = rules.settled_address(held.now, policy, now) if anew else None
            steps = rules.freeze(held.now, keyed(r, secret), address, policy, now)
            if not steps:
                return
            if address is not None and not self._give_back(person, address):
                # Somebody else has that address by now: the account keeps the one it has.
                address = None
                steps = rules.freeze(held.now, keyed(r, secret), None, policy, now)
            self._frozen(held, steps, anew=anew)

    def ask(self, address: str, proof: Proof) -> None:
        """Send a code to a contact of the account. Whether there is one is not told."""
        r, policy = self.records, policy_of(self.records)
        with r.work():
            person = r.sign_ins.holder(address)
            held = r.protections.of(person) if person is not None else None
            if held is None or person is None:
                return
            to = self._contact(held.now, proof)
            if to is None:
                return
            code = self._secret()
            try:
                step = rules.ask_return(
                    held.now, proof, keyed(r, code), policy.returning, self._now()
                )
            except (Refused, NotFound):
                return
            add(r, held, step)
            write_to(r, person, to, "account_return_code", Gap(both={"code": code}))

    def begin(self, code: str) -> Begun:
        """A code that was sent to a contact came back: the wait begins."""
        r = self.records
        with r.work():
            held = self._opened(code)
            proof = rules.proven_by(held.now, keyed(r, code), self._now())
            return self._begin(held, proof)

    def begin_by_recovery_code(self, address: str, code: str) -> Begun:
        """One of the account's recovery codes, made before whatever a thief may have changed."""
        r, policy = self.records, policy_of(self.records)
        with r.work():
            person = r.sign_ins.holder(address)
            held = r.protections.of(person) if person is not None else None
            if held is None or person is None or held.now.frozen_at is None:
                raise rules.unknown_code()
            before = held.now.frozen_at - policy.freezing.settled.flat()
            if not r.sign_ins.use_recovery_code(person, code, before):
                raise rules.unknown_code()
            return self._begin(held, Proof.RECOVERY_CODE)

    def check(self, code: str) -> None:
        """Whether a return can be finished now; Refused says when."""
        held = self._opened(code)
        rules.check_return(held.now, keyed(self.records, code), self._now())

    def finish(self, code: str, password: str) -> None:
        """The owner is back: a new password, and nothing else of what signed in."""
        r, policy = self.records, policy_of(self.records)
        with r.work():
            held = self._opened(code)
            person, since = held.now.person, held.now.frozen_at or self._now()
            step = rules.thaw(held.now, keyed(r, code), self._now())
            r.sign_ins.renew(person, password, since - policy.freezing.settled.flat())
            r.sessions.end_all(person)
            for device in r.devices.of(person):
                r.devices.forget(person, device.id)
            add(r, held, step)
            self._let_run(person)
            tell(r, person, "account_back")

    def trail_of(self, person: PersonId, caller: Caller) -> tuple[TrailLine, ...]:
        """What happened to an account, for the operator and the auditor: no code and no address."""
        must_be(caller, Role.OPERATOR, Role.AUDITOR)
        return trail(self.records, held_or_new(self.records, person))

    def _frozen(self, held: Held[Protection], steps: list[Frozen], *, anew: bool) -> None:
        r, person = self.records, held.now.person
        add(r, held, *steps)
        r.sign_ins.leave_one_address(person)
        r.sessions.end_all(person)
        if anew:
            self._hold(person)
        backup = rules.usable_backup(held_or_new(r, person).now, self._now())
        tell(r, person, "account_frozen")
        if backup is not None:
            write_to(r, person, backup.contact, "account_frozen")

    def _begin(self, held: Held[Protection], proof: Proof) -> Begun:
        r, person, policy = self.records, held.now.person, policy_of(self.records)
        code, link = self._secret(), self._secret()
        secrets = (keyed(r, code), keyed(r, link))
        step = rules.begin_return(held.now, proof, secrets, policy.returning, self._now())
        add(r, held, step)
        gaps = (Gap(both={"opens_at": shown(step.opens_at)}), not_me(r, link))
        tell(r, person, "account_return_begun", *gaps)
        backup = rules.usable_backup(held.now, self._now())
        if backup is not None:
            write_to(r, person, backup.contact, "account_return_begun", *gaps)
        return Begun(code, step.opens_at)

    def _contact(self, found: Protection, proof: Proof) -> Sealed | None:
        if proof is Proof.BACKUP:
            backup = rules.usable_backup(found, self._now())
            return backup.contact if backup is not None else None
        if proof is not Proof.ADDRESS:
            return None
        address = self.records.sign_ins.address(found.person)
        return self.records.texts.seal(address, found.person) if address else None

    def _give_back(self, person: PersonId, address: Sealed) -> bool:
        plain = self.records.texts.open(address)
        return plain is not None and self.records.sign_ins.give_back(person, plain)

    def _hold(self, person: PersonId) -> None:
        """What the owner must do in time waits for them, up to the pack's cap."""
        r, cap = self.records, policy_of(self.records).deadlines.hold_most
        for case in self._about(person):
            for held in r.deadlines.running(case):
                if held.now.kind not in _BINDS:
                    continue
                try:
                    step = deadlines.pause(
                        held.now, HELD, cap, r.calendar, by=rules.by(person), now=self._now()
                    )
                except Refused:
                    continue  # it has run out, or its cap is used up
                r.deadlines.add(held.now.id, [step], after=held.version)

    def _let_run(self, person: PersonId) -> None:
        r = self.records
        for case in self._about(person):
            for held in r.deadlines.running(case):
                if any(h.is_open and h.pause.reason == HELD for h in held.now.halts):
                    step = deadlines.resume(
                        held.now, HELD, r.calendar, by=rules.by(person), now=self._now()
                    )
                    r.deadlines.add(held.now.id, [step], after=held.version)

    def _about(self, person: PersonId) -> list[CaseId]:
        return [CaseId(line.id) for line in self.lists.of_person(person)[1]]

    def _opened(self, secret: str) -> Held[Protection]:
        held = self.records.protections.opened_by(keyed(self.records, secret))
        if held is None:
            raise rules.unknown_code()
        return held

    def _secret(self) -> str:
        return rules.written_code(self.chance(rules.CODE_BYTES))

    def _now(self) -> datetime:
        return self.records.clock()
