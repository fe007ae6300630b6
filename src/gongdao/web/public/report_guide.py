"""What the report form says of a category: what counts, what to collect, and how complete it is."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.intake import completeness
from gongdao.domain.policy.guidance import GuidancePolicy, Guide, guide
from gongdao.domain.policy.model import SubjectKind
from gongdao.web import words
from gongdao.web.pieces import MeterItem
from gongdao.web.public.private import private
from gongdao.web.public.report_draft import Draft

_STEP_OF = {"statement": "report_what"}
_FIELD_OF = {
    "place": "ref",
    "words": "snapshot",
    "account": "account",
    "moment": "statement",
    "detail": "statement",
    "number": "statement",
    "amount": "statement",
}
"""Where one adds what is missing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something to keep ready: the form cannot see it."""

    title: str
    how: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """A category's guidance in the reader's language."""

    title: str
    counts: list[str]
    counts_not: list[str]
    collect: list[Kept]
    manner: str
    unfounded: str
    promise: str


def policy_of_today() -> GuidancePolicy | None:
    """What the pack in force says before a report; None where it says nothing."""
    records = app().records
    return pack_of_the_day(records.packs, records.clock()).guidance


def before(policy: GuidancePolicy | None) -> dict[str, str]:
    """What is said at the top of the first step, before anything is chosen."""
    if policy is None:
        return {}
    language = words.language()
    return {
        "promise": policy.promise.said.in_(language),
        "unfounded": policy.unfounded.said.in_(language),
    }


def of(draft: Draft, category: str) -> Guidance | None:
    """The guidance of a category for what is being reported; None where there is none."""
    found, language = _guide(draft, category), words.language()
    if found is None:
        return None
    return Guidance(
        title=found.category.title.in_(language),
        counts=[each.in_(language) for each in found.counts],
        counts_not=[each.in_(language) for each in found.counts_not],
        collect=[Kept(i.title.in_(language), i.how.in_(language)) for i in found.collect],
        manner=found.policy.manner.said.in_(language),
        **before(found.policy),
    )


def _guide(draft: Draft, category: str) -> Guide | None:
    records = app().records
    pack = pack_of_the_day(records.packs, records.clock())
    if pack.guidance is None or not draft.kind:
        return None
    return guide(records.policy(pack.ref), pack.guidance, category, SubjectKind(draft.kind))


def meter(draft: Draft) -> tuple[list[MeterItem], list[Kept]]:
    """What is there, what would help, and what to keep ready."""
    found, language = _guide(draft, draft.category), words.language()
    if found is None:
        return [], []
    written = completeness.Written(draft.ref, draft.account, draft.snapshot, draft.statement)
    items = completeness.found(found.collect, written, found.policy.detail_min)
    seen = [
        MeterItem(
            title=each.item.title.in_(language),
            there=each.there,
            adds=each.item.how.in_(language),
            url="" if each.there else _url(_FIELD_OF[each.item.sign.value]),
        )
        for each in items
        if each.there is not None
    ]
    ready = [
        Kept(each.item.title.in_(language), each.item.how.in_(language))
        for each in items
        if each.there is None
    ]
    return seen, ready


def _url(field: str) -> str:
    return f"{reverse(_STEP_OF.get(field, 'report'))}#id_{field}"


@private
@require_safe
def panel(request: HttpRequest) -> HttpResponse:
    """The guidance of the category that was chosen, to stand below the choice."""
    guidance = of(Draft.of(request), request.GET.get("category", ""))
    return render(request, "public/guidance.html", {"guidance": guidance})
