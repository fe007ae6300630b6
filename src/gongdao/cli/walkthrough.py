"""`gongdao walkthrough`: the whole story in the terminal, counted by the database at its end."""

import json
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from gongdao import bootstrap
from gongdao.cli.languages import Lang, chosen, hint_in
from gongdao.cli.posts import Post, Source, pick, read_posts
from gongdao.cli.throwaway import Throwaway, throwaway
from gongdao.cli.walk import Walk, Walked
from gongdao.cli.walk_words import WORDS, WalkWords
from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.statement import shown
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.site.config import Config

T = TypeVar("T")
LIMIT = 40
_STAFF = (*("reviewer-1", "reviewer-2", "reviewer-3", "reviewer-4"), "senior-1", "senior-2")
_LINES_SHOWN = 8
_SNAPSHOT_SHOWN = 120


def walkthrough(
    source: Annotated[
        Path | None,
        typer.Option("--input", metavar="FILE", help="CSV or JSONL of posts; else our own twelve."),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, help="How many posts to take, half of them labelled offensive.")
    ] = LIMIT,
    lang: Lang = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the database and say where.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the totals for programs.")] = False,
) -> None:
    """Play the whole story, from reports to overturned appeals, in a database of its own."""
    began = time.monotonic()
    config = Config.read(os.environ)
    read = read_posts(source or bootstrap.pack_root() / "house" / "examples" / "posts.jsonl")
    posts = pick(read.posts, limit)
    language = chosen(lang)
    told = Teller(Console(quiet=as_json, highlight=False), WORDS[language], language)
    told.begin(read, posts)
    with throwaway(config, keep=keep) as place:
        walk = _play(told, posts)
        counted = asdict(bootstrap.totals())
        wrong = len(list(bootstrap.record_differences(lambda _read: None)))
        told.record(counted["leaves"], wrong)
        told.totals(counted)
    seconds = round(time.monotonic() - began, 1)
    told.end(place, seconds, keep=keep)
    if as_json:
        print(
            json.dumps(
                _for_programs(
                    counted | {"differences": wrong}, read, posts, walk, place if keep else None
                )
            )
        )
    if wrong:
        raise Refused("walkthrough.differs", hint_noop("The record differs from its events."))
    if not counted["reports"]:
        raise Refused("walkthrough.nothing_taken", hint_noop("The rules took none of these posts."))


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("walkthrough")(walkthrough)


@dataclass(slots=True)
class Teller:
    """Says what happens, stage by stage, with one case followed all the way."""

    console: Console
    words: WalkWords
    language: str
    example: Walked | None = field(default=None)

    def begin(self, read: Source, posts: Sequence[Post]) -> None:
        """Say what the file is and what was taken of it."""
        w = self.words
        self.console.rule(f"[bold]{w.title.format(count=len(posts))}[/]", align="left")
        self.say(w.real)
        rows = len(read.posts)
        self.say(w.read.format(name=read.name, form=read.form, encoding=read.encoding, rows=rows))
        found = ", ".join(f"{role} ← {column}" for role, column in read.columns.items())
        self.say(w.columns.format(found=found))
        if read.unused:
            self.say(w.unused.format(names=", ".join(repr(name) for name in read.unused)))
        self.say(w.no_accounts, unless="account" in read.columns)
        labels = [post.offensive for post in posts]
        if "label" not in read.columns:
            self.say(w.no_labels)
        else:
            self.say(w.picked.format(bad=labels.count(True), good=labels.count(False)))
            unclear = sum(post.offensive is None for post in read.posts)
            self.say(w.unclear.format(count=unclear), unless=not unclear)

    def say(self, text: str, *, unless: bool = False) -> None:
        """One line, as it is."""
        if not unless:
            self.console.print(escape(text))

    def watched(self, stage: str, things: Sequence[T], /) -> Iterable[T]:
        """A stage's things one by one, with a bar in a terminal."""
        bar = Progress(
            TextColumn(self.words.stages[stage]),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=self.console.quiet or not self.console.is_terminal,
        )
        with bar:
            yield from bar.track(things)

    def stage(self, name: str, **facts: object) -> None:
        """The heading of a stage, and what was done; the example follows."""
        self.console.print()
        self.console.print(f"[bold]{self.words.stages[name]}[/]")
        self.say(self.words.did[name].format(**facts))
        if self.example is not None and name != "record":
            self.console.print(f"[dim]{self.words.example}:[/]")

    def fact(self, label: str, value: str) -> None:
        """One named fact of the example."""
        self.console.print(f"  [dim]{label}[/]  {escape(value)}")

    def letter(self, text: str) -> None:
        """A text that was sent to somebody."""
        self.console.print(Panel(escape(text), padding=(1, 2), width=min(self.console.width, 100)))

    def refused(self, walk: Walk) -> None:
        """What the rules did not take, and why."""
        if not walk.refused:
            return
        self.say(self.words.refused.format(count=sum(map(len, walk.refused.values()))))
        for code, found in walk.refused.items():
            lines = ", ".join(str(line) for line, _ in found[:_LINES_SHOWN])
            lines += " …" if len(found) > _LINES_SHOWN else ""
            hint = hint_in(found[0][1], self.language)
            line = self.words.refused_line.format(lines=lines, hint=hint)
            self.console.print(f"  [yellow]{code}[/] ({len(found)})  {escape(line)}")

    def record(self, leaves: int, wrong: int) -> None:
        """Whether the record agrees with itself."""
        self.stage("record", leaves=leaves)
        self.say(self.words.wrong.format(count=wrong) if wrong else self.words.checked)

    def totals(self, counted: dict[str, int]) -> None:
        """The database's own count."""
        self.console.print()
        self.console.print(f"[bold]{self.words.totals}[/]")
        grid = Table(box=None, show_header=False)
        grid.add_column()
        grid.add_column(justify="right", style="bold")
        for key, label in self.words.total.items():
            grid.add_row(label, str(counted[key]))
        self.console.print(grid)

    def end(self, place: Throwaway, seconds: float, *, keep: bool) -> None:
        """Where it lies, or that it is gone."""
        self.console.print()
        if not keep:
            self.say(self.words.removed.format(seconds=seconds))
        elif place.database:
            self.say(self.words.kept_server.format(database=place.database, data=place.data))
        else:
            self.say(self.words.kept.format(data=place.data))


