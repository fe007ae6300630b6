"""What `gongdao doctor` looks at, and what it makes of it. Nothing is changed."""

import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from gongdao import bootstrap
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.policy.book import guard_cited
from gongdao.site.config import Config, Mode, variable

if TYPE_CHECKING:
    from gongdao.bootstrap import Beat

OLDEST_PYTHON = (3, 11)
STALE = timedelta(minutes=1)
"""Workers say every ten seconds that they live."""
LITTLE_DISK, TOO_LITTLE_DISK = 2 * 1024**3, 256 * 1024**2
LOOK_AHEAD = timedelta(days=60)
"""Deadlines reach that far and further: the calendar should too."""
_OUTSIDE = {variable("test_database_url"), variable("test_postgres"), variable("test_home")}


class State(StrEnum):
    """How a thing is."""

    FINE = "fine"
    WATCH = "watch"
    """Works, and somebody should know."""
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    """A stable code such as `database.migrations`."""
    state: State
    detail: str
    hint: str = ""
    """What to do, where it is not fine."""


def surroundings(config: Config, environ: Mapping[str, str]) -> Iterator[Finding]:
    """What can be said without the database."""
    yield _python()
    yield _settings(environ)
    yield _disk(config.data)
    yield from _keys(config)
    yield _packs()


def inside(config: Config, how: str) -> Iterator[Finding]:
    """What only the database can tell; Django must be set up."""
    health = bootstrap.database_health()
    yield Finding("database.server", State.FINE, f"PostgreSQL {health.version}, {how}")
    if health.pending:
        names = ", ".join(health.pending[:5])
        hint = "Start `gongdao up` once: it brings the tables up to date."
        yield Finding("database.migrations", State.BROKEN, f"missing: {names}", hint)
        return
    yield Finding("database.migrations", State.FINE, "all applied")
    yield _cited()
    yield _calendar()
    yield _worker(health.beats, config)
    yield _failed("jobs.failed", health.jobs_failed, "Jobs that were given up wait for a look.")
    hint = "The desk lists them under undelivered."
    yield _failed("mails.failed", health.mails_failed, hint)
    yield _failed("mails.retrying", health.mails_retrying, "They are tried again by themselves.")
    yield _operators(health.operators, config)


def _python() -> Finding:
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return Finding("python", State.BROKEN, version, "Use Python 3.11 or later.")
    return Finding("python", State.FINE, version)


def _settings(environ: Mapping[str, str]) -> Finding:
    known = {described.name for described in Config().describe()} | _OUTSIDE
    strange = sorted(n for n in environ if n.startswith("GONGDAO_") and n not in known)
    if strange:
        hint = "Nothing reads these. Check how they are spelt."
        return Finding("settings", State.WATCH, ", ".join(strange), hint)
    return Finding("settings", State.FINE, "all known")


def _disk(data: Path) -> Finding:
    there = next(path for path in (data, *data.parents) if path.exists())
    free = shutil.disk_usage(there).free
    detail = f"{free / 1024**3:.1f} GB free below {data}"
    if free < TOO_LITTLE_DISK:
        return Finding("disk", State.BROKEN, detail, "Make room: writing will fail soon.")
    if free < LITTLE_DISK:
        return Finding("disk", State.WATCH, detail, "Make room before it runs out.")
    return Finding("disk", State.FINE, detail)


def _keys(config: Config) -> Iterator[Finding]:
    """Keys are there and for their owner alone; `keys()` is not asked, as it would make them."""
    home = config.data / "keys"
    places = {
        "keys.sessions": config.secret_key_file or home / "django.key",
        "keys.fields": config.field_keys_file or home / "fields.key",
        "keys.digests": home / "digest.key",
    }
    for what, path in places.items():
        yield _key(what, path)


def _key(what: str, path: Path) -> Finding:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        readable = os.access(path, os.R_OK)
    except OSError:
        hint = "It is made on the first start. If there was one, put it back from your backup."
        return Finding(what, State.BROKEN, f"{path} is not there", hint)
    if not readable:
        return Finding(what, State.BROKEN, f"{path} cannot be read", "Check who owns it.")
    if mode & 0o077:
        hint = f"chmod 600 {path}"
        return Finding(what, State.BROKEN, f"{path} is open to others ({mode:o})", hint)
    return Finding(what, State.FINE, str(path))


def _packs() -> Finding:
    try:
        problems = bootstrap.pack_problems()
        if problems:
            hint = "gongdao packs check"
            return Finding("packs.valid", State.BROKEN, f"{len(problems)} problems", hint)
        number = len(bootstrap.pack_book().platforms())
    except GongdaoError as problem:
        return Finding("packs.valid", State.BROKEN, problem.code, problem.hint)
    return Finding("packs.valid", State.FINE, f"{number} platforms")


def _cited() -> Finding:
    try:
        cited = bootstrap.cited_packs()
        problems = guard_cited(bootstrap.app().packs, cited)
    except GongdaoError as problem:
        return Finding("packs.cited", State.BROKEN, problem.code, problem.hint)
    if problems:
        hint = "A cited version stays as it was: restore it, and add a new version instead."
        return Finding("packs.cited", State.BROKEN, str(problems[0]), hint)
    return Finding("packs.cited", State.FINE, f"{len(cited)} cited, unchanged")


def _calendar() -> Finding:
    calendar = bootstrap.app().records.calendar
    detail = f"{calendar.version}, known through {calendar.known_through}"
    if calendar.known_through < (datetime.now(CHINA) + LOOK_AHEAD).date():
        hint = "Later deadlines are provisional. See docs/how-to/load-next-years-calendar.md."
        return Finding("calendar", State.WATCH, detail, hint)
    return Finding("calendar", State.FINE, detail)


def _worker(beats: "tuple[Beat, ...]", config: Config) -> Finding:
    """A worker that was killed leaves its last sign of life behind; one that stops takes it."""
    now = datetime.now(UTC)
    alive = {beat.part for beat in beats if now - beat.at <= STALE}
    missing = {"clock", "jobs"} - alive
    if not missing:
        return Finding("worker", State.FINE, f"seen {_ago(now - beats[0].at)} ago")
    hint = "Start `gongdao up` or `gongdao worker`: deadlines and mails wait for it."
    latest = f"last seen {_ago(now - beats[0].at)} ago" if beats else "none at work"
    detail = f"{latest}; missing: {', '.join(sorted(missing))}"
    state = State.BROKEN if config.mode is Mode.PRODUCTION else State.WATCH
    return Finding("worker", state, detail, hint)


def _ago(span: timedelta) -> str:
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds} s" if seconds < 3600 else f"{seconds // 3600} h"  # noqa: PLR2004


def _failed(what: str, number: int, hint: str) -> Finding:
    if not number:
        return Finding(what, State.FINE, "none")
    return Finding(what, State.WATCH, str(number), hint)


def _operators(number: int, config: Config) -> Finding:
    if number:
        return Finding("accounts.operators", State.FINE, str(number))
    hint = "gongdao account create YOU@example.org --role operator --invite"
    state = State.BROKEN if config.mode is Mode.PRODUCTION else State.WATCH
    return Finding("accounts.operators", state, "none", hint)
