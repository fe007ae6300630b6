"""Entries of the lexicon that raised too many false alarms: proposed, kept or retired by a person.

An entry is a word of a published list, not of a person; it may stand in an event. Nothing here
deletes an entry: a retired one stays in its list, is no longer matched, and can be restored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce
from hashlib import sha256
from typing import ClassVar, Protocol, assert_never

from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Event, Held, Personal, Streams
from gongdao.domain.kernel.ids import Sealed
from gongdao.domain.policy.screening import Category, TeachingPolicy
from gongdao.domain.screening.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryProposed(Event):
    """Decisions found too many of its alarms false: it is proposed for retirement."""

    kind: ClassVar[str] = "lexicon.entry_proposed"
    personal: ClassVar[Personal] = Personal.NOTHING
    category: Category
    entry: str
    true: int
    false: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRetired(Event):
    """A person retired it: it is no longer matched."""

    kind: ClassVar[str] = "lexicon.entry_retired"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKept(Event):
    """A person kept it although it was proposed."""

    kind: ClassVar[str] = "lexicon.entry_kept"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRestored(Event):
    """A person restored a retired one: it is matched again."""

    kind: ClassVar[str] = "lexicon.entry_restored"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


EntryStep = EntryProposed | EntryRetired | EntryKept | EntryRestored


class EntryStage(StrEnum):
    """How an entry stands that was ever proposed."""

    PROPOSED = "proposed"
    RETIRED = "retired"
    KEPT = "kept"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class JudgedEntry:
    """An entry of the lexicon that was ever proposed for retirement."""

    id: str
    category: Category
    entry: str
    true: int
    false: int
    """Both as they were when it was last proposed."""
    stage: EntryStage
    since: datetime
    by: Actor
    reasons: Sealed | None = None

    @property
    def n(self) -> int:
        """Decided findings when it was last proposed."""
        return self.true + self.false


def stream_of(category: Category, entry: str) -> str:
    """The one stream of an entry: a UUID (version 8) made of its name."""
    name = sha256(f"lexicon\n{category.value}\n{entry}".encode()).hexdigest()
    return f"{name[:8]}-{name[8:12]}-8{name[13:16]}-8{name[17:20]}-{name[20:32]}"


def after(now: JudgedEntry, step: EntryStep) -> JudgedEntry:
    """An entry after one more step."""
    match step:
        case EntryProposed():
            return replace(
                now, stage=EntryStage.PROPOSED, true=step.true, false=step.false,
                since=step.at, by=step.by, reasons=None,
            )  # fmt: skip
        case EntryRetired():
            stage = EntryStage.RETIRED
        case EntryKept():
            stage = EntryStage.KEPT
        case EntryRestored():
            stage = EntryStage.RESTORED
        case _:
            assert_never(step)
    return replace(now, stage=stage, since=step.at, by=step.by, reasons=step.reasons)


def fold(steps: Iterable[EntryStep]) -> JudgedEntry:
    """An entry after a whole stream; ValueError if it does not begin with a proposal."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, EntryProposed):
        raise ValueError("an entry begins with lexicon.entry_proposed")
    begun = JudgedEntry(
        stream_of(first.category, first.entry), first.category, first.entry,
        first.true, first.false, EntryStage.PROPOSED, first.at, first.by,
    )  # fmt: skip
    return reduce(after, rest, begun)


class JudgedEntries(Streams[JudgedEntry, EntryStep], Protocol):
    """All entries that were ever proposed."""

    def of(self, category: Category, entry: str) -> Held[JudgedEntry] | None:
        """One of them, if it was ever proposed."""

    def listed(self, limit: int, stage: EntryStage | None = None) -> list[JudgedEntry]:
        """Those of a stage, or all, the latest first."""


def propose(
    known: JudgedEntry | None, tally: Tally, policy: TeachingPolicy, by: Actor, now: datetime
) -> EntryProposed | None:
    """Propose an entry that cries wolf, unless somebody has just judged it."""
    if tally.category is None or not cries_wolf(tally, policy):
        return None
    if known is not None:
        waits = known.stage in {EntryStage.PROPOSED, EntryStage.RETIRED}
        if waits or tally.n < known.n + policy.again:
            return None
    return EntryProposed(
        at=now, by=by, category=tally.category, entry=tally.key, true=tally.true, false=tally.false
    )


def cries_wolf(tally: Tally, policy: TeachingPolicy) -> bool:
    """Whether an entry's share of right alarms surely lies below the pack's floor."""
    return tally.n >= policy.least and tally.interval[1] < policy.floor


def retire(now: JudgedEntry, reasons: Sealed, by: Actor, at: datetime) -> EntryRetired:
    """Stop matching an entry that is proposed."""
    _must_be(now, EntryStage.PROPOSED)
    return EntryRetired(at=at, by=by, reasons=reasons)


def keep(now: JudgedEntry, reasons: Sealed, by: Actor, at: datetime) -> EntryKept:
    """Go on matching an entry that is proposed."""
    _must_be(now, EntryStage.PROPOSED)
    return EntryKept(at=at, by=by, reasons=reasons)


def restore(now: JudgedEntry, reasons: Sealed, by: Actor, at: datetime) -> EntryRestored:
    """Match a retired entry again."""
    _must_be(now, EntryStage.RETIRED)
    return EntryRestored(at=at, by=by, reasons=reasons)


def _must_be(now: JudgedEntry, stage: EntryStage) -> None:
    if now.stage is not stage:
        raise Refused(
            "lexicon.entry_moved_on",
            hint_noop("This entry stands as {stage} by now. Load the page again."),
            stage=now.stage.value,
        )
