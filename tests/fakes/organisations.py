"""Organisations, their flags on buyers, rosters and trails, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.fakes.disputes import MemoryDisputes
from tests.fakes.memory import Memory
from tests.fakes.streams import MemoryStreams

from gongdao.domain.duty import roster
from gongdao.domain.duty.roster import Roster, RosterStep
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import DisputeId, InvitationId, OrganisationId, PersonId
from gongdao.domain.organisations import flags
from gongdao.domain.organisations import model as organisations
from gongdao.domain.organisations.flags import BuyerFlag, FlagStep
from gongdao.domain.organisations.model import Organisation, OrganisationStep
from gongdao.domain.organisations.ports import Trace


class MemoryOrganisations(MemoryStreams[Organisation, OrganisationStep]):
    """All organisations."""

    table = "organisation"
    fold = staticmethod(organisations.fold)

    def of_member(self, person: PersonId) -> list[Held[Organisation]]:
        theirs = [held for held in self.all() if person in held.now.members]
        return sorted(theirs, key=lambda held: (held.now.founded_at, held.now.id))

    def inviting(self, invitation: InvitationId) -> Held[Organisation] | None:
        return next((held for held in self.all() if invitation in held.now.invitations), None)


class MemoryFlags(MemoryStreams[BuyerFlag, FlagStep]):
    """All flags."""

    table = "flag"
    fold = staticmethod(flags.fold)

    def on_buyer(
        self, organisation: OrganisationId, platform: str, buyer_key: str, now: datetime
    ) -> list[BuyerFlag]:
        theirs = self.holding(organisation, now, len(self.all()))
        return [f for f in theirs if (f.platform, f.buyer_key) == (platform, buyer_key)]

    def holding(self, organisation: OrganisationId, now: datetime, limit: int) -> list[BuyerFlag]:
        found = [held.now for held in self.all() if held.now.organisation == organisation]
        holding = [flag for flag in found if flag.holds_at(now)]
        return sorted(holding, key=lambda flag: (flag.until, flag.id))[:limit]


class MemoryTeamRosters(MemoryStreams[Roster, RosterStep]):
    """Rosters of organisations."""

    table = "team_roster"
    fold = staticmethod(roster.fold)

    def of(self, organisation: OrganisationId) -> Held[Roster] | None:
        return self.get(organisation) if self.history(organisation) else None

    def write(
        self, organisation: OrganisationId, steps: Sequence[RosterStep], *, after: int
    ) -> Held[Roster]:
        return self.add(organisation, steps, after=after)


@dataclass(frozen=True, slots=True)
class MemoryTrails:
    """What happened in organisations, over the streams that there are."""

    memory: Memory

    def of_organisation(
        self, organisation: OrganisationId, limit: int, before: datetime | None = None
    ) -> list[Trace]:
        tables = self.memory.tables
        disputes = [h.now.id for h in MemoryDisputes(self.memory)._of(organisation)]
        raised = [held.now for held in MemoryFlags(self.memory).all()]
        theirs = [flag.id for flag in raised if flag.organisation == organisation]
        steps: list[tuple[Any, DisputeId | None]] = [
            (each, None) for each in tables["organisation"][organisation]
        ]
        steps += [(each, None) for flag in theirs for each in tables["flag"][flag]]
        steps += [(each, DisputeId(d)) for d in disputes for each in tables["dispute"][d]]
        steps.sort(key=lambda step: (step[0].event.at, step[0].version), reverse=True)
        earlier = [step for step in steps if before is None or step[0].event.at < before]
        return [Trace(recorded.event, dispute) for recorded, dispute in earlier[:limit]]


def organisations_on_fakes(memory: Memory) -> dict[str, Any]:
    """The ports of organisations, of flags, of rosters and of trails."""
    return {
        "organisations": MemoryOrganisations(memory),
        "flags": MemoryFlags(memory),
        "team_rosters": MemoryTeamRosters(memory),
        "trails": MemoryTrails(memory),
    }
