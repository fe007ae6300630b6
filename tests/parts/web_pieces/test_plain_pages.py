"""The pages that need no service: they answer without a database, and every failure has a code."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django.fixtures import Settings

from gongdao.adapters import packet_page
from gongdao.domain.kernel.errors import BadInput, GongdaoError, MovedOn, NotFound, Refused
from gongdao.web.failures import broken, refused_page


@pytest.fixture
def page() -> Client:
    return Client(headers={"accept-language": "zh-hans"})


def test_the_front_page_offers_two_things_and_a_code(page: Client) -> None:
    text = page.get("/").content.decode()

    assert "我要举报" in text
    assert "我被处罚了，想申诉" in text
    assert 'name="code"' in text
    assert 'lang="zh-Hans"' in text


def test_the_front_page_is_complete_in_english() -> None:
    text = Client(headers={"accept-language": "en"}).get("/").content.decode()

    assert 'lang="en"' in text
    assert "I want to report something" in text


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/nothing-here/"])
def test_every_page_leads_to_where_an_account_is_frozen(page: Client, path: str) -> None:
    footer = page.get(path).content.decode().partition("<footer")[2]
    assert '<a href="/freeze/">冻结我的账号</a>' in footer


def test_a_packet_can_be_checked_here_by_the_page_that_lies_in_it(page: Client) -> None:
    answer = page.get("/check/")
    assert answer.content == packet_page.page()
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_practice_says_so_on_every_page(page: Client, settings: Settings) -> None:
    settings.GONGDAO_MODE = "practice"
    assert "练习环境" in page.get("/").content.decode()

    settings.GONGDAO_MODE = "production"
    assert "练习环境" not in page.get("/").content.decode()


def test_the_gallery_is_not_there_in_production(page: Client, settings: Settings) -> None:
    settings.GONGDAO_MODE = "local"
    assert page.get("/pieces/").status_code == 200

    settings.GONGDAO_MODE = "production"
    assert page.get("/pieces/").status_code == 404


def test_an_unknown_address_has_a_code_and_a_way_on(page: Client) -> None:
    answer = page.get("/nowhere/")

    assert answer.status_code == 404
    assert "page.not_found" in answer.content.decode()
    assert "用编码查进度" in answer.content.decode()


def test_the_appearance_is_kept_and_leads_nowhere_else(page: Client) -> None:
    answer = page.post("/appearance/", {"theme": "dark", "next": "https://evil.example/"})

    assert answer["Location"] == "/"
    assert answer.cookies["gongdao_theme"].value == "dark"
    assert 'data-theme="dark"' in page.get("/").content.decode()


def test_an_unknown_appearance_is_not_kept(page: Client) -> None:
    answer = page.post("/appearance/", {"theme": "<b>", "next": "/"})

    assert not answer.cookies["gongdao_theme"].value


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (Refused("appeal.too_late", "The window closed on {day}.", day="2026-08-29"), 409),
        (MovedOn("case.moved_on", "Read it again."), 409),
        (BadInput("report.too_long", "Use at most {most} characters.", most=20), 400),
        (GongdaoError("odd.one", "Odd."), 500),
    ],
)
def test_a_refusal_shows_its_code_and_its_hint(problem: GongdaoError, status: int) -> None:
    with translation.override("en"):
        answer = refused_page(RequestFactory().get("/"), problem)

    assert answer.status_code == status
    assert problem.code in answer.content.decode()
    assert problem.hint in answer.content.decode()


def test_what_may_not_be_seen_looks_like_what_is_not_there() -> None:
    problem = NotFound("page.not_found", "Case {number} is closed to you.", number="C-7")

    answer = refused_page(RequestFactory().get("/"), problem)

    assert answer.status_code == 404
    assert "C-7" not in answer.content.decode()


def test_the_page_for_our_own_fault_needs_nothing() -> None:
    text = broken(RequestFactory().get("/")).content.decode()

    assert "page.broken" in text
    assert "csrf" not in text
