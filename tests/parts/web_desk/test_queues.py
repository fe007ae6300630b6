"""The queue: what stands in it and why, how it goes on, and what it costs."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.parts.web_desk.at_the_desk import page, staff
from tests.parts.web_desk.conftest import SignIn
from tests.promises.makings import kept_case
from tests.stories.files_of import brought
from tests.stories.stage import Stage

from gongdao.domain.kernel.events import SYSTEM
from gongdao.domain.notices.model import Channel, NoticeFailed

QUERIES_OF_A_QUEUE = 7
QUERIES_OF_A_CASE = 28
"""Of these one reads all exhibits with their events, and one their names."""
QUERIES_OF_AN_APPEAL = 39
"""While one is open: its clock, what is asked with it, and whether two people answer for it."""


def links(shown: str) -> list[str]:
    return re.findall(r'data-queue-item><a href="([^"]+)"', shown)


@pytest.mark.parametrize(
    "name", ["received", "investigating", "appeals", "all_appeals", "overdue", "decided", "all"]
)
def test_an_empty_queue_says_so(stage: Stage, ana: Client, name: str) -> None:
    shown = page(ana, f"/desk/?queue={name}")
    assert 'class="empty-title"' in shown
    assert links(shown) == []


def test_each_case_says_why_it_stands_there(stage: Stage, sign_in: SignIn) -> None:
    desk = sign_in("cy")
    stage.report(account="a1")
    stage.accepted(staff("ana"), account="a2")
    asked = stage.accepted(staff("ana"), account="a3").case
    stage.app.investigating.request_answer(asked, "请说明您为什么在评论里这样说。", staff("ana"))
    stage.appealed(stage.decided(staff("ana")))
    assert "Waits for the acceptance check" in page(desk, "/desk/")
    looked_into = page(desk, "/desk/?queue=investigating")
    assert "waits for a question or the decision" in looked_into
    assert "Waits for the answer of the person concerned" in looked_into
    assert "An appeal waits for its outcome" in page(desk, "/desk/?queue=all_appeals")
    stage.tick(days=3)
    assert "No answer came; waits for the decision" in page(desk, "/desk/?queue=investigating")


def test_a_long_queue_goes_on_and_a_case_keeps_its_place_in_it(stage: Stage, ana: Client) -> None:
    for number in range(35):
        kept_case(stage, stage.clock() + timedelta(hours=number))
    first = page(ana, "/desk/")
    assert len(links(first)) == 30
    (more,) = re.findall(r'href="([^"]+)" rel="next"', first)
    second = page(ana, more.replace("&amp;", "&"))
    assert len(links(second)) == 5
    opened = page(ana, links(second)[1].replace("&amp;", "&"))
    assert links(opened) == links(second)
    assert 'aria-current="true"' in opened
    (after,) = re.findall(r'href="([^"]+)" data-next', opened)
    assert after == links(second)[2]


def test_a_withdrawn_case_is_found_among_all(stage: Stage, ana: Client) -> None:
    zhang = stage.account("zhang_san")
    case = stage.report(zhang).case
    stage.app.reporting.withdraw(case, "已经与对方谈妥。", zhang)
    assert links(page(ana, "/desk/?queue=decided")) == []
    (shown,) = links(page(ana, "/desk/?queue=all"))
    assert case in shown
    assert "Withdrawn, closed" in page(ana, "/desk/?queue=all")


def test_only_who_hears_appeals_has_a_queue_of_their_own(stage: Stage, sign_in: SignIn) -> None:
    assert "My appeals" in page(sign_in("cy"), "/desk/")
    assert "My appeals" not in page(sign_in("op"), "/desk/")


def test_a_queue_narrows_to_a_category(stage: Stage, ana: Client) -> None:
    kept_case(stage)
    kept_case(stage, category="fraud")
    assert len(links(page(ana, "/desk/"))) == 2
    narrowed = page(ana, "/desk/?queue=received&category=fraud")
    assert len(links(narrowed)) == 1
    assert "category=fraud" in links(narrowed)[0]


def test_a_broken_cursor_is_a_clear_refusal(stage: Stage, ana: Client) -> None:
    assert "page.broken_cursor" in page(ana, "/desk/?cursor=x", 400)
    assert page(ana, "/desk/?queue=no-such-queue&category=no-such")


def test_undelivered_notices_name_whom_they_were_for_and_no_address(
    stage: Stage, ana: Client
) -> None:
    assert "Everything was delivered." in page(ana, "/desk/undelivered/")
    case = stage.report(contact="zhang.san@example.org").case
    (notice,) = stage.notices(case)
    held = stage.records.notices.get(notice.id)
    failed = NoticeFailed(
        at=stage.clock(), by=SYSTEM, channel=Channel.EMAIL, error="mail.refused", final=False
    )
    stage.records.notices.add(notice.id, [failed], after=held.version)
    shown = page(ana, "/desk/undelivered/")
    assert "To: Reporter." in shown
    assert f"/desk/{case}/" in shown
    assert "zhang.san" not in shown


@pytest.mark.parametrize("cases", [1, 25])
def test_a_queue_costs_the_same_at_any_length(
    stage: Stage, ana: Client, cases: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(cases):
        kept_case(stage)
    page(ana, "/desk/")
    with django_assert_max_num_queries(QUERIES_OF_A_QUEUE):
        page(ana, "/desk/")


def test_a_case_costs_a_bounded_number_of_questions(
    stage: Stage, ana: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    decision = stage.decided(staff("ana"))
    case = stage.decision(decision).case
    brought(stage, case, stage.account("li_si"))
    for _ in range(10):
        kept_case(stage)
    page(ana, f"/desk/{case}/")
    with django_assert_max_num_queries(QUERIES_OF_A_CASE):
        page(ana, f"/desk/{case}/")
    stage.appealed(decision)
    with django_assert_max_num_queries(QUERIES_OF_AN_APPEAL):
        page(ana, f"/desk/{case}/")


def test_the_rule_beside_the_form_is_a_fragment(stage: Stage, ana: Client) -> None:
    case = stage.accepted(staff("ana")).case
    shown = page(ana, f"/desk/{case}/clause/?clause=abuse.violence")
    assert "<html" not in shown
    assert 'id="clause-abuse.violence"' in shown
    assert "The ladder says:" in shown
    assert f'hx-get="/desk/{case}/clause/"' in page(ana, f"/desk/{case}/")
    assert 'id="clause-abuse.insult"' in page(ana, f"/desk/{case}/clause/?clause=no.such")


def test_a_word_of_the_reporter_is_folded(stage: Stage, ana: Client) -> None:
    case = stage.report().case
    shown = page(ana, f"/desk/{case}/")
    assert '<details class="folded" data-fold><summary>' in shown
    assert "snapshot-sensitive" in shown
