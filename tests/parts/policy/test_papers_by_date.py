"""Which paper for which authority, by the rules in force on the day, and who gets which."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from tests.fakes.house import shipped_packs

from gongdao.domain.policy.ways import PaperSide, WaysPolicy


def ways() -> WaysPolicy:
    found = shipped_packs().in_force("house", date(2026, 11, 21)).ways
    assert found is not None
    return found


def codes(day: date, side: PaperSide) -> dict[str, str]:
    return {form.route: form.code for form in ways().papers_on(day, side)}


@pytest.mark.parametrize(
    ("day", "form", "days", "wrong"),
    [
        (date(2026, 4, 14), "complaint_20", "45", "60"),
        (date(2026, 4, 15), "complaint_121", "60", "45"),
    ],
)
def test_12315_asks_by_another_order_since_the_15th_of_april(
    day: date, form: str, days: str, wrong: str
) -> None:
    for side in PaperSide:
        assert codes(day, side)["12315"] == form
    (found,) = (p for p in ways().papers if p.code == form)
    told = "".join(remark.zh for remark in found.remarks)
    assert days in told
    assert wrong not in told


def test_each_way_outside_has_a_paper_for_either_side() -> None:
    policy = shipped_packs().in_force("house", date(2026, 11, 21)).cases
    assert policy is not None
    routes = {route.code for route in policy.appeals.routes}
    for side in PaperSide:
        assert set(codes(date(2026, 11, 21), side)) == routes
    respondents, reporters = (codes(date(2026, 11, 21), side) for side in PaperSide)
    assert (respondents["12377"], reporters["12377"]) == (
        "cyberspace_statement",
        "cyberspace_report",
    )


def changed(**changes: Any) -> dict[str, Any]:
    """The house's ways with its first paper changed."""
    plain = ways().model_dump(mode="json", by_alias=True)
    plain["papers"][0] |= changes
    return plain


def test_two_forms_for_the_same_day_and_unknown_gaps_are_refused() -> None:
    with pytest.raises(ValidationError, match="complaint_121 and complaint_20 are in force"):
        WaysPolicy.model_validate(changed(in_force={"from": "2026-04-14"}))
    with pytest.raises(ValidationError, match="the gap name is none of"):
        WaysPolicy.model_validate(changed(facts=[{"zh": "{name}", "en": "{case}"}]))
