"""The packs that we ship: they hold what the articles' tables say."""

from datetime import date
from operator import attrgetter

import pytest
from tests.fakes.house import shipped_packs

from gongdao.bootstrap import pack_problems
from gongdao.domain.policy.figures import used, wording
from gongdao.domain.policy.model import Basis
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.platform import Party
from gongdao.domain.policy.reading import dump_pack, parse_pack

BOOK = shipped_packs()
PLATFORMS = {
    *("wechat", "qq", "weibo", "douyin", "taobao", "jd", "pinduoduo", "dianping", "alipay"),
    *("dingtalk", "house"),
}
A000, A001, A003, A004 = (
    "000_e0db3b226a0a5e32",
    "001_40f9f88a08b58fc2",
    "003_a154e42743d832ae",
    "004_2ccbec195aaaa82d",
)


def newest(platform: str) -> RulePack:
    return BOOK.versions(platform)[0]


def test_every_shipped_pack_is_without_problems() -> None:
    assert pack_problems() == []
    assert set(BOOK.platforms()) == PLATFORMS


@pytest.mark.parametrize("platform", sorted(PLATFORMS))
def test_a_shipped_pack_is_in_force_and_can_be_written_and_read_again(platform: str) -> None:
    pack = BOOK.in_force(platform, date(2026, 11, 21))
    assert pack == newest(platform)
    assert parse_pack(dump_pack(pack), platform) == pack


@pytest.mark.parametrize(
    ("platform", "field", "said", "source"),
    [
        # 000 §6: the comparison of withdrawal, window and manual review
        ("wechat", "withdrawal.by", "仅投诉方可撤销", A000),
        ("weibo", "withdrawal.by", "被投诉方可申辩", A000),
        ("douyin", "withdrawal.by", "平台自主裁定", A000),
        ("taobao", "withdrawal.by", "买卖双方协商", A000),
        ("wechat", "appeal.window", "7 天", A000),
        ("weibo", "appeal.window", "3 天", A000),
        ("douyin", "appeal.handling", "5 分钟", A000),
        ("taobao", "appeal.window", "交易关闭后失效", A000),
        ("wechat", "appeal.manual_review", "85%", A000),
        ("weibo", "appeal.manual_review", "60%", A000),
        ("douyin", "appeal.manual_review", "95%", A000),
        ("taobao", "appeal.manual_review", "70%", A000),
        # 000 §4 and its last paragraph
        ("wechat", "withdrawal.first_contact", "2 小时", A000),
        ("wechat", "withdrawal.first_contact_success", "70%", A000),
        ("wechat", "withdrawal.share", "37%", A000),
        # 001 §7: the comparison of appeals
        ("wechat", "appeal.materials", "身份证和说明函", A001),
        ("wechat", "appeal.review", "人工复核", A001),
        ("qq", "appeal.handling", "4–7 天", A001),
        ("qq", "appeal.materials", "密保问题和手机验证", A001),
        ("qq", "appeal.review", "系统判定", A001),
        ("alipay", "appeal.handling", "2–5 天", A001),
        ("alipay", "appeal.materials", "交易流水和视频认证", A001),
        ("alipay", "appeal.review", "风控模型", A001),
        # 003: the comparison of disputes over reviews
        ("taobao", "review.handling", "1–3 个工作日", A003),
        ("jd", "review.handling", "1–2 个工作日", A003),
        ("pinduoduo", "review.handling", "2–4 个工作日", A003),
        ("dianping", "review.handling", "3–5 个工作日", A003),
        ("taobao", "review.success", "中等，对证据要求严格", A003),
        ("jd", "review.success", "较高，偏向商家", A003),
        ("pinduoduo", "review.success", "视情况，对恶意退款打击力度大", A003),
        ("dianping", "review.success", "中等，需证明评价不属实", A003),
        ("jd", "review.entry", "商家后台 → 维权管理", A003),
        ("dianping", "review.materials", "未消费记录、监控录像（如有）", A003),
        # 004 §7: the comparison of reports
        ("wechat", "report.entry", "三级隐藏菜单", A004),
        ("qq", "report.entry", "醒目按钮", A004),
        ("dingtalk", "report.entry", "悬浮图标", A004),
        ("weibo", "report.entry", "热键触发", A004),
        ("wechat", "report.handling", "72 小时", A004),
        ("qq", "report.handling", "24 小时", A004),
        ("dingtalk", "report.handling", "实时响应", A004),
        ("weibo", "report.handling", "1 小时", A004),
        ("wechat", "report.groups", "群主责任制", A004),
        ("qq", "report.groups", "官方巡查制", A004),
        ("dingtalk", "report.groups", "企业授权制", A004),
        ("weibo", "report.groups", "信用积分制", A004),
        ("wechat", "report.discovery", "37%", A004),
        ("weibo", "report.discovery", "82%", A004),
        ("qq", "report.discovery", "64%", A004),
    ],
)
def test_the_comparisons_of_the_articles_are_in_the_packs(
    platform: str, field: str, said: str, source: str
) -> None:
    figure = used(attrgetter(field)(newest(platform)))
    assert (wording(figure).zh, figure.source, figure.basis) == (said, source, Basis.CLAIMED)


