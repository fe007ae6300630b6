"""What a record that was given out alone proves, with the files that were given beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.evidence import packet_reading as reading
from gongdao.domain.evidence.checked import Check, Line, Lines
from gongdao.domain.evidence.packet_check import beyond
from gongdao.domain.evidence.packet_folder import digest_of
from gongdao.domain.evidence.packet_proofs import Trust, about_inclusion, say_stamp
from gongdao.domain.evidence.packet_records import about_texts
from gongdao.domain.evidence.packets import record_leaf
from gongdao.domain.evidence.record_file import NamedFile, RecordFile
from gongdao.domain.kernel.clock import CHINA


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """What a record proves."""

    leaf: str | None
    """Its entry in the log; None where its bytes are not in the file."""
    lines: list[Line]


def check(
    given: RecordFile, files: Mapping[str, str], trust: Trust, stamp: bytes | None = None
) -> CheckedRecord:
    """Every check, in order. `files` are the SHA-256 of what was given beside it, by name."""
    says, known = Lines(Check.RECORDS), dict[str, reading.Words]()
    leaf = None
    if given.record is None:
        says.unproven("withheld")
    else:
        record = given.record.encode()
        leaf = record_leaf(record)
        known[leaf] = words = reading.words(record)
        if words.body is None:
            says.failed("no_record", leaf)
        else:
            at = words.at.astimezone(CHINA).isoformat() if words.at else "—"
            says.proven("alone", leaf, kind=words.kind, at=at)
    lines = says.found + _about_files(given, files, known)
    lines += about_texts(given.texts, known) if given.texts else []
    proof = given.inclusion
    log = about_inclusion(proof, leaf or (proof.leaf if proof else ""), trust)
    lines += log + _about_stamp(given, stamp, trust) + beyond()[1:]
    return CheckedRecord(leaf, lines)


def _about_files(
    given: RecordFile, files: Mapping[str, str], known: Mapping[str, reading.Words]
) -> list[Line]:
    """The files are those that the record speaks of."""
    says, shown = Lines(Check.EXHIBITS), 0
    for each in given.files:
        held = [words for words in known.values() if words.hold(each.sha256)]
        beside = _beside(each, files)
        if known and not held:
            says.failed("not_in_record", each.name)
        elif not beside:
            says.unproven("not_given", each.name)
        elif each.sha256 not in beside:
            says.failed("changed", each.name)
        elif not known:
            says.unproven("no_record", each.name)
        else:
            shown += 1
    wanted = {each.sha256 for each in given.files}
    named = {each.name for each in given.files}
    for name, digest in files.items():
        if digest not in wanted and name not in named:
            says.failed("other_file", name)
    if shown:
        says.proven("holds", files=shown)
    return says.found


def _beside(wanted: NamedFile, files: Mapping[str, str]) -> set[str]:
    """The hashes of files that may be the one: by its name, or by what is in it."""
    named = {files[wanted.name]} if wanted.name in files else set()
    return named | ({wanted.sha256} & set(files.values()))


def _about_stamp(given: RecordFile, stamp: bytes | None, trust: Trust) -> list[Line]:
    says = Lines(Check.TIMESTAMPS)
    if stamp is None:
        says.unproven("none")
    elif given.inclusion is None:
        says.failed("about_other", "--timestamp")
    else:
        text = given.inclusion.checkpoint.rpartition("\n\n")[0] + "\n"
        say_stamp(stamp, digest_of(text.encode()), trust, says, "--timestamp")
    return says.found
