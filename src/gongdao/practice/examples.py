"""Practice cases as the house pack tells them, in typed form."""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from gongdao.domain.policy.model import Penalty, Scope, SpanText, SubjectKind

Staff = Literal["reviewer_1", "reviewer_2", "reviewer_3", "senior_1"]


class Exact(BaseModel):
    """Nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class PracticeMeasure(Exact):
    """A measure that a reviewer wants instead of the ladder's."""

    penalty: Penalty
    scope: Scope
    duration: SpanText | None = None


class PracticeWords(Exact):
    """What somebody says or picks in a step."""

    reasons: str = ""
    question: str = ""
    text: str = ""
    note: str = ""
    grounds: str = ""
    findings: str = ""
    departure: str | None = None
    outcome: Literal["violation", "no_violation"] | None = None
    clause: str | None = None
    ground: str | None = None
    legal_basis: tuple[str, ...] = ()
    measure: PracticeMeasure | None = None


class PracticeStep(Exact):
    """One thing that happens to a practice case, so many days after the one before."""

    do: str
    days_later: float
    by: Staff = "reviewer_1"
    with_: PracticeWords = Field(default=PracticeWords(), alias="with")


class PracticeSubject(Exact):
    """What a practice report is about."""

    kind: SubjectKind
    ref: str
    account: str | None
    snapshot: str


class PracticeReport(Exact):
    """What a practice reporter says."""

    category: str
    statement: str
    remedy: str | None
    contact: str | None
    language: str


class PracticeCase(Exact):
    """A practice case with everything that happens to it."""

    key: str
    days_ago: Annotated[float, Field(ge=0)]
    subject: PracticeSubject
    report: PracticeReport
    steps: tuple[PracticeStep, ...] = ()


def read_cases(packs: Path) -> list[PracticeCase]:
    """The practice cases below a folder of packs."""
    raw: list[dict[str, Any]] = yaml.safe_load(
        (packs / "house" / "examples" / "cases.yaml").read_text(encoding="utf-8")
    )
    return [PracticeCase.model_validate(case) for case in raw]