@pytest.mark.parametrize(
    ("part", "code", "field", "said"),
    [
        ("complaints", "content_infringement", "handling", "1–3 个工作日"),
        ("complaints", "inducement", "handling", "24 小时"),
        ("complaints", "payment_fraud", "handling", "3–5 个工作日"),
        ("complaints", "account_stolen", "handling", "即时处理"),
        ("channels", "official_account", "success", "65%"),
        ("channels", "in_app", "speed", "即时反馈"),
        ("channels", "website", "speed", "1–3 个工作日"),
        ("channels", "phone", "speed", "排队等待"),
        ("violations", "inducement", "duration", "24 小时"),
        ("violations", "false_marketing", "duration", "3–7 天"),
        ("violations", "harassment", "duration", "7–15 天"),
        ("violations", "funds_fraud", "duration", "永久封禁"),
        ("violations", "political", "contention", "4 星（满分 5）"),
        ("violations", "sexual", "contention", "3 星（满分 5）"),
        ("violations", "advertising", "contention", "3 星（满分 5）"),
        ("limits", "locating", "weight", "3 星（满分 3）"),
        ("limits", "static_screenshots", "weight", "2 星（满分 3）"),
        ("limits", "law_csl47", "weight", "4 星（满分 5）"),
        ("limits", "law_pipl13", "weight", "3 星（满分 5）"),
        ("limits", "law_cc1195", "weight", "2 星（满分 5）"),
        ("aids", "friends", "needed", "3 位好友"),
        ("enterprise", "level_3", "within", "24 小时"),
        ("enterprise", "training", "at_least", "2 小时"),
        ("advice", "late_answer", "limit", "48 小时"),
        ("clocks", "pay_first_reply", "limit", "24 小时"),
        ("clocks", "pay_handled", "limit", "72 小时"),
        ("clocks", "trade_complaint_answer", "limit", "48 小时"),
    ],
)
def test_the_tables_about_wechat_are_in_its_pack(
    part: str, code: str, field: str, said: str
) -> None:
    rule = next(rule for rule in getattr(newest("wechat"), part) if rule.code == code)
    assert wording(used(getattr(rule, field))).zh == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("complaints_per_day", "230,000 件"),
        ("withdrawable", "37%"),
        ("enterprise_lead", "22%"),
        ("failed_for_materials", "62%"),
        ("ignored_differences", "38%"),
        ("broken_chain_rejections", "68%"),
        ("filter_false_positives", "32%"),
        ("fear_of_conflict", "73%"),
        ("thrown_out", "28%"),
        ("political_appeals", "41%"),
        ("sexual_divergence", "29%"),
        ("unclear_public_place", "38%"),
        ("target_is_acquaintance", "56%"),
        ("spread_against_reports", "3.2 倍"),
    ],
)
def test_the_numbers_of_the_articles_are_in_the_wechat_pack(code: str, said: str) -> None:
    told = next(s for s in newest("wechat").statistics if s.code == code)
    figure = told.share or told.number
    assert figure is not None
    assert wording(figure).zh == said


def test_what_the_seeds_leave_blank_is_marked_as_inferred_with_a_reason() -> None:
    qq = newest("qq")
    for cell in (qq.appeal.handling, qq.appeal.review, qq.report.entry, qq.report.groups):
        assert cell is not None
        assert all(figure.inferred and figure.note for figure in cell)
    assert qq.report.discovery is not None
    assert not qq.report.discovery[0].inferred


def test_where_sources_disagree_all_stand_and_one_is_used() -> None:
    handling = newest("wechat").appeal.handling
    assert handling is not None
    assert [(str(f.value), f.used) for f in handling] == [("1-3wd", True), ("1-3d", False)]


@pytest.mark.parametrize(
    ("platform", "party"),
    [
        ("wechat", Party.COMPLAINANT),
        ("weibo", Party.RESPONDENT),
        ("douyin", Party.PLATFORM),
        ("taobao", Party.BOTH),
    ],
)
def test_who_may_withdraw_can_be_asked(platform: str, party: Party) -> None:
    assert newest(platform).withdrawal.party is party


@pytest.mark.parametrize("platform", ["taobao", "jd", "pinduoduo", "dianping"])
def test_opinion_and_deletion_are_no_grounds_against_a_review(platform: str) -> None:
    review = newest(platform).review
    assert [ground.code for ground in review.grounds] == [
        "irrelevant",
        "abuse",
        "not_received",
        "competitor",
        "extortion",
    ]
    assert [ground.code for ground in review.not_grounds] == ["opinion", "deletion"]


def test_nobody_is_advised_to_pay_for_a_withdrawal() -> None:
    for pack in (newest(platform) for platform in BOOK.platforms()):
        for advice in pack.advice:
            assert "红包" not in advice.title.zh
