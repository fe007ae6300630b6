"""Messages and looks over the API: what each side gets, and what is said no to."""

from typing import Any

import pytest
from django.test import Client
from tests.stories.http_teller import API, HttpTeller, Program, hired

from gongdao.bootstrap import WRONG_CODES_PER_MINUTE
from gongdao.domain.kernel.events import Role

pytestmark = pytest.mark.django_db

QUESTION = "请问这条评论是哪一天发的？"
REPLY = "是十一月二日晚上九点左右。"
CONTACT = "zhang.san@example.org"
LOOK = {
    "ground": "danger_to_life",
    "reason": "举报人说被举报人今晚要来找他，需要马上联系到他本人。",
}
REPORT = {
    "subject": {"kind": "content", "ref": "post-81", "snapshot": "你就是个废物。"},
    "category": "abuse",
    "statement": "他在评论里这样骂我，请处理。",
    "contact": CONTACT,
}


def said(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return answer.json()


def test_both_ends_read_and_write() -> None:
    teller = HttpTeller()
    receipt = Program().post("/reports", **REPORT)
    ana, mine = teller.ana, f"{API}/receipts/{receipt['receipt']}/messages"
    case = f"{API}/cases/{receipt['case']}/messages"
    said(ana.client.post(case, {"text": QUESTION}, content_type="application/json"), 201)
    reporter = Client()
    first = said(reporter.get(mine))
    assert [(m["side"], m["text"], m["new"]) for m in first["messages"]] == [
        ("staff", QUESTION, True)
    ]
    assert first["reporter"] == 0
    said(reporter.post(mine, {"text": f"{REPLY}{CONTACT}"}, content_type="application/json"), 201)
    by_code = Client(headers={"X-Case-Code": receipt["receipt"]})
    (seen,) = said(by_code.get(case))
    assert [m["new"] for m in seen["messages"]] == [False, False]
    (shown,) = said(ana.client.get(case))
    assert shown["reporter"] == 1
    assert shown["messages"][1]["text"].startswith(REPLY)
    assert CONTACT not in str(shown)


def test_a_key_that_is_sent_twice_sends_one_message() -> None:
    receipt = Program().post("/reports", **REPORT)
    mine = f"{API}/receipts/{receipt['receipt']}/messages"
    client = Client(headers={"Idempotency-Key": "3f1c7f6e-1f0e-4a69-9f0a-0d8d5b1c2a77"})
    for _ in range(2):
        said(client.post(mine, {"text": REPLY}, content_type="application/json"), 201)
    assert len(said(Client().get(mine))["messages"]) == 1


def test_a_look_is_answered_once_and_listed_for_the_auditor() -> None:
    receipt = Program().post("/reports", **REPORT)
    _, senior = hired("sue", Role.SENIOR_REVIEWER)
    _, auditor = hired("ou", Role.AUDITOR)
    path = f"{API}/cases/{receipt['case']}/reporters/1/unmask"
    thin = senior.client.post(path, {**LOOK, "reason": "想看看"}, content_type="application/json")
    assert said(thin, 422)["code"] == "unmask.reason_too_short"
    assert said(auditor.client.get(f"{API}/unmaskings")) == []
    shown = said(senior.client.post(path, LOOK, content_type="application/json"))
    assert shown == {"account": None, "contact": CONTACT, "name": None}
    (line,) = said(auditor.client.get(f"{API}/unmaskings"))
    assert (line["by"], line["ground"], line["reason"]) == ("sue", *LOOK.values())
    assert CONTACT not in str(line)
    older = said(auditor.client.get(f"{API}/unmaskings?before={line['id']}"))
    assert older == []


def test_floods_and_guesses_are_stopped() -> None:
    receipt = Program().post("/reports", **REPORT)
    mine = f"{API}/receipts/{receipt['receipt']}/messages"
    left = said(Client().get(mine))["left_today"]
    sent = [
        Client().post(mine, {"text": REPLY}, content_type="application/json").status_code
        for _ in range(left + 1)
    ]
    assert sent == [201] * left + [429]
    guesses = [
        Client().get(f"{API}/receipts/AAAA-{n:04}/messages").status_code
        for n in range(WRONG_CODES_PER_MINUTE + 2)
    ]
    assert guesses[0] == 404
    assert guesses[-1] == 429
