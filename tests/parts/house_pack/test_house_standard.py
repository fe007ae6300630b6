"""What the house pack asks of appeals: complete, in both languages, and about its own clauses."""

import pytest
from tests.parts.house_pack.shipped import pack as house_pack

from gongdao.domain.appeals.completeness import MaterialState, State
from gongdao.domain.appeals.material_rules import Finding
from gongdao.domain.evidence.media import KNOWN
from gongdao.domain.flows.material_views import shown
from gongdao.domain.policy.evidence_standard import EvidenceStandard, For, Holder, Listed
from gongdao.domain.policy.material_checks import FINDINGS

GAPS: tuple[tuple[str, str | int], ...] = (
    ("n", 1), ("least", 2), ("first", "2026-01-01"), ("last", "2026-02-01"),
    ("side", "back"), ("what", "device"),
)  # fmt: skip


def standard() -> EvidenceStandard:
    found = house_pack().standard
    assert found is not None
    return found


def test_it_speaks_of_the_packs_own_clauses_and_categories() -> None:
    cases = house_pack().cases
    assert cases is not None
    clauses = {each.code for each in cases.clauses}
    known = {"any", *clauses, *(code.partition(".")[0] for code in clauses)}
    assert {each.code for each in standard().standards} <= known
    assert {code.partition(".")[0] for code in clauses} <= {s.code for s in standard().standards}
    categories = {each.code for each in cases.categories}
    assert {each.code for each in standard().reviews} <= {"any", *categories}


def test_each_kind_of_material_of_the_articles_is_there() -> None:
    there = {each.code for each in standard().materials}
    assert there >= {
        "identity", "account_of_use", "pledge", "screenshot", "chat_record", "device_list",
        "certificate", "licence",
    }  # fmt: skip


def test_formats_are_those_that_the_house_keeps() -> None:
    kept = {medium.ending for medium in KNOWN.values()}
    assert {one for each in standard().materials for one in each.formats} <= kept


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_finding_can_be_said_of_every_material(language: str) -> None:
    policy = standard()
    findings = tuple(Finding(code, GAPS) for code in FINDINGS)
    for material in policy.materials:
        state = MaterialState(
            material.code, required=True, weight=1, state=State.TO_MEND, findings=findings
        )
        card = shown(policy, Listed(material, required=True), state)
        for each in card.findings:
            for words in (each.found, each.mend):
                assert words.in_(language)
                assert "{" not in words.in_(language)


def test_no_reporter_is_asked_who_they_are() -> None:
    policy = standard()
    for code in ("abuse", "fraud", "infringement", "threat"):
        asked = policy.asked_of(code, For.REPORTER, Holder.FIRM)
        assert not [each for each in asked if each.material.private]
        assert asked[0].required


def test_what_is_asked_depends_on_the_clause_and_on_whose_account_it_is() -> None:
    policy = standard()

    def required(clause: str, holder: Holder = Holder.PERSON) -> set[str]:
        asked = policy.asked_of(clause, For.RESPONDENT, holder)
        return {each.material.code for each in asked if each.required}

    assert required("abuse.insult") == {"account_of_use", "chat_record"}
    assert required("abuse.harassment") == required("abuse.insult") | {"pledge"}
    assert required("identity.stolen") == {"identity", "account_of_use", "device_list"}
    assert required("identity.stolen", Holder.MINI_PROGRAM) == {
        "account_of_use", "device_list", "licence", "undertaking",
    }  # fmt: skip
    assert required("no.such_clause", Holder.GROUP) == {"account_of_use", "group_rules"}
