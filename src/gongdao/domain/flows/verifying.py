"""Gathering proofs that one is who one says, and friends who vouch.

Only the person whom a decision is about gathers them: a reporter shows nobody who they are. What
comes of it is evidence for the reviewer; no ending of an appeal depends on it by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import insider, not_found, party
from gongdao.domain.decisions.model import Decision, DecisionState, Outcome
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.verified import (
    InvitationView,
    ProofsView,
    ReviewedProofs,
    appellant_view,
    reviewed,
)
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.errors import PackInvalid, Refused, hint_noop
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, InvitationId, PackRef, PersonId
from gongdao.domain.policy.verification import VerificationPolicy
from gongdao.domain.verification import rules
from gongdao.domain.verification.model import (
    SignIn,
    Verification,
    VerificationStep,
    invitation_id,
    verification_id,
)
from gongdao.domain.verification.ports import FaceCheck
from gongdao.domain.verification.rings import Ring, rings

Chance = Callable[[int], bytes]
"""Bytes that nobody can guess; chance is handed in."""
_ROUND_AND_ROUND = 8
"""So many steps from friend to friend are read around a case, at the most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a friend is told: the name that whoever asks chose, and nothing of what it is for."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Verifying:
    """Everything that can be done about who somebody is."""

    records: Records
    chance: Chance

    def policy(self, ref: PackRef) -> VerificationPolicy:
        """What proofs weigh under a pack; PackInvalid where it doesn't say."""
        policy = self.records.pack(ref).verification
        if policy is None:
            raise PackInvalid(
                "pack.no_verification",
                hint_noop("The pack {pack} says nothing of proving who one is."),
                pack=str(ref),
            )
        return policy

    def offered(self, case_id: CaseId, caller: Caller) -> bool:
        """Whether somebody can gather proofs in this case now."""
        case = self.records.cases.get(case_id).now
        if caller.person is None or caller.person != case.respondent:
            return False
        has_policy = self.records.pack(case.pack).verification is not None
        return has_policy and self._appealable(case) is not None

    def of(self, case_id: CaseId, caller: Caller) -> ProofsView:
        """What one gathered, from one's own chair; NotFound for anybody else."""
        case = self._mine(case_id, caller)
        found = self._standing(case)
        return appellant_view(
            self.records,
            found,
            self.policy(case.pack),
            open_=self._appealable(case) is not None,
            now=self.records.clock(),
        )

    def for_review(self, case_id: CaseId, caller: Caller) -> list[ReviewedProofs]:
        """What everybody gathered in a case, with who vouched: for staff and the auditor."""
        r = self.records
        case = r.cases.get(case_id).now
        insider(caller, parties_of(case))
        if r.pack(case.pack).verification is None:
            return []
        policy = self.policy(case.pack)
        return [
            reviewed(r, found, policy, self.rings_of(found, policy))
            for found in r.verifications.of_case(case_id)
        ]

    def invite(self, case_id: CaseId, name: str, caller: Caller) -> InvitationView:
        """Make an invitation; its code goes to the friend by whatever way."""
        r = self.records
        with r.work():
            case = self._gathering(case_id, caller)
            policy = self.policy(case.pack).vouching
            shown = rules.check_name(policy, name)
            code = rules.written_code(self.chance(rules.CODE_BYTES))
            held, steps = self._begun(case)
            about = _person(caller)
            sealed = (r.texts.seal(code, about), r.texts.seal(shown, about))
            step = rules.invite(held.now, code, sealed, policy, r.clock())
            self._add(held, [*steps, step])
        return InvitationView(step.invitation, shown, code, "open", step.at, step.until)

    def withdraw(self, case_id: CaseId, invitation: InvitationId, caller: Caller) -> None:
        """Take an invitation back."""
        r = self.records
        with r.work():
            case = self._mine(case_id, caller)
            held = r.verifications.of(case.id, _person(caller))
            if held is None:
                raise rules.link_over()
            steps = rules.withdraw(held.now, invitation, r.clock())
            self._add(held, list(steps))

    def asked(self, code: str) -> Asked:
        """What an invitation says; NotFound where it leads nowhere any more."""
        held = self._inviting(code)
        wanted = rules.named(held.now, invitation_id(code))
        if not wanted.open_at(self.records.clock()):
            raise rules.link_over()
        return Asked(self.records.opened(wanted.name), wanted.until)

    def vouch(self, code: str, caller: Caller) -> None:
        """A friend confirms it, signed in as themselves. What comes of it is not said to them."""
        r = self.records
        if caller.person is None or caller.only_case is not None:
            raise not_found()
        with r.work():
            held = self._inviting(code)
            case = r.cases.get(held.now.case).now
            step = rules.vouch(
                held.now,
                invitation_id(code),
                caller.person,
                r.parties.known_since(caller.person),
                _apart(case),
                self.policy(case.pack).vouching,
                r.clock(),
                staff=bool(caller.roles),
            )
            self._add(held, [step])

    def show_device(self, case_id: CaseId, caller: Caller, sign_in: SignIn, mark: str) -> None:
        """Keep how one is signed in, and since when this device signs in to the account.

        Whoever opened the case by its code alone is signed in to nothing.
        """
        r = self.records
        with r.work():
            case = self._gathering(case_id, caller)
            if caller.only_case is not None:
                raise Refused(
                    "verification.not_signed_in",
                    hint_noop("Sign in with the account concerned, on a device that it knows."),
                )
            decision = self._appealable(case)
            device = r.devices.known(_person(caller), mark) if mark else None
            held, steps = self._begun(case)
            shown = rules.show_device(
                held.now,
                sign_in,
                device.first_seen if device else None,
                decision.decided_at if decision else r.clock(),
                self.policy(case.pack).device,
                r.clock(),
            )
            self._add(held, [*steps, *shown] if shown else [])

    def begin_face(self, case_id: CaseId, caller: Caller, back_to: str) -> FaceCheck:
        """Begin a live check; Refused where no service was joined."""
        case = self._gathering(case_id, caller)
        return self.records.face.begin(verification_id(case.id, _person(caller)), back_to)

    def end_face(self, case_id: CaseId, check: str, caller: Caller) -> bool:
        """Keep what a check found; whether it is over."""
        r = self.records
        case = self._gathering(case_id, caller)
        result = r.face.outcome(check)
        if result is None:
            return False
        with r.work():
            held, steps = self._begun(case)
            step = rules.face_checked(held.now, r.face.name, result, r.clock())
            self._add(held, [*steps, step])
        return True

    def rings_of(self, found: Verification, policy: VerificationPolicy) -> tuple[Ring, ...]:
        """What is noticed about who vouched: read from friend to friend, as far as a ring goes."""
        moments = [each.answered_at for each in found.vouched if each.answered_at is not None]
        if not moments:
            return ()
        since = max(moments) - policy.rings.within.flat()
        people = {found.appellant, *(each.friend for each in found.vouched if each.friend)}
        known = set(self.records.verifications.vouches(people, since))
        for _ in range(min(policy.rings.circle_most, _ROUND_AND_ROUND)):
            reached = {p for each in known for p in (each.friend, each.appellant)} - people
            if not reached:
                break
            people |= reached
            known |= set(self.records.verifications.vouches(people, since))
        return rings(found.case, known, policy.rings)

    def _mine(self, case_id: CaseId, caller: Caller) -> Case:
        case = self.records.cases.get(case_id).now
        party(caller, parties_of(case), Seat.RESPONDENT)
        return case

    def _gathering(self, case_id: CaseId, caller: Caller) -> Case:
        """The same, where there is something for which a proof could count."""
        case = self._mine(case_id, caller)
        if self._appealable(case) is None:
            raise Refused(
                "verification.nothing_open",
                hint_noop("No appeal is open here for which a proof could count."),
            )
        return case

    def _appealable(self, case: Case) -> Decision | None:
        """The decision that is under appeal or can still be appealed against."""
        r = self.records
        if case.decision is None:
            return None
        decision = r.decisions.get(case.decision).now
        if decision.outcome is not Outcome.VIOLATION:
            return None
        if decision.state is DecisionState.OVERTURNED:
            return None
        levels = r.policy(decision.pack).appeals
        left = levels.at(decision.level + 1) is not None and (
            decision.appeal_closes is None or r.clock() < decision.appeal_closes
        )
        return decision if left or case.open_appeal is not None else None

    def _standing(self, case: Case) -> Verification:
        person = case.respondent
        if person is None:
            raise not_found()
        held = self.records.verifications.of(case.id, person)
        empty = Verification(verification_id(case.id, person), case.id, person)
        return held.now if held else empty

    def _begun(self, case: Case) -> tuple[Held[Verification], list[VerificationStep]]:
        """What there is so far, and the first step where there is nothing."""
        found = self._standing(case)
        held = self.records.verifications.of(case.id, found.appellant)
        if held is not None:
            return held, []
        return Held(found, 0), [rules.begin(case.id, found.appellant, self.records.clock())]

    def _add(self, held: Held[Verification], steps: list[VerificationStep]) -> None:
        if steps:
            self.records.verifications.add(held.now.id, steps, after=held.version)

    def _inviting(self, code: str) -> Held[Verification]:
        held = self.records.verifications.inviting(invitation_id(code))
        if held is None:
            raise rules.link_over()
        return held


def _apart(case: Case) -> rules.Apart:
    parties = {*case.reporters, *([case.respondent] if case.respondent else [])}
    return rules.Apart(frozenset(parties), case.took_part)


def _person(caller: Caller) -> PersonId:
    if caller.person is None:
        raise not_found()
    return caller.person
