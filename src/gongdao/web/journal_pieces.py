"""Entries of a journal as its owner's pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongdao.bootstrap import app
from gongdao.bootstrap.journaling import journals
from gongdao.bootstrap.public_log import log
from gongdao.bootstrap.vaulting import link
from gongdao.domain.evidence.exhibits import FileMark, FromJournal
from gongdao.domain.evidence.journal import When
from gongdao.domain.evidence.journal_ports import Used
from gongdao.domain.flows.journal_views import EntryView, FileOfEntry
from gongdao.domain.policy.journal import JournalPolicy
from gongdao.web import exhibit_pieces, times, words


@dataclass(frozen=True, slots=True)
class ShownFile:
    """One file of an entry."""

    name: str
    kind: str
    size: str
    mark: str
    sha256: str
    thumbnail: str
    download: str


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry."""

    id: str
    url: str
    kind: str
    happened: str
    text: str
    files: list[ShownFile]
    recorded_at: datetime
    imported: bool
    corrects_url: str
    corrected_by_url: str
    struck_at: datetime | None
    struck_because: str

    @property
    def stands(self) -> bool:
        """Whether it was neither struck out nor corrected."""
        return self.struck_at is None and not self.corrected_by_url


@dataclass(frozen=True, slots=True)
class Room:
    """How much of a journal's room is taken."""

    entries: int
    entries_most: int
    size: str
    size_most: str
    percent: int
    """Of whatever is nearer to its end."""


def shown(view: EntryView, policy: JournalPolicy) -> ShownEntry:
    """An entry in the reader's words."""
    return ShownEntry(
        id=view.id,
        url=_url(view.id),
        kind=kind_words(policy, view.sort),
        happened=happened_words(view.happened),
        text=view.text,
        files=[_file(each) for each in view.files],
        recorded_at=view.recorded_at,
        imported=view.imported,
        corrects_url=_url(view.corrects),
        corrected_by_url=_url(view.corrected_by),
        struck_at=view.struck_at,
        struck_because=view.struck_because,
    )


def kind_words(policy: JournalPolicy, code: str) -> str:
    """The title of a kind; its code where the pack has it no more."""
    kind = policy.kind(code)
    return kind.title.in_(words.language()) if kind else code


def kinds(policy: JournalPolicy) -> list[tuple[str, str]]:
    """The kinds to choose from."""
    return [(kind.code, kind.title.in_(words.language())) for kind in policy.kinds]


def kind_hints(policy: JournalPolicy) -> Mapping[str, str]:
    """What to write down of each kind."""
    return {kind.code: kind.hint.in_(words.language()) for kind in policy.kinds}


def worth(policy: JournalPolicy) -> list[tuple[str, bool]]:
    """Why a journal is worth keeping, and what is only claimed; the sources stand in the pack."""
    return [(each.said.in_(words.language()), each.basis == "claimed") for each in policy.worth]


def room(used: Used, policy: JournalPolicy) -> Room:
    """How much is taken."""
    limits = policy.limits
    share = max(used.entries / limits.entries_max, used.bytes / limits.bytes_max)
    return Room(
        entries=used.entries,
        entries_most=limits.entries_max,
        size=exhibit_pieces.size_words(used.bytes),
        size_most=exhibit_pieces.size_words(limits.bytes_max),
        percent=min(100, int(share * 100)),
    )


def happened_words(happened: When) -> str:
    """When it happened, as exactly as it was said."""
    if happened.day_only:
        return times.day(timezone.localtime(happened.at).date())
    return times.moment(happened.at)


def place_words(place: int) -> str:
    """A place in the log; people count from 1."""
    return _("number %(number)s of the public log") % {"number": place + 1}


def months(found: Sequence[str]) -> list[tuple[str, str]]:
    """Months to choose from."""
    return [(month, month) for month in found]


def now() -> datetime:
    """The moment of this page."""
    return app().records.clock()


def policy() -> JournalPolicy:
    """What may be kept today."""
    return journals().policy()


def _file(file: FileOfEntry) -> ShownFile:
    def picture(found: FileMark | None) -> str:
        if found is None or not found.media.startswith("image/"):
            return ""
        return reverse("file", args=[link(found.sha256, found.media, inline=True)])

    return ShownFile(
        name=file.name,
        kind=words.said(exhibit_pieces.KINDS, file.kind),
        size=exhibit_pieces.size_words(file.file.size),
        mark=exhibit_pieces.short_mark(file.file.sha256),
        sha256=file.file.sha256,
        thumbnail=picture(file.thumbnail),
        download=exhibit_pieces.file_link(file.file, file.name),
    )


def _url(entry: str | None) -> str:
    return reverse("journal_entry", args=[entry]) if entry else ""


def whence(journal: FromJournal | None) -> str:
    """Where an exhibit came from that was in its bringer's journal; empty for any other."""
    if journal is None:
        return ""
    place = log().place(bytes.fromhex(journal.leaf))
    where = place_words(place) if place is not None else _("not in the public log yet")
    if journal.text:
        said = _("The words of an entry of its bringer's own journal, recorded %(at)s, %(where)s.")
    else:
        said = _("A file of an entry of its bringer's own journal, recorded %(at)s, %(where)s.")
    return said % {"at": times.moment(journal.recorded_at), "where": where}
