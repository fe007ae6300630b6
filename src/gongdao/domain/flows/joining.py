"""People come into an organisation, change what they are in it, and leave."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.disputes.events import DisputeAssigned
from gongdao.domain.flows.organising import Organising
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import InvitationId, OrganisationId, PersonId
from gongdao.domain.organisations import rules
from gongdao.domain.organisations.model import (
    MemberNamed,
    MemberRole,
    Organisation,
    OrganisationStep,
    Right,
)
from gongdao.domain.policy.organisations import JoiningRule
from gongdao.domain.verification.model import invitation_id
from gongdao.domain.verification.rules import CODE_BYTES, written_code

_MOST_DISPUTES = 10_000
"""Open ones of an organisation, in which somebody who leaves may be named."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation. Its code is shown now and never again: a digest of it alone is kept."""

    id: InvitationId
    code: str
    role: MemberRole
    until: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody with a code is told before they join."""

    organisation: str
    role: MemberRole
    until: datetime


@dataclass(frozen=True, slots=True)
class Joining:
    """Everything that changes who belongs to an organisation."""

    records: Records
    organising: Organising
    chance: Callable[[int], bytes]

    def invite(self, organisation: OrganisationId, role: MemberRole, caller: Caller) -> Invited:
        """Make a code by which one person can join in this role."""
        r, rule = self.records, self._rule()
        with r.work():
            held, by = self.organising.seat(organisation, caller, Right.MANAGE)
            code = written_code(self.chance(CODE_BYTES))
            step = rules.invite(
                held.now, invitation_id(code), role, rule.valid_for.flat(), rule.open_most, by,
                r.clock(),
            )  # fmt: skip
            r.organisations.add(organisation, [step], after=held.version)
        return Invited(step.invitation, code, role, step.until)

    def withdraw(
        self, organisation: OrganisationId, invitation: InvitationId, caller: Caller
    ) -> None:
        """Take an invitation back."""
        r = self.records
        with r.work():
            held, by = self.organising.seat(organisation, caller, Right.MANAGE)
            steps = rules.withdraw(held.now, invitation, by, r.clock())
            r.organisations.add(organisation, steps, after=held.version)

    def asked(self, code: str) -> Asked:
        """What a code leads to; NotFound for one that leads nowhere, or nowhere any more."""
        held = self._inviting(code)
        found = rules.invited(held.now, invitation_id(code), self.records.clock())
        return Asked(self.records.opened(held.now.name), found.role, found.until)

    def join(self, code: str, name: str, caller: Caller) -> OrganisationId:
        """Follow an invitation, signed in as oneself, with the name that colleagues will see."""
        r, rule = self.records, self._rule()
        if caller.person is None or caller.only_case is not None:
            raise not_found()
        with r.work():
            held = self._inviting(code)
            step = rules.join(
                held.now, invitation_id(code), caller.person, rule.members_most, r.clock()
            )
            named = self._named(held.now, caller.person, name, step.by)
            r.organisations.add(held.now.id, [step, named], after=held.version)
        return held.now.id

    def call_me(self, organisation: OrganisationId, name: str, caller: Caller) -> None:
        """Say by which name colleagues know the caller."""
        r = self.records
        with r.work():
            held, by = self.organising.seat(organisation, caller)
            step = self._named(held.now, _person(by), name, by)
            r.organisations.add(organisation, [step], after=held.version)

    def change_role(
        self, organisation: OrganisationId, person: PersonId, role: MemberRole, caller: Caller
    ) -> None:
        """Make a member something else. The last owner stays one."""
        r = self.records
        with r.work():
            held, by = self.organising.seat(organisation, caller, Right.MANAGE)
            steps: list[OrganisationStep] = [
                *rules.change_role(held.now, person, role, by, r.clock())
            ]
            after = r.organisations.add(organisation, steps, after=held.version)
            if person not in after.now.holders(Right.WORK):
                self._hand_back(organisation, person, by)

    def leave(self, organisation: OrganisationId, caller: Caller) -> None:
        """Leave it. The last owner cannot."""
        _, by = self.organising.seat(organisation, caller)
        self._part(organisation, _person(by), caller, Right.READ)

    def remove(self, organisation: OrganisationId, person: PersonId, caller: Caller) -> None:
        """Take a member out. What they worked on is free for others."""
        self._part(organisation, person, caller, Right.MANAGE)

    def _part(
        self, organisation: OrganisationId, person: PersonId, caller: Caller, right: Right
    ) -> None:
        r = self.records
        with r.work():
            held, by = self.organising.seat(organisation, caller, right)
            step = rules.part(held.now, person, by, r.clock())
            r.organisations.add(organisation, [step], after=held.version)
            self._hand_back(organisation, person, by)

    def _hand_back(self, organisation: OrganisationId, person: PersonId, by: Actor) -> None:
        """Nobody is named any more in what they worked on."""
        r = self.records
        for held in r.disputes.of_organisation(organisation, _MOST_DISPUTES, only_open=True):
            if held.now.assignee == person:
                free = DisputeAssigned(at=r.clock(), by=by, person=None)
                r.disputes.add(held.now.id, [free], after=held.version)

    def _named(self, whose: Organisation, person: PersonId, name: str, by: Actor) -> MemberNamed:
        said, most = " ".join(name.split()), self._rule().name_most
        if not said or len(said) > most:
            raise BadInput(
                "organisation.own_name",
                hint_noop("Write the name by which colleagues know you, up to {most} characters."),
                most=most,
            )
        others = {
            who: known for who, known in self.organising.names(whose).items() if who != person
        }
        if said.casefold() in {known.casefold() for known in others.values()}:
            raise Refused(
                "organisation.name_taken",
                hint_noop("A colleague has this name. Add something that tells you apart."),
            )
        sealed = self.records.texts.seal(said, person)
        return MemberNamed(at=self.records.clock(), by=by, person=person, name=sealed)

    def _inviting(self, code: str) -> Held[Organisation]:
        held = self.records.organisations.inviting(invitation_id(code))
        if held is None:
            raise rules.link_over()
        return held

    def _rule(self) -> JoiningRule:
        return self.organising.policy().joining


def _person(by: Actor) -> PersonId:
    if by.person is None:
        raise not_found()
    return by.person
