"""A firm at level 2, the operator's roster, and the calendar of what is due."""

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from tests.stories.stage import Stage, refused, violation
from tests.stories.test_firms import verified

from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.duty.model import ComplaintId, Rung
from gongdao.domain.flows.tiering import ComplaintView, Incoming, Tiering
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import Role

WEEK = "day,from,to,person\n" + "".join(
    f"{day},09:00,18:00,ana\n{day},18:00,22:00,ben\n" for day in ("Mon", "Tue", "Wed", "周四", "5")
)


def tiers(stage: Stage) -> Tiering:
    return stage.app.around_appeals.tiers


def told(stage: Stage, complaint: ComplaintId) -> list[tuple[str, str]]:
    found: Any = stage.notices(complaint)
    return [(n.template, n.to) for n in found]


def entries(stage: Stage, link: str) -> dict[str, Any]:
    text = stage.app.around_appeals.dating.feed(link.rsplit("/", 1)[1].removesuffix(".ics"))
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    assert text.count("\n") == text.count("\r\n")
    return {str(e["UID"]): e for e in icalendar.Calendar.from_ical(text).walk("VEVENT")}


def test_a_firm_at_level_2(stage: Stage) -> None:
    shop, ana = stage.account("li_si"), stage.hire("ana", Role.REVIEWER)
    given = Incoming("l2", "消费者张某通过 12315 投诉耳机无声，要求退款。", "D2026030200017")
    with refused("firm.not_verified"):
        tiers(stage).enter(given, shop)
    verified(stage, shop, ana)
    with refused("duty.unknown_tier", BadInput):
        tiers(stage).enter(Incoming("l9", "x"), shop)
    complaint = tiers(stage).enter(given, shop)
    view = tiers(stage).open(complaint, shop)
    apology, answer = view.duties
    assert apology.clock is not None
    assert apology.clock.due_at - stage.clock() == timedelta(hours=48)
    assert [paper.code for paper in view.papers] == [
        "purchase_proof",
        "apology_text",
        "answer_text",
    ]
    assert "致歉" in view.papers[1].title_zh
    tiers(stage).paper(complaint, "purchase_proof", "订单截图，编号 88", "", shop)
    tiers(stage).done(complaint, apology.id, "视频已发给投诉人，09:40", "", shop)
    with refused("duty.done_already"):
        tiers(stage).done(complaint, apology.id, "又一次", "", shop)
    stage.tick(days=8)
    late = tiers(stage).open(complaint, shop)
    assert late.duties[1].clock is not None
    assert late.duties[1].clock.late
    tiers(stage).done(complaint, answer.id, "书面答复已寄出", "", shop)
    assert not tiers(stage).open(complaint, shop).complaint.is_open
    assert [t for t, _ in told(stage, complaint)] == ["duty_missed"]
    for stranger in (NOBODY, stage.account("zhang_san"), ana):
        with refused("not_found", NotFound):
            tiers(stage).open(complaint, stranger)


def asked(view: ComplaintView) -> list[tuple[str, Rung]]:
    return [(each.name, each.rung) for each in view.asked]


def test_nobody_answers_and_each_is_asked_once(stage: Stage) -> None:
    ana, ben = stage.hire("ana", Role.REVIEWER), stage.hire("ben", Role.REVIEWER)
    chief = stage.hire("chief", Role.SENIOR_REVIEWER)
    rosters = stage.app.around_appeals.rosters
    with refused("roster.unknown_person", BadInput, line=2):
        rosters.read_in(b"day,from,to,person\nMon,09:00,18:00,zoe\n", "chief", chief)
    with refused("roster.none"):
        rosters.hand_over("明早有人来电。", ana)
    rosters.read_in(WEEK.encode(), "chief", chief)
    complaint = tiers(stage).enter(Incoming("l1", "网信办转办，要求说明情况。"), ana, own=True)
    assert asked(tiers(stage).open(complaint, ben)) == [("ana", Rung.ON_DUTY)]
    for _ in range(4):
        stage.tick(hours=2, seconds=1)
        stage.tick(seconds=1)
    view = tiers(stage).open(complaint, chief)
    assert asked(view) == [
        ("ana", Rung.ON_DUTY), ("ben", Rung.NEXT), ("chief", Rung.RESPONSIBLE),
    ]  # fmt: skip
    assert view.complaint.unanswered
    people = [to for template, to in told(stage, complaint) if template != "duty_missed"]
    assert people == [ana.person, ben.person, chief.person]
    tiers(stage).take(complaint, chief)
    assert tiers(stage).open(complaint, chief).taken_by == "chief"
    with refused("duty.taken"):
        tiers(stage).take(complaint, ana)


