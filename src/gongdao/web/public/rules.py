"""The rules of this community, for anybody to read: from the pack that is in force today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app
from gongdao.domain.flows.records import HOUSE
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.model import (
    Basis,
    CasePolicy,
    Category,
    Clause,
    Rung,
    Sourced,
    WithdrawalRule,
)
from gongdao.domain.policy.pack import RulePack
from gongdao.web import lane_words, misuse_words, pieces, words

_WHO: words.Words = {
    "reporter": gettext_lazy("the reporter"),
    "operator": gettext_lazy("the operator"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One clause with its ladder in words."""

    card: pieces.ClauseCard
    ladder: tuple[str, ...]
    expires: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One category: what can be reported under it, and the rules that it usually leads to."""

    code: str
    title: str
    hint: str
    subjects: str
    withdrawal: tuple[str, ...]
    rules: tuple[Rule, ...]
    elsewhere: tuple[tuple[str, str], ...]
    """Rules that stand under another category: address and title."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One time limit in words, with where it comes from."""

    what: str
    span: str
    source: str
    as_of: date
    claimed: bool
    more: str = ""


def today() -> date:
    """The day in China, by which rules are in force."""
    return app().records.clock().astimezone(CHINA).date()


@require_safe
def house(request: HttpRequest) -> HttpResponse:
    """All house rules on one page, each with an address of its own."""
    pack = app().packs.in_force(HOUSE, today())
    policy, language = app().records.policy(pack.ref), words.language()
    page = {
        "here": "rules",
        "pack": pack,
        "title": pack.title.in_(language),
        "summary": pack.summary.in_(language) if pack.summary else "",
        "shelves": shelves(pack, policy, today()),
        "limits": limits(policy),
        "levels": levels(policy),
        "decline": [(g.title.in_(language), g.hint.in_(language)) for g in policy.decline],
        "routes": [(r.title.in_(language), r.detail.in_(language)) for r in policy.appeals.routes],
        "platforms": platforms(),
        "lane": lane_words.shown(),
        "misuse": misuse_words.shown(pack),
    }
    return render(request, "public/rules.html", page)


def platforms() -> list[tuple[str, str]]:
    """The outside platforms that packs describe: address and title."""
    language, book = words.language(), app().packs
    return [
        (reverse("rules_platform", args=[each]), book.in_force(each, today()).title.in_(language))
        for each in book.platforms()
        if each != HOUSE
    ]


def shelves(pack: RulePack, policy: CasePolicy, day: date) -> list[Shelf]:
    """The categories in the pack's order; each clause in force stands under the first one."""
    placed: set[str] = set()
    found = []
    for category in policy.categories:
        clauses = [
            c for c in map(policy.clause, category.clauses) if c and c.in_force.holds_on(day)
        ]
        here = [clause for clause in clauses if clause.code not in placed]
        placed |= {clause.code for clause in here}
        found.append(_shelf(pack, category, here, [c for c in clauses if c not in here]))
    return found


def _shelf(
    pack: RulePack, category: Category, here: Iterable[Clause], elsewhere: Iterable[Clause]
) -> Shelf:
    language = words.language()
    kinds = [words.said(words.SUBJECTS, kind.value) for kind in category.subjects]
    return Shelf(
        code=category.code,
        title=category.title.in_(language),
        hint=category.hint.in_(language),
        subjects=" · ".join(kinds),
        withdrawal=withdrawal(category.withdrawal),
        rules=tuple(rule(pack, clause) for clause in here),
        elsewhere=tuple((f"#clause-{c.code}", c.title.in_(language)) for c in elsewhere),
    )


def withdrawal(rule: WithdrawalRule) -> tuple[str, ...]:
    """Who may withdraw, until when, and what happens then."""
    who = " / ".join(words.said(_WHO, by) for by in rule.by)
    until = _("until it is decided") if rule.until == "decided" else _("until it is taken up")
    what = _("Who may withdraw: %(who)s, %(until)s.") % {"who": who, "until": until}
    return what, rule.why.in_(words.language())


def rule(pack: RulePack, clause: Clause) -> Rule:
    """A clause as a card, with its ladder."""
    language = words.language()
    card = pieces.ClauseCard(
        code=clause.code,
        title=clause.title.in_(language),
        definition=clause.definition.in_(language),
        examples=tuple(example.in_(language) for example in clause.examples),
        counter_examples=tuple(example.in_(language) for example in clause.counter_examples),
        source=words.source(clause.source),
        version=f"{pack.platform} {pack.version}",
        since=clause.in_force.from_,
        until=clause.in_force.to,
        legal_basis=tuple(basis.cite.in_(language) for basis in clause.legal_basis),
    )
    expires = _("A violation stops counting after %(span)s.") % {
        "span": words.span(clause.strike_expires)
    }
    return Rule(card, tuple(_rung(step) for step in clause.ladder), expires)


def _rung(step: Rung) -> str:
    measure = words.measure(
        step.penalty.value, step.scope.value, str(step.duration) if step.duration else None
    )
    return _("From violation %(n)s on: %(measure)s") % {"n": step.strikes, "measure": measure}


def limits(policy: CasePolicy) -> list[Limit]:
    """The clocks between report and decision."""
    procedure, language = policy.procedure, words.language()
    raised = procedure.answer.raise_by
    late = _("If no answer comes, a measure is %(n)s step harder.") % {"n": raised}
    paused = [
        _limit(
            _("The decision may wait: %(why)s") % {"why": pause.title.in_(language)},
            pause.cap,
            pause,
            _("At the most."),
        )
        for pause in procedure.pauses
    ]
    return [
        _limit(
            _("We say whether we take a report up"), procedure.acceptance.span, procedure.acceptance
        ),
        _limit(
            _("The person concerned can answer"),
            procedure.answer.span,
            procedure.answer,
            late if raised else "",
        ),
        _limit(_("We decide, after taking it up"), procedure.decision.span, procedure.decision),
        *paused,
    ]


def levels(policy: CasePolicy) -> list[Limit]:
    """The levels of appeal: until when, decided within, by whom."""
    found = []
    for level in policy.appeals.levels:
        who = (
            _("By a senior reviewer who took no part.")
            if level.senior
            else _("By a reviewer who took no part.")
        )
        within = _("Decided within %(span)s.") % {"span": words.span(level.decide_within)}
        what = _("Level %(n)s: time to appeal") % {"n": level.level}
        found.append(_limit(what, level.window, level, f"{within} {who}"))
    return found


def _limit(what: str, span: Span | None, of: Sourced, more: str = "") -> Limit:
    return Limit(
        what=what,
        span=words.span(span) if span else _("no limit"),
        source=words.source(of.source),
        as_of=of.as_of,
        claimed=of.basis is Basis.CLAIMED,
        more=more,
    )
