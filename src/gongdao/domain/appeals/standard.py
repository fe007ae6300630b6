"""What an appellant brought for each thing that was asked, and what they said of it themselves.

One stream for each decision and person: it begins before any appeal is filed, goes on after one,
and neither side's tells of the other's. It holds codes and ids of exhibits, never what they show.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, NewType, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import CaseId, Code, DecisionId, ExhibitId, PersonId
from gongdao.domain.policy.evidence_standard import For

MaterialsId = NewType("MaterialsId", str)


def materials_id(decision: DecisionId, person: PersonId) -> MaterialsId:
    """The one stream of a person's material for a decision: it is asked for by its name alone."""
    name = hashlib.sha256(f"materials\n{decision}\n{person}".encode()).hexdigest()
    ends = (8, 12, 16, 20, 32)
    return MaterialsId("-".join(name[a:b] for a, b in zip((0, *ends), ends, strict=False)))


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsBegun(Event):
    """Somebody began to bring material."""

    kind: ClassVar[str] = "materials.begun"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    decision: DecisionId
    case: CaseId
    side: For
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialAttached(Event):
    """An exhibit stands for something that was asked."""

    kind: ClassVar[str] = "materials.attached"
    personal: ClassVar[Personal] = Personal.NOTHING
    material: Code
    exhibit: ExhibitId


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialDetached(Event):
    """It no longer does. The exhibit stays in the case file."""

    kind: ClassVar[str] = "materials.detached"
    personal: ClassVar[Personal] = Personal.NOTHING
    material: Code
    exhibit: ExhibitId


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialAnswered(Event):
    """They answered what no program can judge. It is their word."""

    kind: ClassVar[str] = "materials.answered"
    personal: ClassVar[Personal] = Personal.NOTHING
    material: Code
    question: Code
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderNamed(Event):
    """They said what they are, such as a person or a firm."""

    kind: ClassVar[str] = "materials.holder_named"
    personal: ClassVar[Personal] = Personal.NOTHING
    holder: Code


MaterialsStep = (
    MaterialsBegun | MaterialAttached | MaterialDetached | MaterialAnswered | HolderNamed
)


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought for one thing."""

    exhibits: tuple[ExhibitId, ...] = ()
    answers: Mapping[Code, bool] = field(default_factory=dict)
    """By question; forgotten once other exhibits stand for it."""


@dataclass(frozen=True, slots=True)
class Materials:
    """All that one person brought to one decision."""

    id: MaterialsId
    decision: DecisionId
    case: CaseId
    side: For
    person: PersonId
    brought: Mapping[Code, Brought] = field(default_factory=dict)
    holder: Code = ""
    """Empty until it was said."""

    def of(self, material: Code) -> Brought:
        """What was brought for one thing; empty where nothing was."""
        return self.brought.get(material, Brought())


def after(materials: Materials, step: MaterialsStep) -> Materials:
    """The standing after one more step."""
    match step:
        case MaterialsBegun():
            raise ValueError(f"materials {materials.id} were begun twice")
        case MaterialAttached():
            there = materials.of(step.material).exhibits
            return _with(materials, step.material, Brought((*there, step.exhibit)))
        case MaterialDetached():
            there = materials.of(step.material).exhibits
            left = tuple(each for each in there if each != step.exhibit)
            return _with(materials, step.material, Brought(left))
        case MaterialAnswered():
            now = materials.of(step.material)
            answers = {**now.answers, step.question: step.yes}
            return _with(materials, step.material, replace(now, answers=answers))
        case HolderNamed():
            return replace(materials, holder=step.holder)
        case _:
            assert_never(step)


def fold(steps: Iterable[MaterialsStep]) -> Materials:
    """The standing after a whole stream; ValueError if it does not begin with its beginning."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, MaterialsBegun):
        raise ValueError("materials begin with materials.begun")
    new = materials_id(first.decision, first.person)
    materials = Materials(new, first.decision, first.case, first.side, first.person)
    for step in rest:
        materials = after(materials, step)
    return materials


def _with(materials: Materials, material: Code, brought: Brought) -> Materials:
    return replace(materials, brought={**materials.brought, material: brought})
