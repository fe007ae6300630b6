"""Looking at texts before they appear: findings, and a suggested lane."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import Strict
from gongdao.bootstrap import app, screening
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.domain.policy.screening import Category, Lane
from gongdao.domain.screening.model import Screened, Source

router = Router(tags=["screening"])

MOST_TEXTS = 1000
Text = Annotated[str, Field(max_length=1_000_000)]


class ScreeningIn(Strict):
    """One text, or several. None of them is kept or written to a log."""

    text: Text | None = None
    texts: list[Text] | None = Field(None, min_length=1, max_length=MOST_TEXTS)


class ScreeningFoundOut(Schema):
    """One finding. Places are counted in Unicode characters from 0; the end is not part of it."""

    category: Category
    start: int
    end: int
    passage: str
    source: Source
    evidence: str
    """The lexicon's entry and how it was written; for the model, its version."""
    score: float
    """The share of such findings that were rightly made."""


class ScreenedOut(Schema):
    """What stands out in a text. The lane is a suggestion: nothing is deleted for it."""

    lane: Lane
    findings: list[ScreeningFoundOut]
    model_failed: str | None
    """Why the model had no say; null: it had."""
    lists_failed: str | None
    """Why the operator's own lists were not read; null: they were, or there are none."""


class ScreeningOut(Schema):
    """An answer for each text, in their order."""

    results: list[ScreenedOut]
    stored: bool = False
    """
    Always false: neither the texts nor what was found in them is kept.

    Of some texts of the operator's own app, the scores are noted, without a word of them.
    """


@router.post("/screening", auth=door.ANYBODY, response=ScreeningOut, operation_id="screen_texts")
def screen(request: HttpRequest, payload: ScreeningIn) -> ScreeningOut:
    """
    Say what stands out in one text or several, and which lane that suggests.

    A body has at most 3 MB. Without the app's key, 120 looks a minute are answered to one network;
    each 100 texts and each 20 000 characters begun count as one.
    """
    texts = [*([] if payload.text is None else [payload.text]), *(payload.texts or ())]
    if not texts:
        raise BadInput("screening.nothing", hint_noop("Send text or texts: there is nothing here."))
    now, ours = app().screening.now, door.caller(request).has(Role.APP)
    if not ours:
        screening.allow_look(door.address(request), texts)
    look = now.look if ours else now.find
    found = [look(each) for each in texts]
    return ScreeningOut(results=[_out(*each) for each in zip(found, texts, strict=True)])


def _out(found: Screened, text: str) -> ScreenedOut:
    several = [
        ScreeningFoundOut(
            category=each.category,
            start=each.start,
            end=each.end,
            passage=text[each.start : each.end],
            source=each.source,
            evidence=each.evidence,
            score=round(each.score, 4),
        )
        for each in found.findings
    ]
    return ScreenedOut(
        lane=found.lane,
        findings=several,
        model_failed=found.model_failed,
        lists_failed=found.lists_failed,
    )
