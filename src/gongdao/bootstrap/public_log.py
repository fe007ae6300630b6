"""The public log, joined to its tables, its keys and the clock."""

from datetime import timedelta
from typing import TYPE_CHECKING

from gongdao import bootstrap
from gongdao.domain.evidence.inclusion import Inclusion
from gongdao.domain.evidence.stamped import Stamping
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gongdao.domain.evidence.stamped import Authority
    from gongdao.storage.log import PgLog
    from gongdao.storage.log_check import Fault
    from gongdao.storage.timestamps import PgTokens

LOG_FULL = 10_000
"""As many entries as one tick of the log takes at most: more are waiting."""


def log() -> "PgLog":
    """The log of this installation; Django must be set up."""
    from django.conf import settings  # noqa: PLC0415 – settings exist only once Django is set up

    from gongdao.storage.log import PgLog  # noqa: PLC0415
    from gongdao.storage.log_keys import PgLogKeys  # noqa: PLC0415

    house = bootstrap.app()
    return PgLog(PgLogKeys(house.secrets, settings.CONFIG.origin_of_log), house.records.clock)


def tile(level: int, number: int) -> bytes:
    """A tile as wide as it is now; the entries themselves are level -1. Empty if there is none."""
    from gongdao.storage import log_reading  # noqa: PLC0415

    return log_reading.tile(level, number)


def waiting() -> int:
    """How many entries wait for their places."""
    from gongdao.storage import log_check  # noqa: PLC0415

    return log_check.waiting()


def amount() -> int:
    """How much `faults` reads."""
    from gongdao.storage import log_check  # noqa: PLC0415

    return log_check.amount()


def faults(tick: "Callable[[int], object]") -> "Iterator[Fault]":
    """Everything that is wrong with the log, or with a record that is not in it."""
    from gongdao.adapters.signatures import signed_with  # noqa: PLC0415
    from gongdao.storage import log_check  # noqa: PLC0415

    return log_check.faults(log().keys, signed_with, tick)


def newest_agree() -> bool:
    """A quick look: the newest records are in the log, and the tree is what was signed."""
    from gongdao.storage import log_check  # noqa: PLC0415

    return log_check.newest_agree()


def cosign(note: str) -> list[str]:
    """Take the cosignatures of the witnesses that are set; whose they are."""
    from django.conf import settings  # noqa: PLC0415

    from gongdao.adapters.log_proofs import read_key  # noqa: PLC0415
    from gongdao.adapters.signatures import signed_with  # noqa: PLC0415

    witnesses = [read_key(key) for key in settings.CONFIG.log_witnesses.split()]
    return log().cosign(note, witnesses, signed_with)


def authority() -> "Authority | None":
    """The timestamp authority that is set, if any."""
    from django.conf import settings  # noqa: PLC0415

    from gongdao.adapters import chance, timestamps  # noqa: PLC0415

    config = settings.CONFIG
    if not config.tsa_url:
        return None
    return timestamps.Authority(config.tsa_url, config.tsa_roots, chance.random_bytes)


def tokens() -> "PgTokens":
    """What timestamp authorities answered."""
    from gongdao.adapters import timestamps  # noqa: PLC0415
    from gongdao.storage.timestamps import PgTokens  # noqa: PLC0415

    return PgTokens(
        bootstrap.app().records.clock, lambda reply, digest: timestamps.read(reply, digest, ())
    )


def stamping() -> Stamping:
    """The job that asks for a timestamp."""
    return Stamping(authority, tokens())


def stamp(digest: bytes, about: str) -> None:
    """Have a hash (SHA-256) timestamped, once; Refused where no authority is set."""
    from gongdao.storage import timestamps  # noqa: PLC0415

    if authority() is None:
        raise Refused("timestamp.off", hint_noop("No timestamp authority is set: GONGDAO_TSA_URL."))
    timestamps.stamp(digest, about)


def stamp_newest() -> int:
    """Have the newest checkpoint timestamped, if the last was long enough ago."""
    from django.conf import settings  # noqa: PLC0415

    from gongdao.adapters import chance  # noqa: PLC0415
    from gongdao.storage import timestamps  # noqa: PLC0415

    if authority() is None:
        return 0
    return timestamps.stamp_newest(timedelta(minutes=settings.CONFIG.tsa_minutes), chance.now())


def thin_checkpoints() -> int:
    """Forget checkpoints of long ago, but for one an hour."""
    from gongdao.adapters import chance  # noqa: PLC0415

    return log().thin(chance.now())


def place_of_receipt(code: str) -> tuple[str, int | None] | None:
    """The leaf of the report under a receipt's code, and its place in the log once it has one.

    None for a code that is on no receipt, such as one of a letter.
    """
    leaf = _leaf_under(code)
    return None if leaf is None else (leaf, log().place(bytes.fromhex(leaf)))


def inclusion_of_receipt(code: str) -> Inclusion:
    """The proof that the report under a code is in the log; NotFound if there is none."""
    leaf = _leaf_under(code)
    if leaf is None:
        raise NotFound("log.no_report", hint_noop("This code is on no receipt of a report."))
    return log().inclusion(bytes.fromhex(leaf))


def with_inclusion(receipt: str, leaf: str) -> str:
    """A receipt's file, with the proof that its report is in the log, once there is one."""
    from gongdao.adapters.receipts import with_proof  # noqa: PLC0415

    try:
        return with_proof(receipt, log().inclusion(bytes.fromhex(leaf)))
    except NotFound:
        return receipt


def _leaf_under(code: str) -> str | None:
    from gongdao.storage.people import PgCodes  # noqa: PLC0415
    from gongdao.storage.reports import PgReports  # noqa: PLC0415

    return PgReports(PgCodes(bootstrap.app().secrets)).leaf_under(code)
