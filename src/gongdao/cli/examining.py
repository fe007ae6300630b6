"""What `gongdao doctor` looks at, and what it makes of it. Nothing is changed."""

import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from gongdao import bootstrap
from gongdao.bootstrap import public_log
from gongdao.bootstrap.own_models import AT_THE_COMMAND_LINE
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Fact, GongdaoError, hint_noop
from gongdao.domain.policy.book import guard_cited
from gongdao.site.config import Config, Mode, variable

if TYPE_CHECKING:
    from gongdao.bootstrap import Beat

OLDEST_PYTHON = (3, 11)
STALE = timedelta(minutes=1)
"""Workers say every ten seconds that they live."""
LITTLE_DISK, TOO_LITTLE_DISK = 2 * 1024**3, 256 * 1024**2
BEHIND = 20_000
"""Entries that wait: a worker gives places to that many in a second or two."""
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
    """A sentence with gaps, as in an error."""
    hint: str = ""
    """What to do, where it is not fine; with gaps too."""
    facts: Mapping[str, Fact] = field(default_factory=dict)


def surroundings(config: Config, environ: Mapping[str, str]) -> Iterator[Finding]:
    """What can be said without the database."""
    yield _python()
    yield _settings(environ)
    yield _disk(config.data)
    yield from _keys(config)
    yield _packs()


def inside(config: Config, how: str) -> Iterator[Finding]:
    """What only the database can tell; Django must be set up. `how` it is reached is a sentence."""
    health = bootstrap.database_health()
    yield _fine("database.server", "PostgreSQL {version}", version=health.version)
    yield _fine("database.reached", how)
    if health.pending:
        hint = hint_noop("Start `gongdao up` once: it brings the tables up to date.")
        detail = hint_noop("not applied: {names}")
        names = ", ".join(health.pending[:5])
        yield Finding("database.migrations", State.BROKEN, detail, hint, {"names": names})
        return
    yield _fine("database.migrations", hint_noop("all applied"))
    yield _cited()
    yield _calendar()
    yield _worker(health.beats, config)
    hint = hint_noop("Jobs that were given up wait for somebody to look.")
    yield _failed("jobs.failed", health.jobs_failed, hint)
    hint = hint_noop("The desk lists them as undelivered.")
    yield _failed("mails.failed", health.mails_failed, hint)
    hint = hint_noop("They are tried again by themselves.")
    yield _failed("mails.retrying", health.mails_retrying, hint)
    hint = hint_noop(
        "`gongdao webhook sent` lists them; `gongdao webhook replay` sends them again."
    )
    yield _failed("webhooks.given_up", health.webhooks_given_up, hint)
    hint = hint_noop("Their receivers fail; they are tried again by themselves.")
    yield _failed("webhooks.retrying", health.webhooks_retrying, hint)
    hint = hint_noop("They are kept and tried again; the worker's log says what is wrong.")
    yield _failed("reports.trouble", health.reports_in_trouble, hint)
    hint = hint_noop("The worker is behind, or does not run: see whether one is at work.")
    yield _failed("reports.waiting", health.reports_waiting, hint)
    yield _log()
    yield _model()
    yield _lists()
    yield _drift()
    yield _operators(health.operators, config)


def problem_found(what: str, problem: GongdaoError) -> Finding:
    """An error of ours as a finding."""
    return Finding(what, State.BROKEN, problem.code, problem.sentence, problem.facts)


def _fine(what: str, detail: str, **facts: Fact) -> Finding:
    return Finding(what, State.FINE, detail, facts=facts)


def _python() -> Finding:
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return Finding("python", State.BROKEN, version, hint_noop("Use Python 3.11 or later."))
    return _fine("python", version)


def _settings(environ: Mapping[str, str]) -> Finding:
    known = {described.name for described in Config().describe()} | _OUTSIDE
    strange = sorted(n for n in environ if n.startswith("GONGDAO_") and n not in known)
    if strange:
        hint = hint_noop("Nothing reads these. Check how they are spelt.")
        return Finding("settings", State.WATCH, "{names}", hint, {"names": ", ".join(strange)})
    return _fine("settings", hint_noop("all known"))


def _disk(data: Path) -> Finding:
    there = next(path for path in (data, *data.parents) if path.exists())
    free = shutil.disk_usage(there).free
    detail = hint_noop("{free} GB free below {data}")
    facts: dict[str, Fact] = {"free": round(free / 1024**3, 1), "data": str(data)}
    if free < TOO_LITTLE_DISK:
        hint = hint_noop("Make room: writing will fail soon.")
        return Finding("disk", State.BROKEN, detail, hint, facts)
    if free < LITTLE_DISK:
        hint = hint_noop("Make room before it runs out.")
        return Finding("disk", State.WATCH, detail, hint, facts)
    return _fine("disk", detail, **facts)


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
    facts: dict[str, Fact] = {"path": str(path)}
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        readable = os.access(path, os.R_OK)
    except OSError:
        hint = hint_noop("The first start makes it. If there was one, restore it from the backup.")
        return Finding(what, State.BROKEN, hint_noop("{path} is not there"), hint, facts)
    if not readable:
        detail = hint_noop("{path} is there and cannot be read")
        return Finding(what, State.BROKEN, detail, hint_noop("Check who owns it."), facts)
    if mode & 0o077:
        facts["mode"] = f"{mode:o}"
        detail = hint_noop("{path} is open to others ({mode})")
        return Finding(what, State.BROKEN, detail, "chmod 600 {path}", facts)
    return _fine(what, "{path}", **facts)


