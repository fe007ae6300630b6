"""Making the packet of a case: gathered, proven, printed, signed, noted."""

import base64
import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from gongdao import bootstrap
from gongdao.adapters import packet_page, packet_zip
from gongdao.bootstrap import public_log
from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.evidence.packet_makings import PacketMade
from gongdao.domain.evidence.packets import (
    DOCUMENT,
    FORMAT,
    LOG,
    PAGE,
    SIGNATURE,
    SIGNATURE_FORMAT,
    TAG_MANIFEST,
    LeftOut,
    Packet,
    PacketProofs,
    PacketSignature,
    PacketStamp,
    to_sign,
)
from gongdao.domain.evidence.packing import (
    Payload,
    Proofs,
    Wanted,
    bag,
    folder_of,
    moment,
    own_files,
    signature_file,
    stamp_path,
)
from gongdao.domain.flows.packing import Gathered, Packing
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Recorded, Role
from gongdao.domain.kernel.ids import CaseId, Digest

if TYPE_CHECKING:
    from gongdao.adapters.packet_paper import Printed
    from gongdao.adapters.packet_zip import Entry
    from gongdao.storage.packet_records import PgMakings, PgShelf

PATIENCE = 5.0
"""Seconds that a packet waits for records to get their places in the log."""
README = "README.txt"


@dataclass(frozen=True, slots=True)
class Ready:
    """A packet that can be handed out: what was made for it, and what lies in the vault."""

    case: CaseId
    made_for: str
    as_of: datetime
    digest: Digest
    """SHA-256 of `tagmanifest-sha256.txt`, which names every byte."""
    entries: "tuple[Entry, ...]"
    own: Mapping[str, bytes]
    left_out: tuple[LeftOut, ...]

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{folder_of(self.case)}.zip"

    @property
    def size(self) -> int:
        """Bytes of the ZIP."""
        return packet_zip.size_of(self.entries)

    def pieces(self) -> Iterator[bytes]:
        """The ZIP, piece by piece; files of the vault are read as they are needed."""
        files = bootstrap.app().records.files

        def read(entry: "Entry") -> "Iterator[bytes]":
            if entry.digest is None:
                yield self.own[entry.path]
            else:
                yield from files.read(Digest(entry.digest))

        return packet_zip.written(self.entries, read)


def packing() -> Packing:
    """Gathers packets of this installation."""
    house = bootstrap.app()
    return Packing(house.records, house.files, house.exhibiting, house.looking, shelf())


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a packet is to say who reported."""

    ground: str
    """One of the pack's codes."""
    words: str


def make(
    case: CaseId,
    caller: Caller,
    wanted: Wanted,
    unmask: Reason | None = None,
    most: int | None = None,
    by: Actor | None = None,
) -> Ready:
    """The packet of a case for the caller's chair; NotFound for whoever has none.

    With a reason it says who reported, and the looks at that are kept and told as any other. `most`
    are the bytes of files that may go in; Refused where there are more. `by` makes it, where that
    is not whose chair it is: it is what is kept of the making.
    """
    shown = _unmasked(case, caller, unmask) if unmask is not None else ()
    with _one_moment():
        wanted = replace(wanted, unmasked=unmask is not None)
        gathered = replace(packing().gather(case, caller, wanted), identities=shown)
    _check_size(gathered, most)
    proofs = _proofs(gathered, caller)
    ready = _ready(gathered, proofs)
    _note(ready, gathered, proofs, by or _actor(caller, gathered.view.seat))
    return ready


def makings(case: CaseId) -> list[Recorded[PacketMade]]:
    """Every packet that was made of a case, oldest first; whoever asks has looked at the door."""
    return _makings().of_case(case)


def shelf() -> "PgShelf":
    """Records as they are kept."""
    from gongdao.storage.packet_records import PgShelf  # noqa: PLC0415 – once Django is set up

    return PgShelf()


