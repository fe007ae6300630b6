"""The checks on material, case by case: passed, to be mended, or asked."""

from dataclasses import replace
from datetime import date

import pytest
from tests.parts.house_pack.shipped import pack as house_pack

from gongdao.domain.appeals.completeness import State, state_of
from gongdao.domain.appeals.material_rules import (
    Attached,
    Finding,
    Mend,
    Passed,
    Period,
    Reading,
    Unsure,
    check,
    credit_codes,
)
from gongdao.domain.appeals.standard import Brought
from gongdao.domain.kernel.ids import ExhibitId
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.evidence_standard import EvidenceStandard, Listed, Material
from gongdao.domain.policy.material_checks import (
    Check,
    Conversation,
    Dated,
    LicenceNumber,
    Mentions,
    Pages,
    Readable,
    SideCues,
    Sides,
    StatusBar,
    Timeline,
    WholeScreen,
    WithinPeriod,
)

ASK = Words(zh="是吗？", en="Is it so?")
PERIOD = Period(date(2025, 3, 1), date(2026, 3, 2))
PICTURE = Attached(
    ExhibitId("e"), "jpg", Reading.READ, picture=True, width=1200, height=900,
    confidence=95, text="中华人民共和国居民身份证",
)  # fmt: skip
PAPER = Attached(ExhibitId("p"), "pdf", Reading.READ, text="二月二十七日上午我在家里用手机登录")
SCAN = replace(PAPER, text="")
UNREAD = replace(PICTURE, reading=Reading.UNREAD, text="")
CLOSED = replace(PAPER, reading=Reading.CLOSED, text="")

READABLE = Readable(check="readable", characters=10, confidence=70, short_side=480, question=ASK)
FRONT = SideCues(code="front", title=ASK, cues=("姓名", "公民身份号码"), least=2, number=True)
BACK = SideCues(code="back", title=ASK, cues=("居民身份证", "签发机关"), least=2)
SIDES = Sides(check="sides", sides=(FRONT, BACK), question=ASK)
IS_FRONT = replace(PICTURE, text="姓名韦小宝", id_number=True)
IS_BACK = replace(PICTURE, text="居民身份证签发机关某市公安局")
DATED = Dated(check="dated", question=ASK)
WITHIN = WithinPeriod(check="within_period", question=ASK)
STATUS, WHOLE = StatusBar(check="status_bar", question=ASK), WholeScreen(check="whole_screen")
TIMES = Timeline(check="timeline", times=2, question=ASK)
DEVICE = Mentions(check="mentions", code="device", what=ASK, words=("手机", "iPhone"), question=ASK)
TALK = Conversation(check="conversation", messages=3, question=ASK)
LICENCE = LicenceNumber(check="licence_number", question=ASK)
PAGES = Pages(check="pages", most=20)


def on(day: date, file: Attached = PAPER) -> Attached:
    return replace(file, days=(day,))


