"""Drafts of appeals: what is asked, what was written so far, and keeping it."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import Moment, Strict
from gongdao.bootstrap import app
from gongdao.bootstrap.drafting import allow_save
from gongdao.domain.appeals.drafts import answer_name
from gongdao.domain.flows.guiding import Guide
from gongdao.domain.kernel.ids import DecisionId

router = Router(tags=["appeals"])

DraftText = Annotated[str, Field(max_length=20_000)]


class AppealDraftIn(Strict):
    """A draft, whole: a text that is not named is emptied."""

    version: int = Field(ge=0, description="That you have read; 0 where nothing was kept.")
    texts: dict[str, DraftText] = Field(max_length=200)


class DraftAskedOut(Schema):
    """One question; its answer is the text called `text`."""

    text: str
    ask: str
    hint: str
    example: str
    part: str
    needed: bool
    most: int


class AppealDraftOut(Schema):
    """A draft, what is asked, and the statement as it would be sent."""

    version: int
    saved_at: Moment | None
    texts: dict[str, str]
    known: dict[str, int] = Field(description="Every text there can be, and its most characters.")
    asked: list[DraftAskedOut]
    statement: str


@router.get(
    "/decisions/{decision}/appeal-draft",
    auth=door.PARTY,
    response=AppealDraftOut,
    operation_id="read_appeal_draft",
)
def read_appeal_draft(request: HttpRequest, decision: str) -> AppealDraftOut:
    """Your draft of an appeal, by the code of the notice (`X-Case-Code`) or signed in."""
    guide = app().around_appeals.guiding.open(DecisionId(decision), door.caller(request))
    return _out(request, guide)


@router.put(
    "/decisions/{decision}/appeal-draft",
    auth=door.PARTY,
    response=AppealDraftOut,
    operation_id="keep_appeal_draft",
)
def keep_appeal_draft(request: HttpRequest, decision: str, payload: AppealDraftIn) -> HttpResponse:
    """Keep a draft; 409 `draft.moved_on` where it was changed since that version."""
    who = door.caller(request)

    def do() -> AppealDraftOut:
        allow_save(door.address(request))
        guiding = app().around_appeals.guiding
        guide = guiding.put(DecisionId(decision), payload.texts, payload.version, who)
        return _out(request, guide)

    return door.answered(request, do, door.DONE)


def _out(request: HttpRequest, guide: Guide) -> AppealDraftOut:
    language = str(getattr(request, "LANGUAGE_CODE", "zh-hans"))
    asked = [
        DraftAskedOut(
            text=answer_name(each.code),
            ask=each.ask.in_(language),
            hint=each.hint.in_(language),
            example=each.example.in_(language),
            part=each.feeds.value,
            needed=each.needed,
            most=each.most,
        )
        for each in guide.asked
    ]
    return AppealDraftOut(
        version=guide.draft.version,
        saved_at=guide.draft.saved_at,
        texts=guide.draft.texts,
        known=guide.fields,
        asked=asked,
        statement=guide.whole(language).text,
    )
