"""An account's grade on its pages: one's own, by a code, beside a case, and its appeal heard."""

import re

from django.test import Client
from django.urls import reverse
from tests.parts.web_desk.at_the_desk import page
from tests.parts.web_desk.conftest import SignIn
from tests.parts.web_desk.test_firm_pages import account
from tests.stories.stage import Stage
from tests.stories.test_grades_of_accounts import WHY, Fallen, fallen

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.ids import CaseId

MINE = "/mine/standing/"


def test_a_grade_is_explained_appealed_against_and_heard(stage: Stage, sign_in: SignIn) -> None:
    on = fallen(stage)
    li_si, bo, cai = account(stage, "li_si"), sign_in("bea"), sign_in("cai")
    shown = page(li_si, MINE)
    for words in (
        "60.0 points at present",
        "Low",
        "posts in any 24 hours",
        "half of it goes",
        "heals-ahead",
    ):
        assert words in shown, words
    assert shown.count("The decision, its reasons and the appeal") == 3
    _told_by_a_code(on)
    wrong = li_si.post(MINE, {"words": " "})
    assert (wrong.status_code, "standing.no_words" in wrong.content.decode()) == (400, True)
    assert li_si.post(MINE, {"words": WHY}).status_code == 302
    assert "Not before the appeal was heard" in page(li_si, MINE)
    again = li_si.post(MINE, {"words": WHY})
    assert again.status_code == 400
    assert "appealed against this notice" in again.content.decode()
    (one,) = set(re.findall(r"/desk/standing/([\w-]+)/", page(cai, "/desk/standing/")))
    assert "Somebody else hears it" in page(bo, f"/desk/standing/{one}/")
    heard = {"ruled": "excluded", "excluded": [on.sanction(1)], "words": "确实是引用。"}
    refused = bo.post(f"/desk/standing/{one}/", heard)
    assert (refused.status_code, "took part" in refused.content.decode()) == (400, True)
    assert "without it: Fair" in page(cai, f"/desk/standing/{one}/")
    bad = cai.post(f"/desk/standing/{one}/", {"ruled": "set", "words": "好。"})
    assert bad.status_code == 400
    assert cai.post(f"/desk/standing/{one}/", heard).status_code == 302
    after = page(li_si, MINE)
    assert "Now this grade restricts nothing" in after
    assert "Taken out after an appeal" in after
    case = stage.case_of(on.decisions[0]).id
    assert "For consistency only" in page(cai, reverse("desk_case", args=[case]))
    assert li_si.get(f"/desk/standing/{one}/").status_code == 404
    assert Client().get(MINE).status_code == 302
    _by_its_code(on, case)


def test_the_api_says_how_an_account_stands(stage: Stage, sign_in: SignIn) -> None:
    on = fallen(stage)
    li_si, bea, cai = account(stage, "li_si"), sign_in("bea"), sign_in("cai")
    api, plain = "/api/v1/standing", "application/json"
    mine = li_si.get(api).json()
    assert (mine["grade"], mine["in_effect"], mine["points"]) == ("d", "c", 60.0)
    assert [each["points"] for each in mine["items"]] == [25.0, 25.0, 10.0]
    assert (mine["may_appeal"], mine["appeal"]) == (True, "")
    assert (mine["effects"]["priority"], mine["coming"]["priority"]) == (None, 20)
    assert mine["coming_at"] is not None
    assert cai.get(f"{api}/accounts/li_si").json()["grade"] == "d"
    assert li_si.get(f"{api}/accounts/li_si").status_code == 404
    assert cai.get(f"{api}/accounts/nobody").status_code == 404
    assert li_si.post(f"{api}/appeal", {"grounds": WHY}, content_type=plain).status_code == 200
    again = li_si.post(f"{api}/appeal", {"grounds": WHY}, content_type=plain)
    assert (again.status_code, again.json()["code"]) == (409, "standing.contested_already")
    waiting = li_si.get(api).json()
    assert (waiting["coming"]["posts_per_day"], waiting["coming_at"]) == (30, None)
    (waits,) = cai.get(f"{api}/appeals").json()
    place = f"{api}/appeals/{waits['standing']}/decision"
    given = {"ruled": "excluded", "excluded": [on.sanction(1)], "reasons": "确实是引用。"}
    assert bea.post(place, given, content_type=plain).json()["code"] == "standing.not_independent"
    assert cai.post(place, given, content_type=plain).status_code == 200
    mine = li_si.get(api).json()
    assert (mine["grade"], mine["appeal"], mine["coming_at"]) == ("c", "excluded", None)


def _told_by_a_code(on: Fallen) -> None:
    """Behind a code the statement isn't shown: it names other cases."""
    code = on.stage.records.codes.issue(on.account().fall.items[0].case, on.account().person)
    anybody = Client(headers={"accept-language": "en"})
    assert "sign in to read it here" in page(anybody, f"/appeal/{code}/standing/")


def _by_its_code(on: Fallen, case: CaseId) -> None:
    """The holder of a respondent's code sees it; the reporter's code opens no such page."""
    r, held = on.stage.records, on.stage.case(case)
    assert held.respondent is not None
    code = r.codes.issue(case, held.respondent)
    anybody = Client(headers={"accept-language": "en"})
    shown = page(anybody, f"/appeal/{code}/standing/")
    assert "Another case" in shown
    assert all(other not in shown for other in map(str, on.decisions) if other != on.decisions[0])
    api = Client(headers={"X-Case-Code": code}).get("/api/v1/standing")
    given = api.json()["items"]
    assert [each["case"] for each in given if each["case"]] == [case]
    assert {(e["sanction"], e["decision"], e["title"]) for e in given if not e["case"]} == {
        (None, None, None)
    }
    assert shown.count("The decision, its reasons and the appeal") == 1
    assert f"/appeal/{code}/standing/" in page(anybody, f"/appeal/{code}/")
    reporters = r.codes.issue(case, held.reporters[0])
    assert anybody.get(f"/appeal/{reporters}/standing/").status_code == 302
    assert "standing" not in page(anybody, f"/track/{reporters}/")
    assert Caller(held.reporters[0]).person not in {a.person for a in on.grades().waiting(on.cai)}
