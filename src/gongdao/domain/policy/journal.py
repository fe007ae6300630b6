"""What a rule pack says about people's own journals (E5): kinds of entries, limits, guidance."""

from pydantic import Field

from gongdao.domain.policy.model import Code, Sourced, Strict, Words


class JournalLimits(Sourced):
    """How much somebody may keep, and how fast."""

    text_max: int = Field(ge=1, le=20_000)
    reason_max: int = Field(ge=1, le=5_000)
    files_max: int = Field(ge=0, le=50)
    """Of one entry."""
    entries_max: int = Field(ge=1, le=1_000_000)
    bytes_max: int = Field(ge=1)
    """Of all files of one journal."""
    rows_max: int = Field(ge=1, le=100_000)
    """Of one table that is read in."""
    table_bytes_max: int = Field(ge=1, le=16 * 1024**2)
    export_bytes_max: int = Field(ge=1)
    """Files of one export; who has more takes a month at a time."""
    per_minute: int = Field(ge=1, le=1000)
    """New entries and tables from one network address."""


class EntryKind(Sourced):
    """One kind of entry."""

    code: Code
    title: Words
    hint: Words
    """What to write down, and what to photograph."""
    names: tuple[str, ...] = ()
    """What it is called in tables besides its title and code."""


class Worth(Sourced):
    """One reason for keeping a journal, as it is said at the top of it."""

    said: Words


class JournalPolicy(Strict):
    """journal.yaml: what people may keep in their own journals."""

    limits: JournalLimits
    kinds: tuple[EntryKind, ...] = Field(min_length=1)
    """In the order in which they are offered; the first stands for whoever does not say."""
    worth: tuple[Worth, ...] = Field(min_length=1)

    def kind(self, code: str) -> EntryKind | None:
        """A kind by its code; None where there is none."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def named(self, name: str) -> EntryKind | None:
        """A kind by what people call it in a table: code, title or another name."""
        wanted = name.strip().casefold()
        return next((kind for kind in self.kinds if wanted in _names(kind)), None)


def _names(kind: EntryKind) -> set[str]:
    return {n.casefold() for n in (kind.code, kind.title.zh, kind.title.en, *kind.names)}
