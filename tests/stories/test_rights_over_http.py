"""The period of a right holder over HTTP: from the page that they opened, across a holiday."""

import pytest
from django.test import Client
from tests.stories.rights import Rights, china
from tests.stories.stage import show_on_pages, stage_on_postgres


@pytest.mark.django_db
def test_the_page_starts_the_period_and_silence_restores(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = stage_on_postgres()
    show_on_pages(stage, monkeypatch)
    stage.clock.go_to(china(9, 29, 10))
    matter = Rights(stage).give().accept().counter()
    assert matter.receipt is not None
    code = matter.receipt.code

    stage.clock.go_to(china(9, 30, 15))
    assert Client().get(f"/notice/{code}/").status_code == 200

    def stands() -> str:
        said = Client().get(f"/api/v1/rights-notices/{code}").json()
        return str(said["stage"])

    assert stands() == "waiting"
    stage.clock.go_to(china(10, 15, 23, 59, 59))
    stage.app.passing.tick()
    assert stands() == "waiting"
    stage.clock.go_to(china(10, 16))
    stage.app.passing.tick()
    assert stands() == "restored"
    (line,) = Client().get("/api/v1/rights-register").json()
    assert (line["outcome"], line["because"]) == ("restored", "silence")
