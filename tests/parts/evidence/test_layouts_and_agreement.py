from datetime import UTC, datetime, time

from tests.parts.evidence.read_pictures import line, recorded, screen
from tests.parts.house_pack import shipped

from gongdao.domain.evidence.agreement import Remark, times_noticed
from gongdao.domain.evidence.clock_shown import ClockShown, Place, clock_shown
from gongdao.domain.evidence.layouts import Missing, layout_of, whole_screen
from gongdao.domain.evidence.read_facts import facts_in, facts_of
from gongdao.domain.evidence.reading import Box

POLICY = shipped.pictures()
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_a_bill_is_recognised_by_its_layout_and_not_by_a_name() -> None:
    seen = layout_of(recorded("bill_split"), POLICY.layouts)
    assert seen is not None
    assert (seen.platform, seen.screen) == ("wechat", "bill")
    assert layout_of(screen(line("加我微信聊", 40, 400)), POLICY.layouts) is None


def test_a_whole_screen_has_a_clock_and_a_telephones_shape() -> None:
    whole = recorded("bill_split")
    assert whole_screen(whole, clock_shown(whole), POLICY.whole) == ()
    cut = screen(line("订单详情", 400, 60), height=1500)
    assert whole_screen(cut, clock_shown(cut), POLICY.whole) == (Missing.CLOCK, Missing.SHAPE)


def test_a_day_that_the_statement_names_fits_within_the_policys_room() -> None:
    shown = facts_in("创建时间 2026-11-03 12:33:41")
    [fits] = times_noticed(shown, None, facts_in("11月4日他又发了"), NOW, POLICY.agreement.days)
    assert fits.remark is Remark.SAME_DAY
    [other] = times_noticed(shown, None, facts_in("9月18日他发的"), NOW, POLICY.agreement.days)
    assert other.remark is Remark.OTHER_DAYS


def test_a_moment_after_the_upload_and_a_time_after_the_clock_are_pointed_out() -> None:
    later = facts_of(screen(line("2026-12-24", 400, 300)))
    [after] = times_noticed(later, None, [], NOW, 1)
    assert after.remark is Remark.AFTER_UPLOAD
    clock = ClockShown(time(18, 2), Place.STATUS_BAR, Box(0, 0, 1, 1), 1.0)
    chat = facts_of(screen(line("20:41", 480, 400), line("今晚 20:30 开会", 120, 600)))
    [late] = times_noticed(chat, clock, [], NOW, 1)
    assert (late.remark, [fact.written for fact in late.by]) == (Remark.AFTER_CLOCK, ["20:41"])
    assert late.confidence < 0.6
