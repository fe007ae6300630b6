"""What an appeal must bring, over the API: with the code of a notice."""

import pytest
from tests.stories.files_of import PNG
from tests.stories.http_teller import API, HttpTeller

from gongdao.bootstrap import app

pytestmark = pytest.mark.django_db

JSON = "application/json"


def test_the_list_is_read_and_brought_to_with_the_code_of_the_notice() -> None:
    teller = HttpTeller()
    for turn in (teller.report, teller.accept, teller.decide):
        turn()
    who = teller.respondent.client
    place = f"{API}/decisions/{teller.decision}"

    first = who.get(f"{place}/materials").json()
    assert first["share"] == 0
    assert first["gaps"] == ["account_of_use", "chat_record"]

    token = app().uploading.send_whole("a.png", len(PNG), [PNG], None, None)
    case = f"{API}/cases/{teller.receipt['case']}/evidence"
    (exhibit,) = who.post(case, {"uploads": [token]}, content_type=JSON).json()["exhibits"]
    there = f"{place}/materials/account_of_use"
    answer = who.put(there, {"exhibits": [exhibit]}, content_type=JSON)
    card = next(m for m in answer.json()["materials"] if m["material"] == "account_of_use")
    assert (card["state"], card["exhibits"]) == ("to_mend", [exhibit])
    assert card["findings"][0]["mend"]["en"].startswith("Taken here: PDF, DOCX, TXT.")

    wrong = who.put(there, {"answers": {"nothing": True}}, content_type=JSON)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "material.not_asked")
    emptied = who.put(there, {"exhibits": []}, content_type=JSON).json()
    assert {m["state"] for m in emptied["materials"]} == {"missing"}

    firm = who.put(f"{place}/holder", {"holder": "firm"}, content_type=JSON).json()
    assert (firm["holder"], "licence" in firm["gaps"]) == ("firm", True)
