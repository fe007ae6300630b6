"""The main job over HTTP on real PostgreSQL: every step as an operator's app calls it."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from tests.stories.http_teller import HttpTeller
from tests.stories.the_story import the_story

from gongdao import bootstrap
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import Account, CaseRow, SanctionRow

pytestmark = pytest.mark.django_db

API = "/api/v1"
REPORT: Mapping[str, Any] = {
    "subject": {
        "kind": "content",
        "ref": "post-1042",
        "snapshot": "你就是个草包，滚出去。",
        "account": "dao_ke",
    },
    "category": "abuse",
    "statement": "他在我的帖子下面这样骂我，请处理。",
    "contact": "wang.fang@example.org",
}


class Program:
    """A program that speaks to the API with one key, or with none."""

    def __init__(self, secret: str = "") -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"} if secret else {})

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.post(
            f"{API}{path}", body, content_type="application/json", headers=headers
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"{API}{path}", headers=headers)


def staff(name: str, *roles: Role) -> Program:
    party = bootstrap.app().records.parties.by_account(f"staff {name}")
    email = f"{name}@example.org"
    Account.objects.create_user(
        email, name=name, roles=[role.value for role in roles], party_id=party
    )
    return Program(bootstrap.api_keys().create(name, roles, email))


def app_server() -> Program:
    return Program(bootstrap.api_keys().create("app server", [Role.APP]))


def body(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def refused(answer: Any, status: int, code: str) -> str:
    said = body(answer, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (said["code"], said["status"]) == (code, status)
    assert said["hint"]
    return str(said["hint"])


def test_the_story_over_http() -> None:
    the_story(HttpTeller())


def test_a_report_is_decided_appealed_and_overturned() -> None:
    people = {name: staff(name, Role.REVIEWER) for name in ("ana", "bo")}
    operator = app_server()

    receipt = body(Program().post("/reports", REPORT), 201)
    case = receipt["case"]
    queue = body(people["ana"].get("/cases?queue=received"))
    assert [line["id"] for line in queue["lines"]] == [case]

    body(
        people["ana"].post(f"/cases/{case}/acceptance", {"reasons": "可以打开，说的是对人的辱骂。"})
    )
    question = {"reasons": "请说明您为什么这样说。"}
    body(people["ana"].post(f"/cases/{case}/answer-request", question))
    asked = body(operator.get("/notices?account=dao_ke"))
    assert [notice["template"] for notice in asked] == ["answer_requested"]

    code = asked[0]["body"].partition("/answer/")[2][:24]
    mine = {"X-Case-Code": code}
    told = {"reasons": "我在引用别人骂我的话。"}
    body(Program().post(f"/cases/{case}/answer", told, **mine))
    ruling = {
        "outcome": "violation",
        "clause": "abuse.insult",
        "findings": "他在评论里写了这句话。",
        "reasons": "这句话针对可以认出的人。",
    }
    decision = body(people["ana"].post(f"/cases/{case}/decisions", ruling), 201)["id"]
    assert [s["state"] for s in body(operator.get("/sanctions?account=dao_ke"))] == ["in_force"]

    plea = {"decision": decision, "grounds": "请看上下文，这是引用，规则的反例里写着。"}
    appeal = body(Program().post("/appeals", plea, **mine), 201)["id"]
    ended = {"ending": "overturn", "reasons": "这是引用，属于反例。"}
    refused(people["ana"].post(f"/appeals/{appeal}/outcome", ended), 409, "appeal.not_yours")
    body(people["bo"].post(f"/appeals/{appeal}/outcome", ended))

    seen = body(Program().get(f"/receipts/{code}"))
    assert seen["decisions"][0]["state"] == "overturned"
    assert [s["state"] for s in body(operator.get("/sanctions?account=dao_ke"))] == ["lifted"]
    learnt = body(Program().get(f"/receipts/{receipt['receipt']}"))
    assert learnt["outcome"] == "overturned"
    assert "wang.fang" not in str(seen)
    assert REPORT["statement"] not in str(seen)
    assert receipt["report"] not in str(seen)


def test_a_reporter_asks_for_a_review_and_the_case_is_opened_again() -> None:
    first, second = staff("ana", Role.REVIEWER), staff("bo", Role.REVIEWER)
    receipt = body(Program().post("/reports", REPORT), 201)
    ruling = {
        "outcome": "not_accepted",
        "ground": "insufficient_information",
        "findings": "报告里的链接现在打不开。",
        "reasons": "我们看不到原来的内容。",
    }
    body(first.post(f"/cases/{receipt['case']}/decisions", ruling), 201)

    asked = {"reasons": "链接现在可以打开，请再看一次。"}
    review = body(Program().post(f"/receipts/{receipt['receipt']}/review", asked), 201)["id"]
    ended = {"ending": "overturn", "reasons": "现在能打开，应当受理。"}
    body(second.post(f"/appeals/{review}/outcome", ended))

    assert CaseRow.objects.get(id=receipt["case"]).stage == "investigating"
    again = first.post(f"/cases/{receipt['case']}/decisions", ruling | {"outcome": "no_violation"})
    assert again.status_code in {409, 422}


def test_a_withdrawn_report_ends_where_its_pack_says_so() -> None:
    receipt = body(Program().post("/reports", REPORT), 201)

    body(Program().post(f"/receipts/{receipt['receipt']}/withdrawal", {"reasons": "已经和解"}))

    assert body(Program().get(f"/receipts/{receipt['receipt']}"))["stage"] == "withdrawn"
    again = Program().post(f"/receipts/{receipt['receipt']}/withdrawal", {"reasons": ""})
    refused(again, 409, "withdrawal.already")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"category": "no_such"}, 422, "report.unknown_category"),
        ({"statement": "长" * 3000}, 422, "report.statement_too_long"),
        ({"statement": " "}, 422, "report.statement_too_short"),
        ({"subject": {"kind": "content", "ref": "x", "snapshot": " "}}, 422, "report.no_snapshot"),
        ({"subject": {"kind": "moon", "ref": "x", "snapshot": "y"}}, 422, "body.invalid"),
        ({"remedy": "a_pony"}, 422, "report.unknown_remedy"),
        ({"extra": 1}, 422, "body.invalid"),
        ({"reporter_account": "somebody"}, 400, "report.not_for_others"),
    ],
)
def test_a_bad_report_is_refused(change: Mapping[str, Any], status: int, code: str) -> None:
    refused(Program().post("/reports", {**REPORT, **change}), status, code)

    assert not CaseRow.objects.exists()


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"{broken", 400, "body.not_json"),
        (b"", 400, "body.not_json"),
        ('{"a": "举报"}'.encode("gb18030"), 400, "body.not_utf8"),
        (b"\xff\xfe", 400, "body.not_utf8"),
        (b'{"a": "\\u0000"}', 400, "body.not_text"),
        (b"[" * 100_000, 400, "body.not_json"),
        (b"[]", 422, "body.invalid"),
        (b'"' + b"x" * 3_000_000 + b'"', 413, "body.too_large"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(raw: bytes, status: int, code: str) -> None:
    refused(Program().post("/reports", raw), status, code)


def test_one_key_does_a_thing_once() -> None:
    once = {"Idempotency-Key": "3f8a1c52-70d4-4b6e"}
    first = body(Program().post("/reports", REPORT, **once), 201)
    again = body(Program().post("/reports", REPORT, **once), 201)
    other = Program().post("/reports", {**REPORT, "category": "fraud"}, **once)

    assert again == first
    refused(other, 422, "idempotency.reused")
    assert CaseRow.objects.count() == 1


def test_appeals_by_strangers_twice_and_without_grounds_are_refused() -> None:
    reviewer = staff("ana", Role.REVIEWER)
    staff("bo", Role.REVIEWER)
    receipt = body(Program().post("/reports", REPORT), 201)
    case = receipt["case"]
    body(reviewer.post(f"/cases/{case}/acceptance", {"reasons": "可以打开，予以受理。"}))
    ruling = {
        "outcome": "violation",
        "clause": "no.such_clause",
        "findings": "他在评论里写了这句话。",
        "reasons": "这句话针对可以认出的人。",
    }
    deciding = f"/cases/{case}/decisions"
    refused(reviewer.post(deciding, ruling), 422, "decision.unknown_clause")
    decision = body(reviewer.post(deciding, ruling | {"clause": "abuse.insult"}), 201)["id"]
    notice = body(app_server().get("/notices?account=dao_ke"))[0]
    mine = {"X-Case-Code": notice["body"].partition("/appeal/")[2][:24]}
    plea = {"decision": decision, "grounds": "请看上下文，这是引用，规则的反例里写着。"}

    other = body(Program().post("/reports", {**REPORT, "statement": "另一件事，请看。"}), 201)
    stranger = {"X-Case-Code": other["receipt"]}
    refused(Program().post("/appeals", plea, **stranger), 404, "not_found")
    refused(Program().post("/appeals", plea), 404, "not_found")
    short = plea | {"grounds": "不服"}
    refused(Program().post("/appeals", short, **mine), 422, "appeal.no_grounds")
    body(Program().post("/appeals", plea, **mine), 201)
    refused(Program().post("/appeals", plea, **mine), 409, "appeal.already_filed")
    assert SanctionRow.objects.get().state == "in_force"


def test_the_hint_is_in_the_callers_language() -> None:
    wrong = {**REPORT, "category": "no_such"}

    english = refused(
        Program().post("/reports", wrong, **{"Accept-Language": "en"}),
        422,
        "report.unknown_category",
    )
    chinese = refused(
        Program().post("/reports", wrong, **{"Accept-Language": "zh-CN"}),
        422,
        "report.unknown_category",
    )

    assert english.startswith("Pick one")
    assert "请" in chinese
