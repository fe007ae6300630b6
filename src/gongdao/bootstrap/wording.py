"""Looking at a statement's wording, for every way in."""

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.domain.flows import wording
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.linting.model import Language, Report, Setting
from gongdao.domain.policy.pack import RulePack

LOOKS_PER_MINUTE = 60
"""From one network address. A look takes some hundredths of a second and keeps nothing."""


def allow_look(address: str) -> None:
    """Count one more look from a network address; Refused once there were too many."""
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415 – once Django is set up

    allow(bootstrap.app().secrets, "lint", address, LOOKS_PER_MINUTE, chance.now())


def look_at(
    text: str, setting: Setting, pack: RulePack | None = None, words: Language | None = None
) -> Report:
    """What could be worded better, by the pack of the day or another."""
    if pack is None:
        records = bootstrap.app().records
        pack = pack_of_the_day(records.packs, records.clock())
    return wording.look_at(text, setting, pack, chance.now().astimezone(CHINA).date(), words)
