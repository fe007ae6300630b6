"""What a rule pack asks people to bring to an appeal, by what is decided and by who appeals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Code, Sourced, SpanText, Strict, SubjectKind, Words
from gongdao.domain.policy.material_checks import FINDINGS, Check

Format = Literal[
    "png", "jpg", "gif", "webp", "bmp", "heic", "pdf", "docx", "xlsx", "pptx", "txt",
    "mp3", "amr", "wav", "ogg", "m4a", "mp4", "mov", "webm",
]  # fmt: skip
"""A format that the house keeps, by its ending."""


class Holder(StrEnum):
    """Who it is that appeals: what they must bring depends on it."""

    PERSON = "person"
    FIRM = "firm"
    OFFICIAL_ACCOUNT = "official_account"
    MINI_PROGRAM = "mini_program"
    GROUP = "group"


class For(StrEnum):
    """On which side of a decision."""

    RESPONDENT = "respondent"
    REPORTER = "reporter"


class Ask(Strict):
    """Something that no program can judge: whoever appeals says it, and it is kept as theirs."""

    code: Code
    question: Words
    mend: Words
    """What to do where the answer is no."""


class Material(Sourced):
    """One thing to bring."""

    code: Code
    title: Words
    why: Words
    """What it is for."""
    shows: tuple[Words, ...] = Field(min_length=1)
    """What must be seen in it."""
    focus: Words
    """What the reviewer looks at."""
    formats: tuple[Format, ...] = Field(min_length=1)
    weight: int = Field(ge=1, le=10)
    files_max: int = Field(10, ge=1, le=60)
    private: bool = False
    """Whether nobody but staff ever sees it, not even in a redacted copy: papers of identity."""
    checks: tuple[Check, ...] = ()
    asks: tuple[Ask, ...] = ()

    @model_validator(mode="after")
    def _asked_once(self) -> Self:
        codes = [each.code for each in (*self.checks, *self.asks)]
        if len(codes) != len(set(codes)):
            raise ValueError(f"two checks or questions of {self.code} are called alike")
        return self


class Standard(Sourced):
    """What a kind of violation needs."""

    code: Code
    """A clause, a family of clauses (the word before the dot), or `any`."""
    required: tuple[Code, ...] = ()
    helpful: tuple[Code, ...] = ()


class HolderRule(Sourced):
    """What a kind of holder needs beside it."""

    code: Holder
    title: Words
    subjects: tuple[SubjectKind, ...] = ()
    """Where one of these was reported, this is the holder until they say otherwise."""
    required: tuple[Code, ...] = ()
    helpful: tuple[Code, ...] = ()
    instead_of: tuple[Code, ...] = ()
    """Materials that this holder does not bring."""


class Period(Sourced):
    """From when on what is shown may be."""

    before: SpanText
    """So long before the case was opened."""


class Mending(Strict):
    """What a check found, and how to mend it. Gaps: n, least, first, last, side, what, formats."""

    code: Code
    found: Words
    mend: Words


@dataclass(frozen=True, slots=True)
class Listed:
    """A material, as one appeal needs it."""

    material: Material
    required: bool


class EvidenceStandard(Strict):
    """standard.yaml: what an appeal brings, and what is looked at in it."""

    period: Period
    materials: tuple[Material, ...] = Field(min_length=1)
    standards: tuple[Standard, ...] = Field(min_length=1)
    """For whoever was found to have broken a rule."""
    reviews: tuple[Standard, ...] = Field(min_length=1)
    """For a reporter who asks for a review; by clause, category or `any`."""
    holders: tuple[HolderRule, ...] = Field(min_length=1)
    findings: tuple[Mending, ...]

    @model_validator(mode="after")
    def _knows_its_materials(self) -> Self:
        known = {each.code for each in self.materials}
        rules: tuple[Standard | HolderRule, ...] = (*self.standards, *self.reviews, *self.holders)
        for rule in rules:
            for code in (*rule.required, *rule.helpful):
                if code not in known:
                    raise ValueError(f"{rule.code} names the material {code}, which is not there")
        return self

    @model_validator(mode="after")
    def _has_words_for_each_finding(self) -> Self:
        missing = set(FINDINGS) - {each.code for each in self.findings}
        if missing:
            raise ValueError(f"no words for the findings {', '.join(sorted(missing))}")
        return self

    @model_validator(mode="after")
    def _has_one_for_each_side_and_holder(self) -> Self:
        for part in (self.standards, self.reviews):
            if not any(each.code == "any" for each in part):
                raise ValueError("standards and reviews each need one called `any`")
        if {each.code for each in self.holders} != set(Holder):
            raise ValueError("every kind of holder needs its rule")
        return self

    def material(self, code: str) -> Material | None:
        """One material, by its code."""
        return next((each for each in self.materials if each.code == code), None)

    def words_of(self, finding: str) -> Mending:
        """How a finding is said; KeyError where it is no finding."""
        return {each.code: each for each in self.findings}[finding]

    def holder_of(self, subject: SubjectKind) -> Holder:
        """Who is taken to appeal, until they say otherwise."""
        fitting = (each.code for each in self.holders if subject in each.subjects)
        return next(fitting, Holder.PERSON)

    def asked_of(self, what: str, side: For, holder: Holder) -> tuple[Listed, ...]:
        """What an appeal against that clause (or in that category) brings, required first."""
        standard = self._standard(what, side)
        rule = next(each for each in self.holders if each.code is holder)
        extra: HolderRule | None = rule if side is For.RESPONDENT else None
        required = _joined(standard.required, extra.required if extra else (), extra)
        helpful = _joined(standard.helpful, extra.helpful if extra else (), extra)
        return tuple(self._listed(required, helpful))

    def _standard(self, what: str, side: For) -> Standard:
        part = self.standards if side is For.RESPONDENT else self.reviews
        mine = {each.code: each for each in part}
        family = what.partition(".")[0]
        return mine.get(what) or mine.get(family) or mine["any"]

    def _listed(self, required: Sequence[str], helpful: Sequence[str]) -> Iterator[Listed]:
        for code in (*required, *(each for each in helpful if each not in required)):
            material = self.material(code)
            if material is not None:
                yield Listed(material, code in required)


def _joined(base: Sequence[str], more: Sequence[str], rule: HolderRule | None) -> list[str]:
    dropped = rule.instead_of if rule else ()
    return [code for code in dict.fromkeys((*base, *more)) if code not in dropped]
