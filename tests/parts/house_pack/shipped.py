"""The house pack as it lies in the repository, and its practice cases in typed form."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from gongdao.adapters.pack_files import read_pack_texts
from gongdao.domain.policy.guidance import GuidancePolicy
from gongdao.domain.policy.model import CasePolicy, Code, Penalty, Scope, SpanText, SubjectKind
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.pictures import PicturePolicy
from gongdao.domain.policy.reading import check_pack, parse_pack

PACKS = Path(__file__).resolve().parents[3] / "packs"
EXAMPLES = PACKS / "house" / "examples"

Text = Annotated[str, Field(min_length=1)]
Days = Annotated[float, Field(ge=0)]


class Exact(BaseModel):
    """Nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PracticeMeasure(Exact):
    """A measure that a reviewer wants instead of the ladder's."""

    penalty: Penalty
    scope: Scope
    duration: SpanText | None = None

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class PracticeWords(Exact):
    """What somebody says or picks in a step."""

    reasons: Text | None = None
    question: Text | None = None
    text: Text | None = None
    note: Text | None = None
    grounds: Text | None = None
    findings: Text | None = None
    departure: Text | None = None
    outcome: Literal["violation", "no_violation"] | None = None
    clause: Code | None = None
    ground: Code | None = None
    legal_basis: tuple[Code, ...] = ()
    measure: PracticeMeasure | None = None

    def said(self) -> list[str]:
        """Every free text of the step."""
        words = (self.reasons, self.question, self.text, self.note, self.grounds)
        return [word for word in (*words, self.findings, self.departure) if word is not None]


class PracticeStep(Exact):
    """One thing that happens to a practice case."""

    do: Text
    days_later: Days
    by: Literal["reviewer_1", "reviewer_2", "reviewer_3", "senior_1"] = "reviewer_1"
    with_: PracticeWords = Field(default=PracticeWords(), alias="with")


class PracticeSubject(Exact):
    """What a practice report is about."""

    kind: SubjectKind
    ref: Text
    account: Text | None
    snapshot: Text


class PracticeReport(Exact):
    """What a practice reporter says."""

    category: Code
    statement: Text
    remedy: Code | None
    contact: Text | None
    language: Literal["zh-hans", "en"]


class PracticeCase(Exact):
    """A practice case with everything that happens to it."""

    key: Text
    days_ago: Days
    subject: PracticeSubject
    report: PracticeReport
    steps: tuple[PracticeStep, ...]

    def did(self) -> list[str]:
        """The steps' names, in order."""
        return [step.do for step in self.steps]

    def decided(self) -> list[tuple[float, PracticeStep]]:
        """Decisions that found a violation, each with how many days ago it was made."""
        left, found = self.days_ago, []
        for step in self.steps:
            left -= step.days_later
            if step.do == "decide" and step.with_.outcome == "violation":
                found.append((left, step))
        return found


@cache
def problems() -> list[str]:
    """What the checker says about the shipped pack."""
    return [str(problem) for problem in check_pack(read_pack_texts(PACKS)["house"], "house")]


@cache
def pack() -> RulePack:
    """The shipped pack."""
    return parse_pack(read_pack_texts(PACKS)["house"], "house")


def policy() -> CasePolicy:
    """How the operator's own cases run."""
    found = pack().cases
    assert found is not None
    return found


def guidance() -> GuidancePolicy:
    """What is said before a report is sent."""
    found = pack().guidance
    assert found is not None
    return found


def pictures() -> PicturePolicy:
    """How the pictures among exhibits are looked at."""
    found = pack().pictures
    assert found is not None
    return found


@cache
def practice() -> tuple[PracticeCase, ...]:
    """The practice cases, typed."""
    raw: list[Any] = yaml.safe_load((EXAMPLES / "cases.yaml").read_text(encoding="utf-8"))
    return tuple(PracticeCase.model_validate(one) for one in raw)
