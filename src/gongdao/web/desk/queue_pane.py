"""The left pane: which queue, what stands in it and why, and the way to the next case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import DECIDERS
from gongdao.domain.flows.lists import CaseLine, Counts, QueueName
from gongdao.domain.flows.phoning import TAKERS
from gongdao.domain.flows.records import HOUSE
from gongdao.domain.kernel.events import Role
from gongdao.domain.policy.model import CasePolicy
from gongdao.web import pieces, words

_IN_PANE = 30
ANY = "any-case"
"""Where an address has the case that it is of."""
_WHOLE_QUEUE = {QueueName.APPEALS, QueueName.WAITING}
"""Queues that cannot be narrowed to a category."""

OF_APPEALS = {QueueName.APPEALS, QueueName.ALL_APPEALS, QueueName.WAITING}
"""Queues from which the next appeal is taken, not the next report."""

TITLES: words.Words = {
    "priority": gettext_lazy("By priority"),
    "mine": gettext_lazy("In my hands"),
    "received": gettext_lazy("New"),
    "investigating": gettext_lazy("In progress"),
    "appeals": gettext_lazy("My appeals"),
    "all_appeals": gettext_lazy("All appeals"),
    "waiting": gettext_lazy("Appeals that wait"),
    "overdue": gettext_lazy("Overdue"),
    "decided": gettext_lazy("Decided"),
    "all": gettext_lazy("All, latest first"),
}
_EMPTY: words.Words = {
    "priority": gettext_lazy("Nothing waits to be worked on."),
    "mine": gettext_lazy("You hold no case."),
    "received": gettext_lazy("No new report waits for its acceptance check."),
    "investigating": gettext_lazy("No case is being looked into."),
    "appeals": gettext_lazy("No appeal lies with you."),
    "all_appeals": gettext_lazy("No appeal is open."),
    "waiting": gettext_lazy("No appeal waits for anybody but its reviewer."),
    "overdue": gettext_lazy("Nothing is overdue."),
    "decided": gettext_lazy("Nothing has been decided yet."),
    "all": gettext_lazy("Nothing has been reported yet."),
}
_WAITS: words.Words = {
    "not_asked": gettext_lazy("Taken up; waits for a question or the decision"),
    "asked": gettext_lazy("Waits for the answer of the person concerned"),
    "given": gettext_lazy("Answered; waits for the decision"),
    "missed": gettext_lazy("No answer came; waits for the decision"),
}


@dataclass(frozen=True, slots=True)
class Where:
    """Which part of which queue somebody works through; it travels in every link of the desk."""

    name: QueueName
    category: str = ""
    cursor: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Where":
        """Read it from an address; without one, what comes first."""
        asked = query.get("queue", "")
        name = QueueName(asked) if asked in TITLES else QueueName.PRIORITY
        return cls(name, query.get("category", ""), query.get("cursor", ""))

    @property
    def kept(self) -> str:
        """The part of an address that keeps it."""
        said = {"queue": self.name.value, "category": self.category, "cursor": self.cursor}
        return urlencode({key: value for key, value in said.items() if value})

    def url(self, view: str, *args: str) -> str:
        """The address of a page of the desk, from here."""
        return f"{reverse(view, args=args)}?{self.kept}"


def version(lines: tuple[CaseLine, ...], counts: Counts) -> str:
    """Changes when anything that the pane shows of its cases does."""
    return sha256(repr((lines, counts)).encode()).hexdigest()[:16]


def pane(request: HttpRequest, caller: Caller, current: str = "") -> dict[str, Any]:
    """Everything that the left pane shows."""
    where, now = Where.of(request.GET), app().records.clock()
    counts = app().desk.counts(caller)
    page = app().desk.queue(
        caller,
        where.name,
        category=where.category or None,
        cursor=where.cursor or None,
        limit=_IN_PANE,
    )
    policy = _house(now)
    return {
        "tabs": tabs(caller, where.name.value, counts),
        "queue": _items(page.lines, where, policy, now, current),
        "queue_name": where.name.value,
        "nothing_here": words.said(_EMPTY, where.name.value),
        "kept": where.kept,
        "categories": [] if where.name in _WHOLE_QUEUE else _categories(where, policy),
        "category_chosen": where.category,
        "pager": _pager(where, page.cursor),
        "next_url": _next(where, page.lines, current),
        "can_pull": caller.has(*DECIDERS),
        "of_appeals": where.name in OF_APPEALS,
        "live_url": f"{reverse('desk_queue')}?{where.kept}&open={current}",
        "version": version(page.lines, counts),
    }


def tabs(caller: Caller, current: str, counts: Counts | None = None) -> list[pieces.Tab]:
    """Every queue with how much waits in it, what reporters wrote, and what did not arrive."""
    counts = counts or app().desk.counts(caller)
    waiting = _waiting(counts)
    if not caller.has(*DECIDERS):
        del waiting["appeals"], waiting["mine"]
    found = [
        pieces.Tab(
            title=words.said(TITLES, name),
            url=Where(QueueName(name)).url("desk"),
            current=name == current,
            count=_bounded(count, counts),
            group=_("Cases"),
        )
        for name, count in waiting.items()
    ]
    beside = [*_also_waiting(caller), *_in_numbers(caller)]
    how_many = {"undelivered": counts.undelivered, "mailboxes": counts.mailboxes}
    return found + [
        pieces.Tab(
            title, reverse(view), name == current, _bounded(how_many.get(name), counts), line
        )
        for line, name, title, view in beside
    ]


def _also_waiting(caller: Caller) -> Iterator[tuple[str, str, str, str]]:
    """Other work: its line, the name of its tab, the title and the page."""
    line = _("Other work")
    yield line, "posts", _("Before they appear"), "desk_screening"
    yield line, "mailboxes", _("Messages"), "desk_mailboxes"
    yield line, "rights", _("Rights"), "desk_rights"
    yield line, "proofs", _("Proofs to check"), "desk_way_proofs"
    if caller.has(*DECIDERS):
        yield line, "objections", _("Appeals about reporting"), "desk_objections"
    if caller.has(*DECIDERS, Role.OPERATOR):
        yield line, "grades", _("Appeals against grades"), "desk_grades"
    if caller.has(*TAKERS):
        yield line, "calls", _("Calls"), "desk_calls"
    yield line, "undelivered", _("Undelivered"), "desk_undelivered"


def _in_numbers(caller: Caller) -> Iterator[tuple[str, str, str, str]]:
    """What is counted and overseen."""
    line = _("Overview")
    yield line, "screening", _("Screening in numbers"), "desk_screening_numbers"
    yield line, "training", _("Training"), "desk_training"
    if caller.has(Role.AUDITOR, Role.OPERATOR):
        yield line, "forecast", _("Forecast"), "desk_forecast"
        yield line, "accounts", _("Accounts"), "desk_trail"
    if caller.has(Role.AUDITOR):
        yield line, "looks", _("Identities seen"), "desk_looks"


def _waiting(counts: Counts) -> dict[str, int | None]:
    """How much waits in each queue; None where it is not counted."""
    return {
        "priority": None,
        "mine": None,
        "received": counts.received,
        "investigating": counts.investigating,
        "appeals": counts.appeals,
        "all_appeals": counts.all_appeals,
        "waiting": counts.waiting,
        "overdue": counts.overdue,
        "decided": None,
        "all": None,
    }


def _bounded(count: int | None, counts: Counts) -> int | str | None:
    return f"{counts.most}+" if count is not None and count > counts.most else count


def _items(
    lines: tuple[CaseLine, ...], where: Where, policy: CasePolicy, now: datetime, current: str
) -> list[pieces.QueueItem]:
    """All of them; their addresses are alike but for the case."""
    url = where.url("desk_case", ANY)
    return [_item(line, url.replace(ANY, line.id), policy, now, current) for line in lines]


def _item(
    line: CaseLine, url: str, policy: CasePolicy, now: datetime, current: str
) -> pieces.QueueItem:
    category = policy.category(line.category)
    due = line.next_due
    return pieces.QueueItem(
        number=line.subject_ref,
        title=category.title.in_(words.language()) if category else line.category,
        why=why(line),
        url=url,
        clock=pieces.Clock(what="", due=due, now=now, rule="", source="") if due else None,
        current=line.id == current,
        tags=(words.said(words.SUBJECTS, line.subject_kind), *_level(line)),
        id=line.id,
    )


def why(line: CaseLine) -> str:
    """Why a case stands where it stands, in words."""
    if line.appeal:
        return _of_appeal(line)
    if line.stage == "received":
        return _("Waits for the acceptance check")
    if line.stage == "investigating":
        return words.said(_WAITS, line.answer)
    return words.said(words.OUTCOMES, line.outcome) or words.said(words.STAGES, line.stage)


def _of_appeal(line: CaseLine) -> str:
    """Whose move an appeal is, which is why it stands where it stands."""
    if line.my_move and line.waits_for == "second_opinion" and not line.mine:
        return _("A colleague asks for your opinion")
    waits = words.said(words.APPEAL_WAITS, line.waits_for)
    if line.waits_for and not line.my_move:
        return _("Appeal: %(waits)s") % {"waits": waits}
    if line.my_move:
        return _("Your move; the one that came first stands first")
    return _("An appeal waits for its outcome")


def _level(line: CaseLine) -> tuple[str, ...]:
    if not line.level:
        return ()
    if line.round > 1:
        return (_("level %(n)d, once more") % {"n": line.level},)
    return (_("level %(n)d") % {"n": line.level},)


def _categories(where: Where, policy: CasePolicy) -> list[tuple[str, str, bool]]:
    """Code, title, chosen; the first one means all of them."""
    language = words.language()
    all_of_them = ("", _("All categories"), not where.category)
    return [
        all_of_them,
        *((c.code, c.title.in_(language), c.code == where.category) for c in policy.categories),
    ]


def _pager(where: Where, cursor: str | None) -> pieces.Pager:
    """Back to the beginning, and on to what comes later."""
    first = Where(where.name, where.category).url("desk") if where.cursor else ""
    later = Where(where.name, where.category, cursor).url("desk") if cursor else ""
    return pieces.Pager(first, later)


def _next(where: Where, lines: tuple[CaseLine, ...], current: str) -> str:
    """The case after the one that is open; the first one if that has left the queue."""
    ids = [line.id for line in lines]
    after = ids[ids.index(current) + 1 :] if current in ids else ids
    return where.url("desk_case", after[0]) if after else ""


def _house(now: datetime) -> CasePolicy:
    """The pack in force, for the titles of categories."""
    return app().records.policy(app().packs.in_force(HOUSE, timezone.localdate(now)).ref)
