"""What is asked and how it stands, in words: the same for page, API and desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.appeals.completeness import Completeness, MaterialState, State
from gongdao.domain.appeals.material_rules import Finding
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.evidence_standard import (
    EvidenceStandard,
    For,
    Holder,
    HolderRule,
    Listed,
    Material,
)
from gongdao.domain.policy.material_checks import Mentions, Sides


@dataclass(frozen=True, slots=True)
class SaidFinding:
    """What was found, and how to mend it."""

    code: str
    found: Words
    mend: Words


@dataclass(frozen=True, slots=True)
class SaidQuestion:
    """What a program cannot judge, and what they answered; None where they have not."""

    code: str
    question: Words
    answer: bool | None


@dataclass(frozen=True, slots=True)
class ShownMaterial:
    """One thing that is asked, and how it stands."""

    material: Material
    state: MaterialState
    findings: tuple[SaidFinding, ...]
    questions: tuple[SaidQuestion, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing is left to do."""
        return self.state.state is State.PASSED


@dataclass(frozen=True, slots=True)
class MaterialsView:
    """The whole list."""

    side: For
    holder: Holder
    holders: tuple[HolderRule, ...]
    """As what one may appeal; empty where nothing is asked by it."""
    complete: Completeness
    shown: tuple[ShownMaterial, ...]


def shown(policy: EvidenceStandard, listed: Listed, state: MaterialState) -> ShownMaterial:
    """One of them, in words."""
    material, answers = listed.material, dict(state.answered)
    questions = tuple(
        SaidQuestion(code, words, answers.get(code))
        for code, words in _questions(material)
        if code in state.questions or code in answers
    )
    findings = tuple(_said(policy, material, each) for each in state.findings)
    return ShownMaterial(material, state, findings, questions)


def _questions(material: Material) -> list[tuple[str, Words]]:
    checks = [(each.code, each.question) for each in material.checks]
    asks = [(each.code, each.question) for each in material.asks]
    return [(code, words) for code, words in (*checks, *asks) if words is not None]


def _said(policy: EvidenceStandard, material: Material, finding: Finding) -> SaidFinding:
    words = policy.words_of(finding.says)
    zh, en = _gaps(material, finding, "zh"), _gaps(material, finding, "en")
    mend = _mend_of_a_no(material, finding) or words.mend
    return SaidFinding(finding.says, _filled(words.found, zh, en), _filled(mend, zh, en))


def _filled(words: Words, zh: Mapping[str, object], en: Mapping[str, object]) -> Words:
    return Words(zh=words.zh.format_map(zh), en=words.en.format_map(en))


def _gaps(material: Material, finding: Finding, language: str) -> dict[str, object]:
    """What fills the gaps: figures as they are, codes of the pack in its own words."""
    gaps: dict[str, object] = dict(finding.gaps)
    comma = "、" if language == "zh" else ", "
    gaps["formats"] = comma.join(each.upper() for each in material.formats)
    for check in material.checks:
        if isinstance(check, Sides):
            titles = {side.code: side.title.in_(language) for side in check.sides}
            gaps["side"] = titles.get(str(gaps.get("side")), gaps.get("side"))
        elif isinstance(check, Mentions) and gaps.get("what") == check.code:
            gaps["what"] = check.what.in_(language)
    return gaps


def _mend_of_a_no(material: Material, finding: Finding) -> Words | None:
    asked = dict(finding.gaps).get("question")
    return next((each.mend for each in material.asks if each.code == asked), None)
