"""The page that says how surely likelihoods are told, and the same over the API."""

from dataclasses import replace

import pytest
from bench._appeal_simulator import simulate
from tests.parts.web_desk.conftest import SignIn
from tests.stories.stage import Stage

from gongdao.domain.appeals.learning import Seen, learn
from gongdao.storage.models import Account


def test_nothing_learned_yet_shows_the_claims_as_claims(stage: Stage, sign_in: SignIn) -> None:
    shown = sign_in("op").get("/desk/forecast/").content.decode()
    assert "People are told what others claim" in shown
    assert "Nothing was learned yet." in shown
    assert "Claimed by 000_e0db3b226a0a5e32" in shown
    assert "0 decided appeals can be learned from." in shown
    assert "<svg viewBox" not in shown
    told = sign_in("ou").get("/api/v1/forecast").json()
    assert (told["told"], told["card"], told["least"]) == (False, None, 200)
    assert [claim["low"] for claim in told["claims"]] == [0.37, 0.65]


def test_the_diagram_its_table_and_the_card(stage: Stage, sign_in: SignIn) -> None:
    model = learn([each.outcome for each in simulate(250, 9)], Seen(250, 4), stage.clock())
    first, *others = model.card.tenths
    few = replace(first, cases=19, accepted=1)
    with stage.records.work():
        stage.records.outcomes.keep(replace(model, card=replace(model.card, tenths=(few, *others))))
    shown = sign_in("ou").get("/desk/forecast/").content.decode()
    assert "People are told figures of our own" in shown
    assert '<td>19</td><td colspan="3">too few to tell</td>' in shown
    told = [tenth for tenth in others if tenth.cases >= 20]
    assert shown.count("reliability-dot") == len(told) > 2
    for tenth in told:
        assert f"<td>{tenth.cases}</td><td>{round(tenth.foretold * 100)}%</td>" in shown
    assert f"{model.card.brier:.3f}" in shown
    assert f"{model.card.brier_base:.3f}" in shown
    assert "Completeness of the material" in shown
    card = sign_in("op").get("/api/v1/forecast").json()["card"]
    assert card["brier"] == pytest.approx(model.card.brier)
    assert card["weights"]["complete"] == pytest.approx(model.weights[0].weight)


def test_it_is_for_staff_and_the_auditor_alone(stage: Stage, sign_in: SignIn) -> None:
    assert sign_in("ana").get("/desk/forecast/").status_code == 200
    party = stage.records.parties.newcomer(None, "en")
    Account.objects.create_user("x@example.org", name="x", roles=[], party_id=party)
    stranger = sign_in("x")
    assert stranger.get("/desk/forecast/").status_code == 404
    assert stranger.get("/api/v1/forecast").status_code == 404
