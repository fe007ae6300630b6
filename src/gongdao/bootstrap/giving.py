"""Records that are given out alone, joined to their tables and the log."""

from gongdao import bootstrap
from gongdao.bootstrap import packets, public_log
from gongdao.bootstrap.vaulting import saved_as
from gongdao.domain.evidence.exhibits import FileMark
from gongdao.domain.evidence.inclusion import Inclusion
from gongdao.domain.evidence.media import KNOWN
from gongdao.domain.flows.giving_records import GivingRecords
from gongdao.domain.kernel.errors import NotFound


def giving() -> GivingRecords:
    """Give out records of exhibits; Django must be set up."""
    house = bootstrap.app()
    return GivingRecords(
        house.records,
        house.exhibiting,
        packets.shelf(),
        inclusion_of,
        named_as_saved,
        bootstrap.signing_keys().origin,
    )


def inclusion_of(leaf: str) -> Inclusion | None:
    """The proof that a record is in the log; None while it waits for its place."""
    try:
        return public_log.log().inclusion(bytes.fromhex(leaf))
    except NotFound:
        return None


def named_as_saved(mark: FileMark, name: str) -> str:
    """The name under which a browser saves the file itself."""
    ending = KNOWN[mark.media].ending if mark.media in KNOWN else "bin"
    return saved_as(name, ending, mark.sha256)
