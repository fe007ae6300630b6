"""A packet tells no reviewer what others think of an appeal that is still being heard."""

import pytest
from tests.stories.stage import REASONS, Stage, show_on_pages
from tests.stories.test_hearings import OPINION, House

from gongdao.bootstrap import packets
from gongdao.domain.access.model import Caller
from gongdao.domain.appeals.opinions import Leaning
from gongdao.domain.evidence.packing import Wanted
from gongdao.domain.flows.packing import Gathered

ANCHORS = {"appeal.weighed", "appeal.opinion_written", "appeal.note_added"}


def gathered(house: House, caller: Caller) -> Gathered:
    """What a packet would hold."""
    return packets.packing().gather(house.case, caller, Wanted())


def test_what_would_anchor_is_left_out_until_the_appeal_has_ended(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    house = House(postgres)
    appeal = house.appealed()
    hears = house.hears(appeal)
    hearings = postgres.app.around_appeals.hearings
    hearings.write_opinion(appeal, Leaning.OVERTURN, OPINION, hears)
    hearings.note(appeal, "内部备注一条，写给同事看的。", hears)
    (colleague, *_) = house.others(hears)
    for caller in (colleague, house.ana, hears, house.op):
        held = gathered(house, caller)
        assert not ANCHORS & {record.what for record in held.records}
        assert {"appeal.filed"} <= {record.what for record in held.records}
        assert OPINION not in repr((held.texts, held.timeline, held.records))
        assert ("hearing", "under_way") in {(left.what, left.why) for left in held.left_out}
    postgres.app.reviewing.uphold(appeal, REASONS, hears)
    held = gathered(house, colleague)
    assert {record.what for record in held.records} >= ANCHORS
    assert OPINION in {text.text for text in held.texts}
    assert "hearing" not in {left.what for left in held.left_out}
