"""Handing a packet out over HTTP: it is made in one request, and fetched by its link in another.

What was made for it (tables, records, document) waits where files on their way in wait, encrypted,
and is swept with them. The files of exhibits come out of the vault while it is sent. So a packet
takes no more memory than its document, and nobody waits for a job.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from gongdao import bootstrap
from gongdao.adapters import chance, packet_zip
from gongdao.adapters.packet_zip import Entry
from gongdao.bootstrap.packets import Ready
from gongdao.domain.kernel.errors import NotFound, hint_noop
from gongdao.domain.kernel.ids import Digest

LINK_SECONDS = 600
"""So long a link fetches it."""
PER_MINUTE = 6
"""Packets that one person may make in a minute: printing one takes a second of processor time."""
MOST = 1024**3
"""Bytes of files in a packet that is made while somebody waits: each is read once and hashed."""
_SALT = "gongdao.packets"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A packet on its way to whoever has its link."""

    name: str
    size: int
    pieces: Iterator[bytes]


def allow(who: str) -> None:
    """Count one more packet made by somebody; Refused once there were too many."""
    from gongdao.storage.rate_limits import allow as count  # noqa: PLC0415 – once Django is set up

    count(bootstrap.app().secrets, "packet", who, PER_MINUTE, chance.now())


def link(ready: Ready) -> str:
    """A ticket that fetches it, for some minutes. It says nothing of whose it is."""
    from django.core import signing  # noqa: PLC0415

    entries = [asdict(entry) for entry in ready.entries]
    head = json.dumps({"name": ready.name, "entries": entries}).encode() + b"\n"
    own = [ready.own[entry.path] for entry in ready.entries if entry.digest is None]
    content = bootstrap.app().secrets.fields.encrypt(head + b"".join(own))
    place = f"packet-{chance.new_id()}"
    files = bootstrap.app().records.files
    files.stage(place, 0, content)
    files.settle(place)
    sealed = bootstrap.app().secrets.encrypt(json.dumps({"p": place, "s": len(content)}))
    return signing.TimestampSigner(salt=_SALT).sign((sealed or b"").hex())


def fetched(ticket: str) -> Fetched:
    """What a link fetches; NotFound for one that is not ours, or whose time is over."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415
    from django.core import signing  # noqa: PLC0415

    house = bootstrap.app()
    try:
        sealed = signing.TimestampSigner(salt=_SALT).unsign(ticket, max_age=LINK_SECONDS)
        held = json.loads(house.secrets.decrypt(bytes.fromhex(sealed)) or "")
        kept = b"".join(house.records.files.staged(held["p"], held["s"]))
        content = house.secrets.fields.decrypt(kept)
    except (signing.BadSignature, InvalidToken, ValueError, OSError):
        raise _over() from None
    head, _, own = content.partition(b"\n")
    said = json.loads(head)
    entries = [Entry(**each) for each in said["entries"]]
    return Fetched(said["name"], packet_zip.size_of(entries), _pieces(entries, own))


def _pieces(entries: list[Entry], own: bytes) -> Iterator[bytes]:
    files, at = bootstrap.app().records.files, 0

    def read(entry: Entry) -> Iterator[bytes]:
        nonlocal at
        if entry.digest is None:
            yield own[at : at + entry.size]
            at += entry.size
        else:
            yield from files.read(Digest(entry.digest))

    return packet_zip.written(entries, read)


def _over() -> NotFound:
    return NotFound("packet.link_over", hint_noop("The link is over. Make the packet again."))
