"""The board of an organisation: what is to be done next, by when, and what to look at today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gongdao.bootstrap import app, caller_of, read_once
from gongdao.domain.disputes.board import Asked, Line
from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.disputes.model import NextStep
from gongdao.domain.flows.dispute_reminders import number
from gongdao.domain.flows.follow_views import BoardView
from gongdao.domain.kernel.ids import DisputeId, OrganisationId, ShopId
from gongdao.domain.organisations.model import Right
from gongdao.web import pieces, words
from gongdao.web.merchants import dispute_words
from gongdao.web.public.private import private

EACH = 20
"""Lines of a column on the board, and of one column alone ten times as many."""
_EXCERPT = 60
STEPS: words.Words = {
    "judge": gettext_lazy("Judge the grounds"),
    "prepare": gettext_lazy("Gather and write"),
    "file": gettext_lazy("File it"),
    "wait": gettext_lazy("Wait for the answer"),
    "send": gettext_lazy("Send more material"),
    "further": gettext_lazy("Rejected: choose the way on"),
    "finish": gettext_lazy("Finish"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One dispute on the board."""

    id: DisputeId
    number: str
    title: str
    shop: str
    excerpt: str
    todo: str
    clock: pieces.Clock | None
    binds: bool
    unknown: str
    today: str
    """What to look at today; empty where nothing is to be looked at."""
    checked: bool
    mine: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class Column:
    """What waits for one next step."""

    step: str
    title: str
    todo: str
    cards: tuple[Card, ...]
    total: int


class FilterForm(forms.Form):
    """What of the board is shown."""

    shop = forms.ChoiceField(label=gettext_lazy("Shop or account"), required=False)
    platform = forms.ChoiceField(label=gettext_lazy("Platform"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("Mine alone"), required=False)
    step = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, shops: list[tuple[str, str]], platforms: list[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        every = [("", _("all"))]
        choices: dict[str, list[tuple[str, Any]]] = {
            "shop": every + shops,
            "platform": every + platforms,
            "kind": every
            + [(k.value, words.said(dispute_words.KINDS, k.value)) for k in DisputeKind],
            "step": every + [(s.value, s.value) for s in NextStep],
        }
        for name, each in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = each


@private
@login_required
@require_safe
def board(request: HttpRequest, organisation_id: str) -> HttpResponse:
    """The board."""
    caller, stories = caller_of(request.user), app().disputes
    which = OrganisationId(organisation_id)
    with read_once():
        held, by = stories.organising.seat(which, caller)
        form = _form(request, held.now)
        given = form.cleaned_data if form.is_valid() else {}
        step = NextStep(given["step"]) if given.get("step") else None
        asked = Asked(
            organisation=which,
            shop=ShopId(given["shop"]) if given.get("shop") else None,
            platform=given.get("platform") or None,
            kind=DisputeKind(given["kind"]) if given.get("kind") else None,
            assignee=by.person if given.get("mine") else None,
            step=step,
            each=EACH * 10 if step else EACH,
        )
        view = stories.follow_views.board(asked, caller)
    columns = [_column(view, each) for each in NextStep if step in {None, each}]
    cards = [card for column in columns for card in column.cards]
    page = {
        "view": view,
        "columns": columns,
        "form": form,
        "step": step,
        "open_now": sum(column.total for column in columns),
        "looks": [card for card in cards if card.today and not card.checked][:EACH],
        "looked": sum(card.checked for card in cards),
        "first": min(_timed(cards), key=lambda each: each[0], default=(None, None))[1],
        "chosen": any(given.values()),
        "query": request.GET.urlencode(),
        "may_own": by.person in view.ours.holders(Right.MANAGE),
        "here": "merchants",
    }
    return render(request, "merchants/board.html", page)


@private
@login_required
@require_POST
def checked(request: HttpRequest, organisation_id: str) -> HttpResponse:
    """Tick off that somebody looked at one dispute today."""
    caller, which = caller_of(request.user), DisputeId(request.POST.get("dispute", ""))
    app().disputes.following.check_off(which, caller)
    return redirect("merchant_board", organisation_id)


def _form(request: HttpRequest, ours: Any) -> FilterForm:
    texts = app().records.texts.several([shop.name for shop in ours.shops.values()])
    shops = [(shop.id, texts.get(shop.name, "—")) for shop in ours.shops.values()]
    packs = app().records.packs
    known = [p for p in packs.platforms() if p != "house"]
    titles = [(p, packs.versions(p)[0].title.in_(words.language())) for p in known]
    return FilterForm(request.GET, shops, titles)


def _column(view: BoardView, step: NextStep) -> Column:
    column, language = view.board[step], words.language()
    return Column(
        step=step.value,
        title=words.said(STEPS, step.value),
        todo=view.policy.todo[step.value].in_(language),
        cards=tuple(_card(view, line) for line in column.lines),
        total=column.total,
    )


def _card(view: BoardView, line: Line) -> Card:
    language, policy = words.language(), view.policy
    dispute = view.disputes[line.dispute]
    rule = policy.clock(line.clock) if line.clock else None
    kind = words.said(dispute_words.KINDS, line.kind.value)
    shop = view.ours.shops.get(line.shop) if line.shop else None
    today = policy.daily.steps.get(line.step.value)
    said = view.texts.get(str(dispute.facts.text), "")
    clock = None
    if rule is not None and line.due_at is not None:
        clock = pieces.Clock(
            what=rule.title.in_(language), due=line.due_at, now=view.now, rule="", source="",
            state=pieces.ClockState.MISSED if line.missed else pieces.ClockState.RUNNING,
        )  # fmt: skip
    return Card(
        id=line.dispute,
        number=number(line.dispute),
        title=f"{view.packs[line.platform].title.in_(language)} · {kind}",
        shop=view.texts.get(str(shop.name), "") if shop else "",
        excerpt=said if len(said) <= _EXCERPT else said[: _EXCERPT - 1] + "…",
        todo=rule.todo.in_(language) if rule else policy.todo[line.step.value].in_(language),
        clock=clock,
        binds=rule.binds if rule else True,
        unknown="" if clock else policy.daily.unknown.in_(language),
        today=today.in_(language) if today else "",
        checked=line.checked_on == view.today,
        mine=line.assignee is not None and line.assignee == view.me,
        provisional=line.provisional,
    )


def _timed(cards: list[Card]) -> list[tuple[datetime, Card]]:
    return [(card.clock.due, card) for card in cards if card.clock is not None and card.binds]