def _unmasked(case: CaseId, caller: Caller, why: Reason) -> tuple[tuple[str, str], ...]:
    """Who reported: a look at each of them by the rules of such looks, all of them or none."""
    house = bootstrap.app()
    with house.records.work():
        count = house.unmask.terms(case, caller).reporters
        found = [
            house.unmask.show(case, n, why.ground, why.words, caller) for n in range(1, count + 1)
        ]
    names = [[who.name, who.account, who.contact] for who in found]
    return tuple(
        (str(n), " · ".join(dict.fromkeys(name for name in each if name)) or "—")
        for n, each in enumerate(names, start=1)
    )


def _check_size(gathered: Gathered, most: int | None) -> None:
    size = sum(payload.size for each in gathered.exhibits for payload in each.payloads)
    if most is not None and size > most:
        raise Refused(
            "packet.too_large_here",
            hint_noop(
                "The files are {size} MB; {most} MB can be fetched here. Leave the originals out, "
                "or ask the operator to run gongdao packet."
            ),
            size=size // 1024**2,
            most=most // 1024**2,
        )


def _ready(gathered: Gathered, proofs: Proofs) -> Ready:
    folder = folder_of(gathered.view.id)
    payloads = [payload for each in gathered.exhibits for payload in each.payloads]
    stored = [_in_vault(folder, payload) for payload in payloads]
    left_out = gathered.left_out
    if proofs.waiting:
        left_out = (*left_out, LeftOut(what="log", why="not_yet_in_the_log"))
    document = _printed(gathered, proofs, left_out)
    if document.replaced:
        left_out = (*left_out, LeftOut(what="characters", why="no_glyph"))
    packet = _packet(gathered, proofs, left_out)
    own = own_files(packet, gathered.records, proofs)
    for each in gathered.exhibits:
        own |= each.written
    own[DOCUMENT] = document.content
    own |= {README: packet_page.readme(), PAGE: packet_page.page()}
    whole = bag(gathered.view.id, gathered.as_of, own, payloads)
    signature = _signed(gathered.view.id, whole[TAG_MANIFEST])
    whole[SIGNATURE] = signature_file(signature)
    inside = {f"{folder}/{path}": content for path, content in whole.items()}
    entries = [*stored, *(packet_zip.entry_of(path, each) for path, each in inside.items())]
    return Ready(
        case=gathered.view.id,
        made_for=gathered.view.seat.value,
        as_of=gathered.as_of,
        digest=Digest(signature.tagmanifest),
        entries=tuple(sorted(entries, key=lambda entry: entry.path)),
        own=inside,
        left_out=packet.left_out,
    )


def _printed(gathered: Gathered, proofs: Proofs, left_out: tuple[LeftOut, ...]) -> "Printed":
    """The document for people."""
    from gongdao.adapters.packet_paper import printed  # noqa: PLC0415 – only where one is made
    from gongdao.adapters.packet_paper.paper import paper  # noqa: PLC0415

    files = bootstrap.app().records.files
    pictures = {
        str(place): b"".join(files.read(each.picture.sha256))
        for place, each in enumerate(gathered.exhibits)
        if each.picture is not None
    }
    return printed(paper(gathered, proofs, bootstrap.signing_keys().origin, left_out), pictures)


def _packet(gathered: Gathered, proofs: Proofs, left_out: tuple[LeftOut, ...]) -> Packet:
    view = gathered.view
    return Packet(
        origin=bootstrap.signing_keys().origin,
        case=view.id,
        pack=view.pack,
        made_for=view.seat.value,
        as_of=moment(gathered.as_of),
        timeline=gathered.timeline,
        exhibits=tuple(each.shown for each in gathered.exhibits),
        texts=gathered.texts,
        records=gathered.paths(),
        proofs=PacketProofs(
            log=LOG if proofs.log is not None else None,
            timestamps=tuple(stamp for stamp, _ in proofs.stamps),
        ),
        left_out=left_out,
        format=FORMAT,
    )


