"""The page that says how right screening is: a false alarm is seen there, and its entry retired."""

import json

import pytest
from django.db import connection
from django.test import Client, override_settings
from tests.parts.web_desk.conftest import SignIn
from tests.stories.stage import Stage, no_violation, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.teaching import TEACH
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.screening import Category, Lane
from gongdao.domain.screening.shadowing import THE_MODELS, Sample
from gongdao.storage.models import Account

NUMBERS = "/desk/screening/numbers/"
WHY = "二十多份决定都认定这是误报，先停用。"


def taught(stage: Stage) -> None:
    """Let the queue's jobs of labels be done, as the worker does."""
    with connection.cursor() as cursor:
        cursor.execute("select payload from pgqueuer where entrypoint = %s", [TEACH])
        jobs = [json.loads(bytes(payload)) for (payload,) in cursor.fetchall()]
    for payload in jobs:
        stage.app.screening.teaching(payload)


@pytest.fixture
def wolf(stage: Stage) -> Stage:
    """Give a house in which one entry has cried wolf two dozen times."""
    judge = stage.hire("judge", Role.REVIEWER)
    words = "这所学校专门教智障的孩子，老师很有耐心"
    for number in range(21):
        stage.decided(judge, no_violation(), snapshot=f"{words}{number}", account=f"a{number}")
    stage.decided(judge, violation(), snapshot="你是智障", account="b")
    taught(stage)
    assert stage.app.screening.retiring.round() == 1
    return stage


def test_the_story_of_a_false_alarm_on_its_pages(wolf: Stage, sign_in: SignIn) -> None:
    senior, junior = sign_in("cy"), sign_in("ana")
    shown = junior.get(NUMBERS).content.decode()
    assert "22 texts teach." in shown
    assert "False positives of keyword filters: 32%, as " in shown
    assert "004_2ccbec195aaaa82d" not in shown
    assert "智障" in shown
    (entry,) = wolf.app.screening.retiring.listed(_auditor(wolf))
    place = f"/desk/screening/entries/{entry.entry.id}/"
    assert "Retire it" not in junior.get(place).content.decode()
    assert junior.post(place, {"verb": "retire", "reasons": WHY}).status_code == 404
    assert "Retire it" in senior.get(place).content.decode()
    refused = senior.post(place, {"verb": "retire", "reasons": "短"})
    assert refused.status_code == 400
    assert "Say why in 10 to 2000 characters." in refused.content.decode()
    assert senior.post(place, {"verb": "burn", "reasons": WHY}).status_code == 404
    assert senior.post(place, {"verb": "retire", "reasons": WHY})["location"] == NUMBERS
    answer = Client().post(
        "/api/v1/screening", {"text": "他是智障"}, content_type="application/json",
        headers={"Idempotency-Key": "a" * 16},
    )  # fmt: skip
    assert answer.status_code == 200, answer.content
    assert "智障 (" not in str(answer.json())
    shown = senior.get(place).content.decode()
    assert "Restore it" in shown
    assert "21 of 22 findings were false." in shown
    assert WHY in shown
    assert senior.post(place, {"verb": "keep", "reasons": WHY}).status_code == 409
    told = sign_in("ou").get("/api/v1/screening/numbers").json()
    assert told["entries"][0]["stage"] == "retired"
    by_entry = {each["key"]: each for each in told["by_entry"]}
    assert (by_entry["智障"]["n"], by_entry["智障"]["false"]) == (22, 21)
    assert by_entry["智障"]["precision_high"] == pytest.approx(0.218, abs=0.001)
    assert told["claims"][0]["share"] == 0.32
    chinese = Client(headers={"accept-language": "zh-hans"})
    chinese.force_login(Account.objects.get(name="cy"))
    assert "误报" in chinese.get(NUMBERS).content.decode()


def test_an_empty_house_says_so_and_strangers_find_nothing(stage: Stage, sign_in: SignIn) -> None:
    shown = sign_in("op").get(NUMBERS).content.decode()
    assert "too few to tell" in shown
    assert "The one that comes with the program reads." in shown
    assert "the texts are made up" not in shown
    with override_settings(GONGDAO_MODE="practice"):
        assert "the texts are made up" in sign_in("op").get(NUMBERS).content.decode()
    party = stage.records.parties.newcomer(None, "en")
    Account.objects.create_user("x@example.org", name="x", roles=[], party_id=party)
    stranger = sign_in("x")
    place = "/desk/screening/entries/0e8f3c6e-93c7-8a5e-8a62-6e4f8f2d7b10/"
    for path in (NUMBERS, place, "/api/v1/screening/numbers"):
        assert stranger.get(path).status_code == 404
    assert sign_in("cy").get(place).status_code == 404
    assert Client().get(NUMBERS).status_code == 302


def _auditor(stage: Stage) -> Caller:
    return stage.hire("ob", Role.AUDITOR)


def test_a_notice_of_drift_leads_to_the_figures(stage: Stage, sign_in: SignIn) -> None:
    senior = sign_in("cy")
    live = stage.app.screening.now.versions()[1]

    def noted(score: float, lane: Lane) -> None:
        rows = [
            Sample(stage.clock(), str(n), Category.ABUSE, score, lane, live_version=live)
            for n in range(250)
        ]
        with stage.records.work():
            stage.records.samples.keep(rows)

    noted(0.1, Lane.PUBLISH)
    stage.clock.pass_(days=10)
    noted(0.9, Lane.SECOND_LOOK)
    assert stage.app.screening.drift.watch() == 1
    assert stage.app.screening.drift.watch() == 0
    held = stage.records.model_steps.of_house()
    assert held is not None
    assert held.now.drifting == {Category.ABUSE}
    person = str(Account.objects.get(name="cy").party_id)
    told = stage.records.notices.of_case(CaseId(THE_MODELS))
    (notice,) = [each for each in told if each.to == person]
    page = senior.get(f"/mine/inbox/{notice.id}/").content.decode()
    assert NUMBERS in page
    assert "Screening is no longer as before" in page