TABLE: list[tuple[Check, list[Attached], str]] = [
    (READABLE, [PICTURE], "passed"),
    (READABLE, [replace(PICTURE, width=300)], "mend too_small"),
    (READABLE, [replace(PICTURE, text="身份")], "mend little_text"),
    (READABLE, [replace(PICTURE, confidence=40)], "mend blurred"),
    (READABLE, [CLOSED], "mend cannot_open"),
    (READABLE, [SCAN], "ask little_text"),
    (READABLE, [UNREAD], "ask little_text"),
    (READABLE, [PICTURE, replace(PICTURE, confidence=40)], "mend blurred"),
    (SIDES, [IS_FRONT, IS_BACK], "passed"),
    (SIDES, [replace(PICTURE, text=IS_FRONT.text + IS_BACK.text, id_number=True)], "passed"),
    (SIDES, [IS_FRONT], "mend side_missing"),
    (SIDES, [IS_FRONT, IS_FRONT], "mend side_missing"),
    (SIDES, [IS_FRONT, replace(PICTURE, text="看不清的一面")], "ask side_missing"),
    (SIDES, [replace(PICTURE, text="看不清的一面")], "mend side_missing"),
    (DATED, [on(date(2026, 2, 27))], "passed"),
    (DATED, [PAPER], "mend no_date"),
    (DATED, [SCAN], "ask no_date"),
    (DATED, [replace(PAPER, days_without_year=True)], "ask no_date"),
    (WITHIN, [on(date(2026, 3, 2))], "passed"),
    (WITHIN, [on(date(2025, 3, 1))], "passed"),
    (WITHIN, [on(date(2026, 3, 3))], "mend later_than_today"),
    (WITHIN, [on(date(2026, 2, 1)), on(date(2026, 3, 3))], "ask later_than_today"),
    (WITHIN, [on(date(2025, 2, 28))], "mend too_old"),
    (WITHIN, [on(date(2020, 1, 1)), on(date(2026, 2, 1))], "passed"),
    (WITHIN, [replace(PAPER, days_without_year=True)], "ask no_date"),
    (WITHIN, [PAPER], "mend no_date"),
    (WITHIN, [UNREAD], "ask no_date"),
    (STATUS, [replace(PICTURE, clock=True)], "passed"),
    (STATUS, [PICTURE], "ask no_clock"),
    (WHOLE, [replace(PICTURE, whole=True)], "passed"),
    (WHOLE, [PICTURE], "mend not_whole"),
    (TIMES, [replace(PAPER, times=2)], "passed"),
    (TIMES, [replace(PAPER, times=1), replace(PAPER, times=1)], "passed"),
    (TIMES, [replace(PAPER, times=1)], "mend few_times"),
    (TIMES, [SCAN], "ask few_times"),
    (DEVICE, [PAPER], "passed"),
    (DEVICE, [replace(PAPER, text="用IPHONE登录")], "passed"),
    (DEVICE, [replace(PAPER, text="用微波炉登录")], "ask not_mentioned"),
    (TALK, [replace(PAPER, messages=3)], "passed"),
    (TALK, [replace(PAPER, messages=2)], "mend few_messages"),
    (TALK, [PICTURE], "ask few_messages"),
    (TALK, [replace(PAPER, messages=2), PICTURE], "ask few_messages"),
    (LICENCE, [replace(PICTURE, text="统一社会信用代码91350100M000100Y43")], "passed"),
    (
        LICENCE,
        [replace(PICTURE, text="统一社会信用代码91350100M000100Y44")],
        "ask no_licence_number",
    ),
    (PAGES, [replace(PAPER, pages=20)], "passed"),
    (PAGES, [replace(PAPER, pages=21)], "mend too_many_pages"),
]


@pytest.mark.parametrize(("rule", "files", "wanted"), TABLE)
def test_a_check_passes_finds_or_asks(rule: Check, files: list[Attached], wanted: str) -> None:
    match check(rule, files, PERIOD):
        case Passed():
            said = "passed"
        case Mend(finding):
            said = f"mend {finding.says}"
        case Unsure(finding):
            said = f"ask {finding.says}"
    assert said == wanted


def test_a_check_without_a_question_says_what_to_mend() -> None:
    silent = LICENCE.model_copy(update={"question": None})
    assert check(silent, [PICTURE], PERIOD) == Mend(Finding("no_licence_number"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("代码：91350100M000100Y43。", 1),
        ("91350100m000100y43", 1),
        ("91350100M000100Y34", 0),
        ("91350100M000100I43", 0),
        ("9135010M000100Y43", 0),
    ],
)
def test_a_credit_code_is_one_that_checks_out(text: str, found: int) -> None:
    assert len(credit_codes(text)) == found


def standard() -> EvidenceStandard:
    found = house_pack().standard
    assert found is not None
    return found


def material(code: str) -> Material:
    found = standard().material(code)
    assert found is not None
    return found


def state(code: str, files: list[Attached], **answers: bool) -> State:
    brought = Brought(tuple(f.exhibit for f in files), answers)
    return state_of(Listed(material(code), required=True), brought, files, PERIOD).state


def test_the_states_of_a_pledge() -> None:
    scan = replace(
        PICTURE, text="承诺书我会改正并由本人检查全部内容共二十个字以上", days=(date(2026, 3, 1),)
    )
    assert state("pledge", []) is State.MISSING
    assert state("pledge", [replace(scan, reading=Reading.WAITING)]) is State.BEING_READ
    assert state("pledge", [scan]) is State.ASKED
    assert state("pledge", [scan], signed=True) is State.PASSED
    assert state("pledge", [scan], signed=False) is State.TO_MEND
    assert state("pledge", [replace(scan, days=())], signed=True) is State.TO_MEND
    assert state("pledge", [replace(scan, format="mp4")], signed=True) is State.TO_MEND
    signed_elsewhere = state_of(
        Listed(material("pledge"), required=True), Brought(), [], PERIOD, proven=True
    )
    assert signed_elsewhere.state is State.PASSED


def test_what_was_read_stands_in_nothing_that_is_printed() -> None:
    assert "公安局" not in repr(IS_BACK)
