"""Organisations at their door: founded, and the chair of a member; their names and shops."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import member, not_found
from gongdao.domain.flows.records import HOUSE, Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.errors import BadInput, PackInvalid, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import Code, OrganisationId, PersonId, ShopId
from gongdao.domain.organisations import rules
from gongdao.domain.organisations.model import (
    Organisation,
    OrganisationRenamed,
    Right,
    ShopAdded,
)
from gongdao.domain.policy.organisations import OrganisationPolicy

_NAME = 60


@dataclass(frozen=True, slots=True)
class Organising:
    """Everything that happens to an organisation, and who may do what in it."""

    records: Records

    def policy(self) -> OrganisationPolicy:
        """How people work together here; PackInvalid where the house does not say."""
        pack = pack_of_the_day(self.records.packs, self.records.clock())
        if pack.organisations is None:
            raise PackInvalid(
                "pack.no_organisations",
                hint_noop("The pack {pack} says nothing of organisations. Add organisations."),
                pack=str(pack.ref),
            )
        return pack.organisations

    def found(self, name: str, caller: Caller, *, alone: bool = False) -> OrganisationId:
        """Set one up; whoever does is its first owner."""
        r = self.records
        if caller.person is None or caller.only_case is not None:
            raise not_found()
        said = _name(name)
        with r.work():
            party = r.parties.newcomer(None, r.parties.language(caller.person))
            new = OrganisationId(r.new_id())
            sealed = r.texts.seal(said, party)
            step = rules.found(new, party, sealed, caller.person, r.clock(), alone=alone)
            r.organisations.add(new, [step], after=0)
        return new

    def own(self, caller: Caller) -> OrganisationId:
        """The only one that the caller has, or a new one alone; Refused where they have several."""
        mine = self.mine(caller)
        if len(mine) > 1:
            raise Refused(
                "organisation.which",
                hint_noop("You belong to several organisations. Choose the one this is for."),
            )
        if mine:
            return mine[0].id
        if caller.person is None:
            raise not_found()
        language = self.records.parties.language(caller.person)
        return self.found(self.policy().joining.alone.in_(language), caller, alone=True)

    def mine(self, caller: Caller) -> list[Organisation]:
        """Those in which the caller is a member, oldest first."""
        if caller.person is None or caller.only_case is not None:
            return []
        return [held.now for held in self.records.organisations.of_member(caller.person)]

    def seat(
        self, organisation: OrganisationId, caller: Caller, right: Right = Right.READ
    ) -> tuple[Held[Organisation], Actor]:
        """The caller as a member with a right.

        NotFound for everybody who is no member; Refused for one whose role is too small.
        """
        held = self.records.organisations.get(organisation)
        by = member(caller, held.now.members)
        if by.person is None:
            raise not_found()
        rules.must_have(held.now, by.person, right)
        return held, by

    def rename(self, organisation: OrganisationId, name: str, caller: Caller) -> None:
        """Give it another name; from then on others can join it."""
        r = self.records
        said = _name(name)
        with r.work():
            held, by = self.seat(organisation, caller, Right.OWN)
            sealed = r.texts.seal(said, held.now.party)
            step = OrganisationRenamed(at=r.clock(), by=by, name=sealed)
            r.organisations.add(organisation, [step], after=held.version)

    def add_shop(
        self, organisation: OrganisationId, platform: Code, name: str, caller: Caller
    ) -> ShopId:
        """A shop or account on an outside platform; PackInvalid where there is no pack for it."""
        r = self.records
        said = _name(name)
        with r.work():
            held, by = self.seat(organisation, caller, Right.MANAGE)
            if platform == HOUSE:
                raise BadInput(
                    "organisation.shop_elsewhere",
                    hint_noop("Shops here are on other platforms. Choose one of those."),
                )
            r.packs.versions(platform)
            new = ShopId(r.new_id())
            sealed = r.texts.seal(said, held.now.party)
            step = ShopAdded(at=r.clock(), by=by, shop=new, platform=platform, name=sealed)
            r.organisations.add(organisation, [step], after=held.version)
        return new

    def close_shop(self, organisation: OrganisationId, shop: ShopId, caller: Caller) -> None:
        """Take no new disputes for a shop; what there is goes on."""
        r = self.records
        with r.work():
            held, by = self.seat(organisation, caller, Right.MANAGE)
            steps = rules.close_shop(held.now, shop, by, r.clock())
            r.organisations.add(organisation, steps, after=held.version)

    def names(self, organisation: Organisation) -> Mapping[PersonId, str]:
        """By which name its members know each of them; empty for whoever gave none."""
        seals = [each.name for each in organisation.members.values() if each.name]
        opened = self.records.texts.several(seals)
        return {
            person: opened.get(each.name, "") if each.name else ""
            for person, each in organisation.members.items()
        }


def _name(text: str) -> str:
    said = " ".join(text.split())
    if not said or len(said) > _NAME:
        raise BadInput(
            "organisation.name",
            hint_noop("Give it a name of at most {most} characters."),
            most=_NAME,
        )
    return said
