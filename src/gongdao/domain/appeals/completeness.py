"""Whether an appeal brings what is asked: each thing's state, and how complete the whole is.

Nothing is guessed. What a check cannot tell from what was read is asked of whoever appeals, and
their answer stands as theirs. Nothing here repeats a word of what was read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongdao.domain.appeals.material_rules import (
    Attached,
    Finding,
    Mend,
    Passed,
    Period,
    Reading,
    Unsure,
    check,
)
from gongdao.domain.appeals.standard import Brought
from gongdao.domain.kernel.ids import Code, ExhibitId
from gongdao.domain.policy.evidence_standard import Listed, Material

WHOLE = 100


class State(StrEnum):
    """How one thing stands."""

    MISSING = "missing"
    BEING_READ = "being_read"
    TO_MEND = "to_mend"
    ASKED = "asked"
    """Whoever appeals must say what no program can tell."""
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class MaterialState:
    """One thing that was asked, and how it stands."""

    material: Code
    required: bool
    weight: int
    state: State
    exhibits: tuple[ExhibitId, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What is to be mended, whatever the state is."""
    questions: tuple[Code, ...] = ()
    """What is still to be answered."""
    answered: tuple[tuple[Code, bool], ...] = ()
    """By their word alone."""
    gain: int = 0
    """Percent that the whole gains once it passes; 0 for what passed or is not required."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something required that did not pass."""

    material: Code
    state: State
    gain: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete an appeal is."""

    share: int
    """Of the required material by weight, in percent: what passed."""
    items: tuple[MaterialState, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """What did not pass, by what mending it gains; the gains make up what the share lacks."""

    @property
    def missing(self) -> tuple[Code, ...]:
        """The codes of the gaps."""
        return tuple(gap.material for gap in self.gaps)


def state_of(
    listed: Listed,
    brought: Brought,
    files: Sequence[Attached],
    period: Period,
    *,
    proven: bool = False,
) -> MaterialState:
    """How one thing stands; `proven` where another record stands for it, such as a signature."""
    material, required = listed.material, listed.required
    at = MaterialState(material.code, required, material.weight, State.MISSING)
    if proven:
        return _as(at, State.PASSED, files)
    if not files:
        return at
    wrong = tuple(_wrong_formats(material, files))
    if wrong:
        return _as(at, State.TO_MEND, files, wrong)
    if any(each.reading is Reading.WAITING for each in files):
        return _as(at, State.BEING_READ, files)
    return _checked(at, material, brought.answers, files, period)


def weigh(items: Iterable[MaterialState]) -> Completeness:
    """How complete the whole is; 100 exactly where everything required passed."""
    several = tuple(items)
    lacking = [each for each in several if each.required and each.state is not State.PASSED]
    of = sum(each.weight for each in several if each.required)
    there = of - sum(each.weight for each in lacking)
    share = WHOLE * there // of if of else WHOLE
    gains = _shared_out(WHOLE - share, {each.material: each.weight for each in lacking})
    gaps = [Gap(each.material, each.state, gains[each.material]) for each in lacking]
    gaps.sort(key=lambda gap: -gap.gain)  # equal ones stay in the pack's order
    return Completeness(share, tuple(_gaining(each, gains) for each in several), tuple(gaps))


def _gaining(item: MaterialState, gains: Mapping[Code, int]) -> MaterialState:
    return _as(item, item.state, (), item.findings, gain=gains.get(item.material, 0))


def _shared_out(whole: int, weights: Mapping[Code, int]) -> dict[Code, int]:
    """A whole number shared out by weights, by largest remainders."""
    of = sum(weights.values())
    if not of:
        return {}
    shares = {code: divmod(whole * weight, of) for code, weight in weights.items()}
    left = whole - sum(part for part, _ in shares.values())
    by_rest = sorted(shares, key=lambda code: -shares[code][1])
    return {code: shares[code][0] + (code in by_rest[:left]) for code in shares}


def _wrong_formats(material: Material, files: Sequence[Attached]) -> Iterable[Finding]:
    wrong = [each for each in files if each.format not in material.formats]
    if wrong:
        yield Finding("wrong_format", (("n", len(wrong)),))


def _checked(
    at: MaterialState,
    material: Material,
    answers: Mapping[Code, bool],
    files: Sequence[Attached],
    period: Period,
) -> MaterialState:
    findings: list[Finding] = []
    open_now: list[Code] = []
    said: list[tuple[Code, bool]] = []

    def ask(question: Code, finding: Finding) -> None:
        answer = answers.get(question)
        if answer is None:
            open_now.append(question)
            return
        said.append((question, answer))
        if not answer:
            findings.append(finding)

    for each in material.checks:
        match check(each, files, period):
            case Passed():
                continue
            case Mend(finding):
                findings.append(finding)
            case Unsure(finding):
                ask(each.code, finding)
    for question in material.asks:
        ask(question.code, Finding("denied", (("question", question.code),)))
    state = State.ASKED if open_now else State.PASSED
    if findings:
        state = State.TO_MEND
    return _as(at, state, files, tuple(findings), tuple(open_now), tuple(said))


def _as(
    at: MaterialState,
    state: State,
    files: Sequence[Attached],
    findings: tuple[Finding, ...] = (),
    questions: tuple[Code, ...] = (),
    answered: tuple[tuple[Code, bool], ...] = (),
    gain: int = 0,
) -> MaterialState:
    return MaterialState(
        material=at.material,
        required=at.required,
        weight=at.weight,
        state=state,
        exhibits=tuple(each.exhibit for each in files) or at.exhibits,
        findings=findings,
        questions=questions or at.questions,
        answered=answered or at.answered,
        gain=gain,
    )