def test_the_roster_says_who_is_on_duty_and_where_nobody_is(fakes: Stage) -> None:
    ana, ben = fakes.hire("ana", Role.REVIEWER), fakes.hire("ben", Role.REVIEWER)
    chief = fakes.hire("chief", Role.SENIOR_REVIEWER)
    rosters = fakes.app.around_appeals.rosters
    rosters.read_in((WEEK + "2026-03-03,09:00,18:00,nobody\n").encode(), "chief", chief)
    rosters.hand_over("明早 9 点 12315 会来电。", ana)
    board = rosters.board(ben)
    assert (board.on_duty, board.next_one, board.responsible) == ("ana", "ben", "chief")
    gaps = [(f"{g.begins:%m-%d %H:%M}", f"{g.ends:%m-%d %H:%M}") for g in board.gaps[:2]]
    assert gaps == [("03-02 22:00", "03-03 18:00"), ("03-03 22:00", "03-04 09:00")]
    assert (board.notes[0].words, board.notes[0].to) == ("明早 9 点 12315 会来电。", "ben")
    rosters.read_in(board.table.encode(), "chief", chief)
    assert rosters.board(ben).gaps == board.gaps, "what is taken out reads as the same"
    with refused("not_found", NotFound):
        rosters.board(fakes.account("li_si"))


def test_a_feed_of_deadlines_that_move_and_end(stage: Stage) -> None:
    li_si, ana = stage.account("li_si"), stage.hire("ana", Role.REVIEWER)
    dating = stage.app.around_appeals.dating
    receipt = stage.accepted(ana)
    stage.app.investigating.request_answer(receipt.case, "请说明这条评论的上下文。", ana)
    link = dating.make(li_si)
    assert link.startswith(f"{stage.records.address}/calendar/")
    (uid, entry), *rest = entries(stage, link).items()
    assert (uid.split("-")[0], rest) == ("deadline", [])
    assert entry["STATUS"] == "CONFIRMED"
    assert "陈述截止" in entry["SUMMARY"]
    assert entry["DTSTART"].dt.utcoffset() == timedelta(hours=8)
    assert [a["TRIGGER"].dt for a in entry.walk("VALARM")] == [
        -timedelta(hours=24),
        -timedelta(hours=2),
    ]
    assert not any(word in entry.to_ical().decode() for word in ("post-81", "zhang", "废物"))
    stage.app.investigating.answer(receipt.case, "我是在引用别人骂我的话，请看上下文。", li_si)
    ended = entries(stage, link)[uid]
    assert ended["STATUS"] == "CANCELLED"
    assert int(ended["SEQUENCE"]) > int(entry["SEQUENCE"])
    stage.app.deciding.decide(receipt.case, violation(), ana)
    assert {u.split("-")[0] for u in entries(stage, link)} == {"deadline", "window"}
    again = dating.make(li_si)
    for dead in (link, f"{link[:-8]}x.ics"):
        with refused("not_found", NotFound):
            entries(stage, dead)
    dating.revoke(li_si)
    with refused("not_found", NotFound):
        entries(stage, again)
    assert dating.made_at(li_si) is None


@pytest.mark.parametrize("who", [NOBODY, Caller(None)])
def test_nobody_makes_a_feed_without_a_sign_in(fakes: Stage, who: Caller) -> None:
    with refused("not_found", NotFound):
        fakes.app.around_appeals.dating.make(who)