def _in_vault(folder: str, payload: Payload) -> "Entry":
    pieces = bootstrap.app().records.files.read(payload.sha256)
    path = f"{folder}/{payload.path}"
    return packet_zip.entry_in_vault(path, payload.sha256, payload.size, pieces)


def _signed(case: CaseId, manifest: bytes) -> PacketSignature:
    signer = bootstrap.signing_keys().signer()
    digest = hashlib.sha256(manifest).hexdigest()
    lines = to_sign(signer.origin, case, digest, signer.key)
    return PacketSignature(
        origin=signer.origin,
        case=case,
        tagmanifest=digest,
        key=signer.key,
        public_key=signer.public_key,
        signature=base64.b64encode(signer.secret.sign(lines)).decode(),
        format=SIGNATURE_FORMAT,
    )


def _proofs(gathered: Gathered, caller: Caller) -> Proofs:
    """Where the records stand in the log; waits a little for those that have no place yet."""
    from gongdao.storage.log_covering import Covering  # noqa: PLC0415

    leaves = [kept.leaf for kept in gathered.records]
    if not leaves:
        return Proofs(None)
    covering = Covering(public_log.log(), public_log.tokens())
    used = _used(gathered, caller)
    covered = covering.of(leaves, used)
    until = time.monotonic() + PATIENCE
    while covered.waiting and time.monotonic() < until:
        if not public_log.log().tick():  # another process may be doing it
            time.sleep(0.1)
        covered = covering.of(leaves, used)
    stamps = [("checkpoint", token) for token in covered.stamps]
    for each in gathered.exhibits:
        if each.file is not None and each.file.view.file is not None:
            found = public_log.tokens().of(bytes.fromhex(each.file.view.file.sha256))
            stamps += [(f"exhibit {each.shown.number}", token) for token in found]
    return Proofs(
        log=covered.log,
        stamps=tuple(
            (
                PacketStamp(
                    path=stamp_path(n),
                    about=about,
                    digest=token.digest.hex(),
                    authority=token.authority,
                    at=moment(token.at),
                ),
                token.reply,
            )
            for n, (about, token) in enumerate(stamps, start=1)
        ),
        waiting=len(covered.waiting),
    )


def _used(gathered: Gathered, caller: Caller) -> list[int]:
    """Checkpoints in packets of the case; a party's takes up its own alone.

    One of somebody else's would tell that they made a packet, and when.
    """
    made = [each.event for each in makings(gathered.view.id)]
    return [m.checkpoint for m in made if gathered.inside or m.by.person == caller.person]


def _note(ready: Ready, gathered: Gathered, proofs: Proofs, by: Actor) -> None:
    """Keep that it was made; in a stream of its own, so that making one changes no packet."""
    records = bootstrap.app().records
    made = PacketMade(
        at=records.clock(),
        by=by,
        case=ready.case,
        made_for=ready.made_for,
        digest=ready.digest,
        originals=gathered.wanted.originals,
        unmasked=gathered.wanted.unmasked,
        language=gathered.wanted.language,
        checkpoint=proofs.log.size if proofs.log is not None else 0,
    )
    with records.work():
        _makings().add(made)


def _actor(caller: Caller, seat: Seat) -> Actor:
    if seat in {Seat.REPORTER, Seat.RESPONDENT}:
        return Actor(Role(seat.value), caller.person)
    held = (Role.SENIOR_REVIEWER, Role.REVIEWER, Role.OPERATOR, Role.AUDITOR)
    return Actor(next(role for role in held if role in caller.roles), caller.person)


def _makings() -> "PgMakings":
    from gongdao.storage.packet_records import PgMakings  # noqa: PLC0415

    return PgMakings()


@contextmanager
def _one_moment() -> Iterator[None]:
    from gongdao.storage.packet_records import one_moment  # noqa: PLC0415

    with one_moment(), bootstrap.read_once():
        yield
