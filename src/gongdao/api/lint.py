"""Looking at the wording of a statement before it is sent."""

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import Strict
from gongdao.bootstrap import wording
from gongdao.domain.linting.model import Finding, Language, Setting
from gongdao.domain.policy.linting import Flaw

router = Router(tags=["appeals"])

Written = Literal["zh-hans", "en"]


class LintIn(Strict):
    """A statement, and what it is read with. Nothing of it is kept or written to a log."""

    text: str = Field(max_length=200_000)
    language: Written | None = Field(None, description="Of the statement; else it is seen.")
    words: Written | None = Field(None, description="To explain in; else the statement's.")
    exhibits: list[int] | None = Field(
        None, max_length=200, description="Numbers of the exhibits that are there."
    )
    times: bool = Field(True, description="Whether moments must be exact to the minute.")
    own: list[str] = Field(
        default_factory=list, max_length=20, description="The writer's own names and numbers."
    )


class FindingOut(Schema):
    """One passage. Places are counted in Unicode characters from 0; the end is not part of it."""

    start: int
    end: int
    passage: str
    kind: Flaw
    code: str
    reason: str
    suggestion: str
    weight: int
    """3: this alone can cost an appeal; 1: it would read better."""
    better: str | None = Field(
        description="Can take its place as it stands; empty: leave it out; null: neither."
    )

    @classmethod
    def of(cls, finding: Finding, text: str) -> "FindingOut":
        """As it was found in a text."""
        return cls(
            start=finding.start,
            end=finding.end,
            passage=text[finding.start : finding.end],
            kind=finding.kind,
            code=finding.code,
            reason=finding.reason,
            suggestion=finding.suggestion,
            weight=finding.weight,
            better=finding.better,
        )


class LintOut(Schema):
    """What could be worded better. It is advice: sending is never refused for it."""

    language: str
    findings: list[FindingOut]
    stored: bool = False
    """Always false: neither the text nor what was found in it is kept."""


@router.post("/lint", auth=door.ANYBODY, response=LintOut, operation_id="lint_statement")
def lint(request: HttpRequest, payload: LintIn) -> LintOut:
    """Point out what would hurt a statement. Nothing is stored; so many looks a minute."""
    wording.allow_look(door.address(request))
    setting = Setting(
        exhibits=None if payload.exhibits is None else frozenset(payload.exhibits),
        times=payload.times,
        own=tuple(payload.own),
        language=Language(payload.language) if payload.language else None,
    )
    words = Language(payload.words) if payload.words else None
    report = wording.look_at(payload.text, setting, words=words)
    found = [FindingOut.of(each, payload.text) for each in report.findings]
    return LintOut(language=report.language.value, findings=found)
