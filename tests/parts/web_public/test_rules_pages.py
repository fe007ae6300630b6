"""The rules and the comparison: whole, with sources, and with a mark on every claim."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from gongdao import bootstrap
from gongdao.domain.policy.model import CasePolicy

pytestmark = pytest.mark.django_db


def house() -> CasePolicy:
    cases = bootstrap.app().packs.versions("house")[0].cases
    assert cases is not None
    return cases


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_clause_stands_once_with_both_kinds_of_examples(
    client: Client, language: str
) -> None:
    page = client.get("/rules/", headers={"accept-language": language}).content.decode()

    for clause in house().clauses:
        assert page.count(f'id="clause-{clause.code}"') == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_rules_say_their_times_levels_and_ways_outside(client: Client) -> None:
    page = client.get("/rules/", headers={"accept-language": "en"}).content.decode()

    for said in ("48 hours", "7 working days", "180 days", "15 working days", "12377", "claimed"):
        assert said in page


def test_the_rules_say_what_misuse_is_and_what_is_none(client: Client) -> None:
    """Regulation (EU) 2022/2065, article 23 (4): the policy, with examples and lengths."""
    standing = bootstrap.app().packs.versions("house")[0].standing
    assert standing is not None
    page = client.get("/rules/", headers={"accept-language": "en"}).content.decode()

    for each in (*standing.misuse.examples, *standing.misuse.counter_examples):
        assert escape(each.en) in page
    for said in ("From 3 marks within 90 days on", "30 days at most", "within 10 working days"):
        assert said in page


@pytest.mark.parametrize(
    "platform",
    [
        "wechat",
        "qq",
        "weibo",
        "douyin",
        "taobao",
        "jd",
        "pinduoduo",
        "dianping",
        "alipay",
        "dingtalk",
    ],
)
def test_every_platform_has_a_page_with_sources(client: Client, platform: str) -> None:
    page = client.get(f"/rules/{platform}/").content.decode()

    assert page.count('class="cell-source"') == page.count('class="cell-text"') > 0
    assert 'class="claimed"' in page


def test_unknown_platforms_and_topics_are_refused_kindly(client: Client) -> None:
    assert client.get("/rules/myspace/").status_code == 404
    assert client.get("/rules/house/").headers["Location"] == "/rules/"
    assert client.get("/rules/compare/?p=myspace&about=appeal").status_code == 400
    assert client.get("/rules/compare/?p=wechat&about=weather").status_code == 400
    assert client.get("/rules/compare/?about=appeal").status_code == 400


def test_platforms_stand_side_by_side(client: Client) -> None:
    page = client.get(
        "/rules/compare/?p=wechat&p=taobao&about=appeal", headers={"accept-language": "en"}
    ).content.decode()

    head = page.partition("<thead>")[2].partition("</thead>")[0]
    assert head.index("WeChat") < head.index("Taobao")
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0].split("<tr>")[1:]
    assert {row.count("<td>") for row in rows} == {2}
    assert "claimed" in page
