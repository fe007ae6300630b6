"""The sixth and seventh check: that records were there at a time, whoever made the packet.

The same for a packet, with one checkpoint for all, and for a record that was given out alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gongdao.domain.evidence import inclusion, packet_reading
from gongdao.domain.evidence.checked import Check, Line, Lines
from gongdao.domain.evidence.checkpoint import CheckSignature, Key, Malformed, Note
from gongdao.domain.evidence.inclusion import Inclusion, Shown
from gongdao.domain.evidence.packet_folder import Seen, digest_of
from gongdao.domain.evidence.packets import Packet, PacketEntry, PacketLog, PacketStamp
from gongdao.domain.evidence.stamped import Stamped
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused

ReadStamp = Callable[[bytes, bytes], Stamped]
"""What an authority's answer says about a hash; Refused. Verified only where roots were given."""
CHECKPOINT, EXHIBIT = "checkpoint", "exhibit "
"""What a timestamp may be about."""
_LATEST = 2**35
"""A witness's time beyond that (the year 3058) is no time."""
_WHY = {
    "verify.bad_checkpoint": "bad_signature",
    "log.not_the_keys": "other_name",
    "verify.not_in_log": "not_there",
}


@dataclass(frozen=True, slots=True)
class Trust:
    """What whoever checks brings along; nothing of it comes from what is checked."""

    verify: CheckSignature
    read_stamp: ReadStamp
    operator: Mapping[str, str] | None = None
    """The operator's public keys by their ids."""
    log: Sequence[Key] = ()
    witnesses: Sequence[Key] = ()


def about_log(seen: Seen, packet: Packet, trust: Trust) -> tuple[list[Line], str | None]:
    """Each leaf leads to the checkpoint, which the log's key signed; and the checkpoint's text."""
    says, path = Lines(Check.LOG), packet.proofs.log
    if path is None:
        says.unproven("none")
        return says.found, None
    try:
        log = packet_reading.log(seen.read(path) or b"")
        text = Note.read(log.checkpoint).text
    except (packet_reading.Broken, Malformed):
        says.failed("broken" if path in seen.sizes else "missing", path)
        return says.found, None
    places = {entry.leaf: _proof(log, entry) for entry in log.entries}
    shown: Shown | None = None
    wanted = dict.fromkeys([*(each.leaf for each in packet.records), *places])
    files = {each.leaf: each.path for each in packet.records}
    for leaf in wanted:
        if leaf not in places:
            says.unproven("no_entry", files[leaf])
            continue
        try:
            shown = inclusion.check(places[leaf], trust.log, trust.witnesses, trust.verify)
        except (Refused, BadInput) as problem:
            why = _WHY.get(problem.code, "broken")
            says.failed(why, files.get(leaf, leaf) if why == "not_there" else path)
            if why != "not_there":
                return says.found, text  # the same would be said of each record
    if shown is not None and not says.fails:
        say_shown(shown, says, records=len(places))
    return says.found, text


def about_inclusion(proof: Inclusion | None, leaf: str, trust: Trust) -> list[Line]:
    """The same for one record that was given out alone."""
    says = Lines(Check.LOG)
    if proof is None:
        says.unproven("none")
    elif proof.leaf != leaf:
        says.failed("not_there", leaf)
    else:
        try:
            shown = inclusion.check(proof, trust.log, trust.witnesses, trust.verify)
        except (Refused, BadInput) as problem:
            says.failed(_WHY.get(problem.code, "broken"), leaf)
        else:
            say_shown(shown, says, records=1)
    return says.found


def say_shown(shown: Shown, says: Lines, *, records: int) -> None:
    """What a checkpoint vouches for, and who vouches for the checkpoint."""
    at = shown.checkpoint
    says.proven("holds", log=at.origin, size=at.size, records=records)
    if not shown.key_known:
        says.unproven("key", log=at.origin)
    for name, seconds in shown.witnesses:
        time = datetime.fromtimestamp(min(seconds, _LATEST), UTC).astimezone(CHINA)
        says.proven("witness", witness=name, at=time.isoformat())
    if not shown.witnesses:
        says.unproven("no_witness")


def about_timestamps(
    seen: Seen, packet: Packet, checkpoint: str | None, trust: Trust
) -> list[Line]:
    """Each is about the checkpoint's text, or about the file that it names."""
    says = Lines(Check.TIMESTAMPS)
    for stamp in packet.proofs.timestamps:
        reply = seen.read(stamp.path)
        if reply is None:
            says.failed("missing", stamp.path)
        elif stamp.digest not in _may_be_about(stamp, packet, checkpoint):
            says.failed("about_other", stamp.path)
        else:
            say_stamp(reply, stamp.digest, trust, says, stamp.path, stamp.at)
    if not packet.proofs.timestamps:
        says.unproven("none")
    return says.found


def say_stamp(
    reply: bytes, digest: str, trust: Trust, says: Lines, path: str, told: str | None = None
) -> None:
    """What one answer of an authority shows about a hash."""
    try:
        found = trust.read_stamp(reply, bytes.fromhex(digest))
    except (Refused, ValueError, OverflowError) as problem:
        why = problem.code if isinstance(problem, Refused) else ""
        says.failed(
            {"timestamp.about_other": "about_other", "timestamp.not_trusted": "not_trusted"}.get(
                why, "broken"
            ),
            path,
        )
        return
    named = packet_reading.moment(told)
    if told is not None and (named is None or abs(named - found.at) >= timedelta(seconds=1)):
        says.failed("other_time", path)
        return
    at = found.at.astimezone(CHINA).isoformat()
    if found.verified:
        says.proven("holds", path, at=at)
    else:
        says.unproven("authority", path, at=at)


def _may_be_about(stamp: PacketStamp, packet: Packet, checkpoint: str | None) -> set[str]:
    if stamp.about == CHECKPOINT:
        return set() if checkpoint is None else {digest_of(checkpoint.encode())}
    return {
        file.sha256
        for exhibit in packet.exhibits
        if stamp.about == f"{EXHIBIT}{exhibit.number}"
        for file in exhibit.files
    }


def _proof(log: PacketLog, entry: PacketEntry) -> Inclusion:
    return Inclusion(
        leaf=entry.leaf,
        place=entry.place,
        size=log.size,
        path=entry.path,
        checkpoint=log.checkpoint,
        log_key=log.log_key,
    )
