"""What every connector to a complaint desk promises. No real one is built yet: this is the fake's.

Whoever builds one adds it to the fixture, over a protocol fake of that service.
"""

from datetime import timedelta

import pytest
from tests.fakes.clock import MONDAY
from tests.fakes.desk import MemoryDesk

from gongdao.domain.disputes.desk_ports import ComplaintDesk, SentFile
from gongdao.domain.disputes.events import Sent, StateThere
from gongdao.domain.kernel.errors import PeerFailed


@pytest.fixture
def fake() -> MemoryDesk:
    """Give a desk with three complaints, a day apart."""
    desk = MemoryDesk()
    for n in range(3):
        desk.complain(f"c{n}", MONDAY + timedelta(days=n), f"第 {n} 件")
    return desk


@pytest.fixture
def desk(fake: MemoryDesk) -> ComplaintDesk:
    """Give the same as its callers know it."""
    return fake


class TestComplaintDesk:
    def test_it_tells_all_since_a_moment_oldest_first(self, desk: ComplaintDesk) -> None:
        found = [each.external_id for each in desk.since(MONDAY + timedelta(days=1))]
        assert list(dict.fromkeys(found)) == ["c1", "c2"]
        assert list(desk.since(MONDAY + timedelta(days=9))) == []

    def test_what_came_before_a_failure_stands(self, fake: MemoryDesk, desk: ComplaintDesk) -> None:
        fake.breaks_after = 1
        coming = iter(desk.since(MONDAY))
        assert next(coming).external_id == "c0"
        with pytest.raises(PeerFailed):
            next(coming)

    def test_a_reply_stands_there_and_only_then_it_can_be_completed(
        self, desk: ComplaintDesk
    ) -> None:
        assert desk.complete("c0").how is Sent.REFUSED
        assert desk.reply("c0", "已为您退款。").how is Sent.DONE
        found = desk.read("c0")
        assert found is not None
        assert (found.replies, found.state) == (("已为您退款。",), StateThere.GOES_ON)
        assert desk.complete("c0").how is Sent.DONE
        assert (desk.read("c0") or found).state is StateThere.ENDED

    def test_an_unknown_complaint_is_none_and_takes_nothing(self, desk: ComplaintDesk) -> None:
        assert desk.read("nothing") is None
        assert desk.reply("nothing", "您好").how is Sent.REFUSED
        file = SentFile("a.png", "image/png", b"x")
        assert desk.add_material("nothing", "", [file]).how is Sent.REFUSED

    def test_a_lost_answer_is_uncertain_and_never_done(
        self, fake: MemoryDesk, desk: ComplaintDesk
    ) -> None:
        fake.loses_answers = True
        assert desk.reply("c0", "您好").how is Sent.UNCERTAIN

    def test_what_it_tells_of_people_is_kept_out_of_logs(self, desk: ComplaintDesk) -> None:
        assert "第 0 件" not in repr(desk.read("c0"))
