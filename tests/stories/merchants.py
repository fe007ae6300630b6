"""Merchants and their disputes, as stories begin with them."""

from typing import Any

from tests.stories.stage import Stage

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.flows.disputing import Told
from gongdao.domain.kernel.ids import DisputeId, OrganisationId, PersonId
from gongdao.domain.organisations.model import MemberRole

EXTORTION = "给我返50块，不然我就给你们店天天差评，看谁还敢买。"


def merchant(
    stage: Stage, account: str = "lao_ban", name: str = "青禾茶铺"
) -> tuple[OrganisationId, Caller]:
    """An organisation and its owner."""
    boss = stage.account(account)
    return stage.app.disputes.organising.found(name, boss), boss


def review(
    stage: Stage, ours: OrganisationId, caller: Caller, platform: str = "taobao", **told: Any
) -> DisputeId:
    """A dispute over a review."""
    told.setdefault("of", DisputeKind.REVIEW)
    told.setdefault("text", EXTORTION)
    told.setdefault("noticed_at", stage.clock())
    return stage.app.disputes.disputing.open(ours, Told(platform=platform, **told), caller)


def colleague(
    stage: Stage,
    ours: OrganisationId,
    boss: Caller,
    account: str,
    role: MemberRole = MemberRole.AGENT,
) -> Caller:
    """Somebody whom the owner invited, and who joined under their account's name."""
    joining, somebody = stage.app.disputes.joining, stage.account(account)
    joining.join(joining.invite(ours, role, boss).code, account, somebody)
    return somebody


def person(caller: Caller) -> PersonId:
    """Who a signed-in caller is."""
    assert caller.person is not None
    return caller.person
