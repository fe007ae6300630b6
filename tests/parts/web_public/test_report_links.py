"""A link that fills in the report form: signed or not, at most three steps, and never trusted."""

import hashlib
import hmac
from unittest import mock
from urllib.parse import quote, urlencode

import pytest
from django.test import Client, RequestFactory
from tests.fakes.vault import HeadExaminer
from tests.stories.files_of import PNG

from gongdao import bootstrap
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import ReportRow
from gongdao.web.incoming import Incoming
from gongdao.web.public.report_draft import Draft

pytestmark = pytest.mark.django_db

GIVEN = {
    "kind": "message",
    "ref": "msg-9",
    "account": "li_si",
    "group": "g-7",
    "title": "周末拼车群",
    "url": "https://app.example.org/m/9",
    "text": "你就是个废物，活着浪费粮食。",
    "category": "abuse",
}
WHAT = {"category": "abuse", "statement": "他昨天在群里这样骂我，请处理。", "language": "zh-hans"}


@pytest.fixture
def client() -> Client:
    """Somebody who reads English."""
    return Client(headers={"Accept-Language": "en"})


def page(client: Client, path: str = "/report/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.headers
    return answer.content.decode()


def app_key() -> tuple[dict[str, str], str]:
    """An app that reads its secret: that, and its key."""
    key = bootstrap.api_keys().create("app server", [Role.APP])
    path = "/api/v1/report-link-key"
    return Client(headers={"Authorization": f"Bearer {key}"}).get(path).json(), key


def signed(given: dict[str, str], own: dict[str, str]) -> str:
    """A link as the how-to says: the query as it is sent, then its signature."""
    said = urlencode({**given, "app": own["app"]}, quote_via=quote)
    made = hmac.new(own["secret"].encode(), said.encode(), hashlib.sha256).hexdigest()
    return f"/report/?{said}&sig={made}"


def test_without_a_signature_all_is_shown_and_can_be_changed(client: Client) -> None:
    answer = client.get("/report/", GIVEN)
    assert answer.headers["Location"] == "/report/"
    shown = page(client)
    for part in (
        "msg-9",
        "li_si",
        "周末拼车群",
        "app.example.org/m/9",
        "g-7",
        "A link filled this",
    ):
        assert part in shown
    where = {"kind": "message", "ref": "msg-10", "account": "", "snapshot": "另一句话"}
    assert client.post("/report/", where).headers["Location"] == "/report/what-happened/"
    assert client.post("/report/what-happened/", WHAT).headers["Location"] == "/report/check/"
    assert "msg-10" in page(client, "/report/check/")


def test_with_an_apps_signature_it_is_two_pages_and_a_receipt(client: Client) -> None:
    own, _ = app_key()
    assert client.get(signed(GIVEN, own)).headers["Location"] == "/report/what-happened/"
    assert "checked" in page(client, "/report/what-happened/")
    forged = {"kind": "content", "ref": "other-77", "account": "", "snapshot": "x"}
    client.post("/report/", forged)
    assert client.post("/report/what-happened/", WHAT).headers["Location"] == "/report/check/"
    check = page(client, "/report/check/")
    assert "other-77" not in check
    assert "change-ref" not in check
    token = check.partition('name="token" value="')[2].partition('"')[0]
    assert client.post("/report/check/", {"token": token}).headers["Location"] == "/report/sent/"
    assert ReportRow.objects.count() == 1

    client.get(signed(GIVEN, own))
    assert "What the app handed over" in page(client)
    client.post("/report/", {"anew": "yes"})
    assert "msg-9" not in page(client)


def test_a_signature_that_does_not_hold_makes_it_a_link_like_any_other(client: Client) -> None:
    own, key = app_key()
    good = signed(GIVEN, own)
    bad = [
        good.replace("msg-9", "msg-8"),
        good + "0",
        good[:-1],
        good + "&kind=content",
        good.replace(own["app"], "x"),
        signed(GIVEN, {**own, "secret": key}),
        good.partition("&sig=")[0] + "&sig=%E4%B8%AD",
    ]
    for link in bad:
        assert client.get(link).headers["Location"] == "/report/", link
    keys = bootstrap.api_keys()
    keys.revoke(own["app"])
    assert client.get(good).headers["Location"] == "/report/"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "https://good.example@evil.example/"),
        ("url", "https://[half"),
        ("url", "https:\\\\evil.example"),
        ("url", "https://a.example\\@evil.example"),
        ("url", "//evil.example/"),
        ("url", "https://a.example/\u202etxt.exe"),
        ("url", "https://a.example/" + "x" * 2000),
        ("ref", "JavaScript:alert(1)"),
        ("ref", "data:text/html,x"),
        ("ref", "x" * 10_000),
        ("ref", "post\u202e18"),
        ("ref", "post\x0081"),
        ("account", "li\u200b_si"),
        ("group", "g\n7"),
        ("kind", "planet"),
        ("category", "no_such"),
        ("title", "长" * 201),
        ("text", "长" * 5001),
    ],
)
def test_what_cannot_be_meant_is_left_out_and_said(client: Client, name: str, value: str) -> None:
    own, _ = app_key()
    there = signed({**GIVEN, name: value}, own)
    assert client.get(there).headers["Location"] == "/report/"

    shown = page(client)
    assert "could not be used" in shown
    assert value[:80] not in shown


def test_markup_is_shown_as_text_and_hidden_characters_are_made_visible(client: Client) -> None:
    text = "<script>alert(1)</script>\u202eabc"
    client.get("/report/", {**GIVEN, "text": text, "title": '"><img src=x onerror=y>'})

    shown = page(client) + page(client, "/report/what-happened/")
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "\u202e" not in shown
    assert "\ufffdabc" in shown


def test_another_link_leaves_nothing_of_the_last_report_behind(client: Client) -> None:
    client.get("/report/", GIVEN)
    client.post("/report/what-happened/", WHAT)
    client.get("/report/", {"kind": "content", "ref": "post-5"})

    assert client.get("/report/what-happened/").headers["Location"] == "/report/"
    assert "li_si" not in page(client)


def test_only_an_apps_word_says_in_which_group_it_is(client: Client) -> None:
    own, _ = app_key()
    for link, group in ((f"/report/?{urlencode(GIVEN)}", None), (signed(GIVEN, own), "g-7")):
        client.get(link)
        request = RequestFactory().get("/")
        request.session = client.session
        assert Draft.of(request).submission().group == group


def test_a_file_that_is_named_often_goes_with_the_report_once(client: Client) -> None:
    client.get("/report/", GIVEN)
    with mock.patch.object(type(bootstrap.app().records.examiner), "look", HeadExaminer().look):
        token = bootstrap.app().uploading.send_whole("截屏.png", len(PNG), [PNG], None, None)
    for _ in range(2):
        client.post("/report/evidence/", {"upload": [token] * 20})
    request = RequestFactory().get("/")
    request.session = client.session
    assert Draft.of(request).files == token


def test_a_report_carries_no_more_files_than_a_party_may_bring(client: Client) -> None:
    client.get("/report/", GIVEN)
    most = bootstrap.app().uploading.policy().limits.per_party_max
    came = Incoming([f"token-{n}" for n in range(most + 1)], [])
    with mock.patch("gongdao.web.incoming.taken", return_value=came):
        client.post("/report/evidence/")
    request = RequestFactory().get("/")
    request.session = client.session
    assert len(Draft.of(request).files.split()) == most


def test_only_an_app_reads_a_secret() -> None:
    assert Client().get("/api/v1/report-link-key").status_code == 404
