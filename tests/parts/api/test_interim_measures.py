"""Interim measures over HTTP: imposed, read from each chair, lifted, and refused with a hint."""

from typing import Any

import pytest
from tests.stories.http_teller import HttpTeller, Program
from tests.stories.stage import REASONS

pytestmark = pytest.mark.django_db

FOLD = {"measure": "fold", "duration": "24h", "reasons": REASONS}


def taken_up() -> tuple[HttpTeller, str]:
    teller = HttpTeller()
    teller.report()
    teller.accept()
    teller.ask()
    return teller, f"/cases/{teller.receipt['case']}"


def refused(program: Program, path: str, **body: Any) -> tuple[int, str]:
    answer: Any = program.client.post(f"/api/v1{path}", body, content_type="application/json")
    return answer.status_code, answer.json()["code"]


def test_it_holds_is_read_by_whom_it_concerns_and_is_lifted() -> None:
    teller, case = taken_up()
    made = teller.ana.post(f"{case}/interim-measures", **FOLD)

    respondents = teller.respondent.get(case)["interim"]
    assert [(one["id"], one["measure"]) for one in respondents] == [(made["id"], "fold")]
    assert REASONS in respondents[0]["statement_zh"]
    assert teller.reporter.get(case)["interim"] == []

    teller.ana.post(f"/interim-measures/{made['id']}/lift", reasons=REASONS)
    lifted = teller.ana.get(case)["interim"][0]
    assert (lifted["because"], lifted["lifted_at"] is None) == ("reviewer", False)
    again = refused(teller.ana, f"/interim-measures/{made['id']}/lift", reasons=REASONS)
    assert again == (409, "interim.not_in_force")


def test_nothing_beyond_the_pack_and_by_nobody_else() -> None:
    teller, case = taken_up()
    path = f"{case}/interim-measures"

    assert refused(teller.ana, path, **{**FOLD, "duration": "9d"}) == (409, "interim.too_long")
    held = refused(teller.ana, path, **{**FOLD, "measure": "hold_payout"})
    assert held == (409, "interim.not_allowed")
    for duration in ("0h", "-1h", "24", "99999d", "1y"):
        assert refused(teller.ana, path, **{**FOLD, "duration": duration})[0] == 422
    assert refused(teller.ana, path, **{**FOLD, "measure": "closure"})[0] == 422
    for other in (teller.app, teller.reporter, Program()):
        assert refused(other, path, **FOLD)[0] == 404
    assert teller.ana.get(case)["interim"] == []
