"""What the house says of the time after a dispute: patterns, elements, papers by date."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from tests.fakes.house import shipped_packs

from gongdao.domain.policy.afterwards import AfterwardsPolicy


def policy() -> AfterwardsPolicy:
    found = shipped_packs().in_force("house", date(2026, 11, 21)).afterwards
    assert found is not None
    return found


def changed(part: str, n: int, **changes: Any) -> dict[str, Any]:
    plain = policy().model_dump(mode="json", by_alias=True)
    plain["papers" if part == "papers" else part][n] |= changes
    return plain


def test_every_kind_of_dispute_has_a_paper_on_either_side_of_the_change() -> None:
    for kind in ("review", "complaint", "sanction", "report", "payment"):
        for day in (date(2026, 4, 14), date(2026, 4, 15)):
            assert policy().papers_on(day, kind), (kind, day)


def test_a_complaint_and_a_report_are_papers_apart() -> None:
    asked = {(p.route, p.what) for p in policy().papers_on(date(2026, 11, 21), "payment")}
    assert {("market", "complaint"), ("market", "report")} <= asked


def test_two_forms_for_one_day_and_unknown_gaps_are_refused() -> None:
    with pytest.raises(ValidationError, match="are in force together"):
        AfterwardsPolicy.model_validate(changed("papers", 0, in_force={"from": "2026-04-14"}))
    facts = [{"zh": "{name}", "en": "{order}"}]
    with pytest.raises(ValidationError, match="the gap name is none of"):
        AfterwardsPolicy.model_validate(changed("papers", 0, facts=facts))


def test_a_pattern_asks_for_exactly_its_gaps() -> None:
    plain = policy().model_dump(mode="json", by_alias=True)
    plain["reply"]["patterns"][0]["asks"] = ["issue"]
    with pytest.raises(ValidationError, match="asks for other gaps"):
        AfterwardsPolicy.model_validate(plain)
