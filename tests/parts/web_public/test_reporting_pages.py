"""The report's pages without a browser: what is kept, what is refused, what is sent once."""

import re

import pytest
from django.test import Client

from gongdao.bootstrap import app
from gongdao.storage.models import CaseRow, ReportRow

pytestmark = pytest.mark.django_db

WHERE = {
    "kind": "content",
    "ref": "post-81",
    "account": "li_si",
    "snapshot": "你就是个废物，\r\n活着浪费粮食。",
}
WHAT = {
    "category": "abuse",
    "statement": "他在评论里这样骂我，请处理。",
    "remedy": "",
    "contact": "",
    "language": "zh-hans",
}


def written(client: Client) -> str:
    """Fill in both steps; the token of the page that sends."""
    assert client.post("/report/", WHERE).status_code == 302
    assert client.post("/report/what-happened/", WHAT).status_code == 302
    page = client.get("/report/check/").content.decode()
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def test_sending_twice_keeps_one_report(client: Client) -> None:
    token = written(client)
    first = client.post("/report/check/", {"token": token})
    again = client.post("/report/check/", {"token": token})

    assert first.headers["Location"] == again.headers["Location"] == "/report/sent/"
    assert ReportRow.objects.count() == 1


def test_a_draft_lies_encrypted_in_the_session(client: Client) -> None:
    client.post("/report/", WHERE)

    kept = str(dict(client.session.items()))
    assert "report_draft" in kept
    assert "废物" not in kept
    assert "li_si" not in kept


def test_steps_cannot_be_skipped(client: Client) -> None:
    assert client.get("/report/what-happened/").headers["Location"] == "/report/"
    assert client.get("/report/check/").headers["Location"] == "/report/"
    client.post("/report/", WHERE)
    assert client.get("/report/check/").headers["Location"] == "/report/what-happened/"
    assert client.get("/report/sent/").headers["Location"] == "/report/"
    assert client.get("/report/sent/receipt.txt").headers["Location"] == "/report/"


@pytest.mark.parametrize(
    ("path", "wrong", "code"),
    [
        ("/report/", {"kind": ""}, "report.no_kind"),
        ("/report/", {"ref": "  "}, "report.no_subject"),
        ("/report/", {"snapshot": ""}, "report.no_snapshot"),
        ("/report/", {"snapshot": "长" * 5001}, "report.snapshot_too_long"),
        ("/report/what-happened/", {"statement": "短"}, "report.statement_too_short"),
        ("/report/what-happened/", {"statement": "长" * 2001}, "report.statement_too_long"),
        ("/report/what-happened/", {"contact": "nobody"}, "report.contact"),
    ],
)
def test_what_is_wrong_is_said_with_its_code_and_kept(
    client: Client, path: str, wrong: dict[str, str], code: str
) -> None:
    client.post("/report/", WHERE)
    answer = client.post(path, {**(WHERE if path == "/report/" else WHAT), **wrong})

    assert answer.status_code == 400
    page = answer.content.decode()
    assert code in page
    assert ("post-81" if path == "/report/" and "ref" not in wrong else "") in page
    assert CaseRow.objects.count() == 0


def test_lines_are_counted_as_the_browser_counts_them(client: Client) -> None:
    client.post("/report/", WHERE)
    lines = "\r\n".join(["一"] * 1000)
    answer = client.post("/report/what-happened/", {**WHAT, "statement": lines})

    assert answer.status_code == 302


def test_a_category_that_no_longer_fits_is_refused_at_the_end(client: Client) -> None:
    token = written(client)
    client.post("/report/", {**WHERE, "kind": "payment"})
    answer = client.post("/report/check/", {"token": token})

    assert answer.status_code == 400
    assert "report.category_does_not_fit" in answer.content.decode()
    assert ReportRow.objects.count() == 0


def test_the_receipt_can_be_kept_as_a_text(client: Client) -> None:
    client.post("/report/check/", {"token": written(client)})
    answer = client.get("/report/sent/receipt.txt", headers={"accept-language": "en"})

    text = answer.content.decode()
    case = CaseRow.objects.get()
    report = ReportRow.objects.get()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert bytes(report.leaf).hex() in text
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){4}", text)
    assert code is not None
    assert app().files.by_code(code.group())[0].id == str(case.id)
    assert f"/track/{code.group()}/" in text


@pytest.mark.parametrize("kind", ["nonsense", ""])
def test_what_an_app_hands_over_wrongly_is_left_out(client: Client, kind: str) -> None:
    client.get("/report/", {"kind": kind, "category": "nonsense", "ref": "post-9"})
    page = client.get("/report/").content.decode()

    assert 'value="post-9"' in page
    assert "checked" not in page


def test_somebody_signed_in_leaves_no_address(client: Client, django_user_model: type) -> None:
    party = app().records.parties.newcomer(None, "en")
    user = django_user_model.objects.create_user(  # type: ignore[attr-defined]
        "me@example.org", name="me", party_id=party
    )
    client.force_login(user)
    client.post("/report/", WHERE)

    assert 'name="contact"' not in client.get("/report/what-happened/").content.decode()
    token = written(client)
    client.post("/report/check/", {"token": token})
    assert str(ReportRow.objects.get().reporter) == party
