"""Copies of texts in which placeholders stand for what a person hides."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import Strict
from gongdao.bootstrap import app
from gongdao.domain.evidence.hidden_text import TextChoice
from gongdao.domain.kernel.ids import ExhibitId

router = Router(tags=["evidence"])
_MOST = 20_000
_Numbers = Annotated[list[Annotated[int, Field(ge=0)]], Field(max_length=_MOST)]


class HideIn(Strict):
    """What a copy of a text is to hide, by the numbers of `read_findings`."""

    accepted: _Numbers = Field(
        default_factory=list, description="Places of findings on personal data."
    )
    lines: _Numbers = Field(default_factory=list, description="Lines that are hidden whole.")
    passages: list[Annotated[str, Field(min_length=1, max_length=5000)]] = Field(
        default_factory=list, max_length=200, description="Hidden wherever they stand."
    )

    def choice(self) -> TextChoice:
        """As the story takes it."""
        passages = (each.strip() for each in self.passages)
        return TextChoice(
            accepted=tuple(sorted(set(self.accepted))),
            lines=tuple(sorted(set(self.lines))),
            passages=tuple(dict.fromkeys(filter(None, passages))),
        )


class CopyOut(Schema):
    """A redacted copy that was made; nobody else sees it before it is released."""

    sha256: str


@router.post(
    "/evidence/{exhibit}/texts/hide",
    auth=door.DECIDER,
    response={201: CopyOut},
    operation_id="hide_in_text",
)
def hide_in_text(request: HttpRequest, exhibit: str, payload: HideIn) -> HttpResponse:
    """Make a copy of the text that was read, with placeholders for what you hide."""
    who = door.caller(request)

    def do() -> CopyOut:
        hiding = app().looking.texts
        return CopyOut(sha256=hiding.hide(ExhibitId(exhibit), payload.choice(), who))

    return door.answered(request, do)