def _play(told: Teller, posts: Sequence[Post]) -> Walk:
    """Every stage over every post, each told with the one example."""
    staff = _hire()
    walk = Walk(bootstrap.app(), staff, told.words, told.language, told.watched)
    walked = walk.file(posts)
    told.example = next((one for one in walked if one.violation), walked[0] if walked else None)
    show = Example(walk, told)
    told.stage("file", count=len(walked))
    show.report()
    told.refused(walk)
    walk.accept(walked)
    told.stage("accept", count=len(walked))
    show.clock()
    walk.decide(walked)
    bad = sum(one.violation for one in walked)
    told.stage("decide", count=len(walked), bad=bad, good=len(walked) - bad)
    show.statement()
    appealed = walk.appeal(walked)
    theirs = sum(one.violation for one in appealed)
    told.stage("appeal", appeals=theirs, reviews=len(appealed) - theirs)
    show.appeal()
    walk.review(appealed)
    undone = sum(one.overturned for one in appealed)
    told.stage("review", overturned=undone, upheld=len(appealed) - undone)
    show.outcome()
    return walk


def _hire() -> list[Caller]:
    """People who decide and review, so that somebody who took no part is always there."""
    hired = []
    for name in _STAFF:
        role = Role.SENIOR_REVIEWER if name.startswith("senior") else Role.REVIEWER
        line = bootstrap.accounts().create(f"{name}@walkthrough.invalid", name, [role])
        hired.append(Caller(line.party, frozenset(line.roles)))
    return hired


@dataclass(slots=True)
class Example:
    """One case, shown as its parties see it."""

    walk: Walk
    told: Teller

    def report(self) -> None:
        """What was reported, and the receipt."""
        one, w = self.told.example, self.told.words
        if one is None:
            return
        text = one.post.text
        self.told.letter(text[:_SNAPSHOT_SHOWN] + ("…" if len(text) > _SNAPSHOT_SHOWN else ""))
        self.told.fact(w.receipt, one.receipt.code)
        self.told.fact(w.leaf, one.receipt.leaf)

    def clock(self) -> None:
        """What the holder of the receipt sees of the clock that runs now."""
        if self.told.example is None:
            return
        view, _ = self.walk.app.files.by_code(self.told.example.receipt.code)
        for clock in view.clocks:
            self.told.fact(self.told.words.due, f"{shown(clock.due_at)}  ({clock.span})")

    def statement(self) -> None:
        """The statement of reasons, as the respondent got it, or what the reporter was told."""
        one = self.told.example
        if one is None or one.decision is None:
            return
        caller = self.walk.party(one)
        _, decision = self.walk.app.files.decision_for(one.decision, caller)
        chinese = self.told.language == "zh"
        statement = decision.statement_zh if chinese else decision.statement_en
        if statement is not None:
            self.told.letter(statement.text())

    def appeal(self) -> None:
        """Why, and who hears it."""
        one, w = self.told.example, self.told.words
        if one is None or one.appeal is None:
            return
        appeal = self.walk.app.records.appeals.get(one.appeal).now
        self.told.fact(w.grounds, self.walk.app.records.opened(appeal.grounds))
        number = [caller.person for caller in self.walk.staff].index(appeal.reviewer)
        self.told.fact(w.reviewer, _STAFF[number])

    def outcome(self) -> None:
        """What the one who appealed was told, and what became of the sanction."""
        one = self.told.example
        if one is None or one.appeal is None:
            return
        caller, r = self.walk.party(one), self.walk.app.records
        if caller.person is None:
            return
        latest = r.notices.inbox(caller.person, 1, one.receipt.case)[0]
        self.told.letter(r.opened(latest.letter(self.told.language).body))
        view = self.walk.app.files.open(one.receipt.case, caller)
        for decision in view.decisions:
            for sanction in decision.sanctions:
                self.told.fact(self.told.words.measure, f"{sanction.penalty} → {sanction.state}")


def _for_programs(
    counted: dict[str, int],
    read: Source,
    posts: Sequence[Post],
    walk: Walk,
    place: Throwaway | None,
) -> dict[str, object]:
    """The totals, and below them what they were counted over."""
    return {
        **counted,
        "input": {
            "name": read.name,
            "form": read.form,
            "encoding": read.encoding,
            "columns": dict(read.columns),
            "posts": len(read.posts),
            "taken": len(posts),
        },
        "refused": {code: [line for line, _ in found] for code, found in walk.refused.items()},
        "kept": None if place is None else {"data": str(place.data), "database": place.database},
    }
