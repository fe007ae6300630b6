"""Exhibits as pages show them: one list for every chair, each with what that chair may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.bootstrap.vaulting import link
from gongdao.domain.evidence.exhibits import FileMark
from gongdao.domain.flows.exhibit_views import ExhibitView
from gongdao.domain.policy.exhibits import ExhibitPolicy
from gongdao.web import words

KINDS: words.Words = {
    "picture": gettext_lazy("Picture"),
    "pdf": gettext_lazy("PDF"),
    "office": gettext_lazy("Document"),
    "text": gettext_lazy("Text"),
    "audio": gettext_lazy("Sound recording"),
    "video": gettext_lazy("Film"),
}
SIDES: words.Words = {
    "reporter": gettext_lazy("From the reporter"),
    "respondent": gettext_lazy("From the person concerned"),
    "staff": gettext_lazy("Added by a reviewer"),
    "app": gettext_lazy("From the app"),
}
_STEP = 1024
_FOURS, _SHORT = 4, 16


@dataclass(frozen=True, slots=True)
class Shown:
    """One exhibit in a list."""

    title: str
    name: str
    kind: str
    size: str
    mark: str
    """The first digits of its SHA-256, in fours."""
    sha256: str
    received_at: datetime
    thumbnail: str
    view: str
    download: str
    who: str = ""
    """Who brought it; for staff alone."""
    url: str = ""
    """Its page; for staff alone."""
    checks: int = 0
    released: bool = False
    by_reporter: bool = False
    guarded: bool = False
    """Whether the original is handed out on request alone; `download` is then what we drew."""
    drawn: bool = True
    """Whether there is a picture of it to look at, or it is of a kind that has none."""


def listed(found: Sequence[ExhibitView], case: str = "") -> list[Shown]:
    """The list; with the case, as the desk shows it."""
    return [shown(each, case) for each in found]


def shown(seen: ExhibitView, case: str = "") -> Shown:
    """One of them."""
    mark = seen.file or seen.view
    return Shown(
        title=_("Exhibit %(n)d") % {"n": seen.number} if seen.number else _("Released copy"),
        name=seen.name,
        kind=words.said(KINDS, seen.kind),
        size=size_words(mark.size) if mark else "",
        mark=short_mark(mark.sha256) if mark else "",
        sha256=mark.sha256 if mark else "",
        received_at=seen.received_at,
        thumbnail=_picture(seen.thumbnail),
        view=_picture(seen.view),
        download=_download(seen),
        who=_who(seen),
        url=reverse("desk_exhibit", args=[case, seen.id]) if case else "",
        checks=seen.checks,
        released=seen.released,
        by_reporter=seen.side == "reporter",
        guarded=seen.guarded,
        drawn=seen.view is not None or seen.kind != "picture",
    )


def file_link(mark: FileMark, name: str = "") -> str:
    """The address at which one file can be saved, for some minutes."""
    return reverse("file", args=[link(mark.sha256, mark.media, name)])


def short_mark(digest: str) -> str:
    """A digest as people compare it: its first sixteen digits in fours."""
    return " ".join(digest[n : n + _FOURS] for n in range(0, _SHORT, _FOURS))


def size_words(size: int) -> str:
    """A size in the largest unit that keeps it above one."""
    amount, unit = float(size), "B"
    for larger in ("KB", "MB", "GB"):
        if amount < _STEP:
            break
        amount, unit = amount / _STEP, larger
    digits = 0 if unit in {"B", "KB"} or amount == round(amount) else 1
    return f"{amount:.{digits}f} {unit}"


def captures(policy: ExhibitPolicy) -> list[tuple[str, str]]:
    """How a file may have been captured, for a list to choose from."""
    language = words.language()
    return [(each.code, each.title.in_(language)) for each in policy.captures]


def captured(policy: ExhibitPolicy, code: str) -> str:
    """One of these in words."""
    known: Mapping[str, str] = dict(captures(policy))
    return known.get(code, code)


def _picture(mark: FileMark | None) -> str:
    if mark is None or not mark.media.startswith("image/"):
        return ""
    return reverse("file", args=[link(mark.sha256, mark.media, inline=True)])


def _download(seen: ExhibitView) -> str:
    if seen.file is not None and not seen.guarded:
        return file_link(seen.file, seen.name)
    return file_link(seen.view) if seen.view is not None else ""


def _who(seen: ExhibitView) -> str:
    if not seen.side:
        return ""
    who = words.said(SIDES, seen.side)
    return f"{who} {seen.reporter}" if seen.reporter > 1 else who