def _packs() -> Finding:
    try:
        problems = bootstrap.pack_problems()
        if problems:
            detail, facts = hint_noop("{number} problems"), {"number": len(problems)}
            return Finding("packs.valid", State.BROKEN, detail, "gongdao packs check", facts)
        number = len(bootstrap.pack_book().platforms())
    except GongdaoError as problem:
        return problem_found("packs.valid", problem)
    return _fine("packs.valid", hint_noop("{number} platforms"), number=number)


def _cited() -> Finding:
    try:
        cited = bootstrap.cited_packs()
        problems = guard_cited(bootstrap.app().packs, cited)
    except GongdaoError as problem:
        return problem_found("packs.cited", problem)
    if problems:
        hint = hint_noop("A cited version stays as it was: restore it, and add a new version.")
        facts: dict[str, Fact] = {"first": str(problems[0])}
        return Finding("packs.cited", State.BROKEN, "{first}", hint, facts)
    return _fine("packs.cited", hint_noop("{number} cited, unchanged"), number=len(cited))


def _calendar() -> Finding:
    calendar = bootstrap.app().records.calendar
    detail = hint_noop("{version}, known through {through}")
    facts: dict[str, Fact] = {"version": calendar.version, "through": calendar.known_through}
    if calendar.known_through < (datetime.now(CHINA) + LOOK_AHEAD).date():
        hint = hint_noop("Load next year's calendar: docs/how-to/load-next-years-calendar.md")
        return Finding("calendar", State.WATCH, detail, hint, facts)
    return _fine("calendar", detail, **facts)


def _worker(beats: "tuple[Beat, ...]", config: Config) -> Finding:
    """A worker that was killed leaves its last sign of life behind; one that stops takes it."""
    now = datetime.now(UTC)
    alive = {beat.part for beat in beats if now - beat.at <= STALE}
    missing = {"clock", "jobs", "webhooks"} - alive
    seconds = max(0, int((now - beats[0].at).total_seconds())) if beats else 0
    facts: dict[str, Fact] = {"seconds": seconds, "missing": ", ".join(sorted(missing))}
    if not missing:
        return _fine("worker", hint_noop("seen {seconds} s ago"), **facts)
    detail = hint_noop("none is at work")
    if beats:
        detail = hint_noop("last seen {seconds} s ago; not at work: {missing}")
    hint = hint_noop("Start `gongdao up` or `gongdao worker`: limits and mails wait for it.")
    state = State.BROKEN if config.mode is Mode.PRODUCTION else State.WATCH
    return Finding("worker", state, detail, hint, facts)


def _failed(what: str, number: int, hint: str) -> Finding:
    if not number:
        return _fine(what, hint_noop("none"))
    return Finding(what, State.WATCH, str(number), hint)


def _log() -> Finding:
    """How far behind the log is, and whether the newest records are in it."""
    waiting, size = public_log.waiting(), public_log.log().size()
    facts: dict[str, Fact] = {"size": size, "waiting": waiting}
    if not public_log.newest_agree():
        detail = hint_noop("{size} entries; the newest records are not all among them")
        hint = hint_noop("`gongdao log check` names every record that is not in the log.")
        return Finding("log", State.BROKEN, detail, hint, facts)
    detail = hint_noop("{size} entries, {waiting} wait for their places")
    if waiting > BEHIND:
        hint = hint_noop("The worker is behind, or does not run: see whether one is at work.")
        return Finding("log", State.WATCH, detail, hint, facts)
    return _fine("log", detail, **facts)


def _operators(number: int, config: Config) -> Finding:
    if number:
        return _fine("accounts.operators", str(number))
    hint = "gongdao account create YOU@example.org --role operator --invite"
    state = State.BROKEN if config.mode is Mode.PRODUCTION else State.WATCH
    return Finding("accounts.operators", state, hint_noop("none"), hint)


def _model() -> Finding:
    problem = bootstrap.app().screening.models.problem()
    if problem is None:
        return _fine("screening.model", hint_noop("the model reads, and is the one on record"))
    detail = hint_noop("{problem}: the lists of words work on without it")
    hint = hint_noop(
        "Put its file back with `gongdao model go-live FILE`, or take it back with "
        "`gongdao model roll-back`."
    )
    return Finding("screening.model", State.WATCH, detail, hint, {"problem": problem})


def _lists() -> Finding:
    from gongdao.bootstrap import screening  # noqa: PLC0415 – numpy, once it is needed

    problem = screening.own_lists_problem()
    if problem is None:
        return _fine("screening.lists", hint_noop("all lists of words can be read"))
    hint = hint_noop("Mend the lists in {setting}, then restart. The shipped ones are read.")
    facts = {**problem.facts, "setting": screening.OWN_LISTS}
    return Finding("screening.lists", State.WATCH, problem.sentence, hint, facts)


def _drift() -> Finding:
    drifts = bootstrap.app().screening.models.runs.drifts(AT_THE_COMMAND_LINE)
    shifted = [each.category.value for each in drifts if each.alarms]
    if not shifted:
        detail = hint_noop("texts and scores are as before, as far as can be told")
        return _fine("screening.drift", detail)
    detail = hint_noop("texts or scores have changed: {categories}")
    hint = hint_noop("See /desk/screening/numbers/, and compare a newly trained model.")
    facts = {"categories": ", ".join(shifted)}
    return Finding("screening.drift", State.WATCH, detail, hint, facts)
