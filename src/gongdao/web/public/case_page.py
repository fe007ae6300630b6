"""A case as one of its two sides sees it: the same page for a code and for somebody signed in."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongdao.bootstrap import app
from gongdao.domain.flows.asking_back import QuestionView
from gongdao.domain.flows.casefile import AppealView
from gongdao.domain.kernel.ids import DecisionId
from gongdao.web import case_pieces, exhibit_pieces, pieces, words
from gongdao.web.public import beside, stands, told, ways_back
from gongdao.web.public.opened import Opened

YOU = _("You")
_TO_REPORTER: words.Words = {
    "case.opened": _("You sent a report"),
    "case.withdrawn": _("You withdrew the report"),
    "case.reporter_told": _("You were told"),
    "case.appeal_opened": _("You asked for a review"),
    "case.appeal_closed": _("The review ended"),
}
_TO_RESPONDENT: words.Words = {
    "case.opened": _("Something was reported"),
    "case.answer_requested": _("You were asked for your side"),
    "case.answered": _("You told your side"),
    "case.answer_missed": _("No answer came in time. You could still answer"),
    "interim.imposed": _("A measure holds for now. It is no finding against you"),
    "case.rectified": _("You said how you put it right"),
    "case.appeal_opened": _("You appealed"),
}


def show(request: HttpRequest, case: Opened, here: str) -> HttpResponse:
    """The page."""
    return render(request, "public/case.html", {**everything(case), "here": here})


def everything(case: Opened) -> dict[str, Any]:
    """All that the page says."""
    view = case.view
    decision = view.decision
    asked = app().around_appeals.asking.of_case(view.id, case.caller) if view.appeals else []
    return {
        "case": case,
        "view": view,
        "answers": stands.answers(case, app().records.clock()),
        "category": view.category_title(words.language()),
        "kind": words.said(words.SUBJECTS, view.subject_kind),
        "decision": decision,
        "ways_back": ways_back.cards(case),
        "to_standing": _standing(case),
        "interim": case_pieces.interim(view),
        "outcome": words.said(words.OUTCOMES, decision.outcome) if decision else "",
        "letter": case_pieces.letter(decision) if decision else None,
        "letter_outcome": case.letter_outcome,
        "snapshot": case_pieces.snapshot(view),
        "timeline": timeline(case),
        "final": _final(case),
        "appeals": [appeal(case, each, asked) for each in reversed(view.appeals)],
        "mailbox": case.url("messages") if case.is_reporter else "",
        "unread": app().mailing.unread(view.id, case.caller) if case.is_reporter else 0,
        "messages_to_me": told.of_case(case.caller, view.id),
        "evidence": case.url("evidence"),
        "chain": case.url("chain"),
        "packet": case.url("packet"),
        "exhibits": exhibit_pieces.listed(app().exhibiting.of_case(view.id, case.caller)),
        "wishes": wish(case),
        "judged_by": _("House rules, version %(version)s") % {"version": case.pack.version},
        **beside.of(case),
        "routes": routes(case) if view.stage == "decided" else [],
    }


def _standing(case: Opened) -> str:
    """Where the respondent reads how their account stands."""
    if case.is_reporter:
        return ""
    return reverse("appeal_standing", args=[case.code]) if case.code else reverse("standing")


_FINAL: words.Words = {
    "levels": _("Every level here was used, so the outcome is final on this site."),
    "reopened": _("New evidence opened it once more, and it was decided: it is final here."),
    "window": _("The time in which new evidence could open it is over: it is final here."),
    "same_facts": _(
        "The same facts were heard at every level, so the outcome is final. A file that was not "
        "there before opens it once more: add it below."
    ),
    "new_evidence": _("You have added a file that was not there before: it opens the case again."),
}


def _final(case: Opened) -> dict[str, Any] | None:
    """How final the outcome is for this side, and until when something new could open it."""
    decision, view = case.view.decision, case.view
    if decision is None or not view.appeals:
        return None
    found = app().around_appeals.hearings.final(DecisionId(decision.id), case.caller)
    if found is None:
        return None
    until = found.until if found.ground in {"same_facts", "new_evidence"} else None
    return {"said": words.said(_FINAL, found.ground), "until": until}


def timeline(case: Opened) -> list[pieces.TimelineEntry]:
    """What happened, in the words of whoever looks at it."""
    said = _TO_REPORTER if case.is_reporter else _TO_RESPONDENT
    found = []
    for entry, shown in zip(case.view.timeline, case_pieces.timeline(case.view), strict=True):
        mine = entry.role == case.view.seat.value
        title = words.event(entry.kind, entry.detail)
        if entry.kind in said:
            title = title.replace(str(words.EVENTS.get(entry.kind)), str(said[entry.kind]))
        found.append(replace(shown, role=str(YOU) if mine else shown.role, words=title))
    return found


def appeal(case: Opened, of: AppealView, asked: Sequence[QuestionView]) -> dict[str, Any]:
    """One appeal or review with how far it is."""
    return {
        "title": _("Your request for a review") if case.is_reporter else _("Your appeal"),
        "level": of.level,
        "stage": words.said(words.APPEALS, of.stage),
        "tone": "restored" if of.stage in {"overturned", "changed"} else "plain",
        "filed_at": of.filed_at,
        "closed_at": of.closed_at,
        "grounds": of.grounds,
        "reasons": of.reasons,
        "questions": [question for question in asked if question.appeal == of.id],
        "answer_url": case.url("answer_question"),
    }


def wish(case: Opened) -> str:
    """What the reporter asked for."""
    remedies = {r.code: r.title.in_(words.language()) for r in case.policy.remedies}
    return next((remedies.get(r.remedy or "", "") for r in case.view.reports), "")


def routes(case: Opened) -> list[dict[str, str]]:
    """The ways that lead outside."""
    language = words.language()
    return [
        {"title": route.title.in_(language), "detail": route.detail.in_(language)}
        for route in case.policy.appeals.routes
    ]
