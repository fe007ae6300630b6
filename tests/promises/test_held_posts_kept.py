"""What is promised of texts that wait: found by who waits for them, by author, and in order."""

from datetime import timedelta

from tests.stories.posts_of import APP, BAD, CLEAN, MILD, hand_in, with_three_words
from tests.stories.stage import Stage, refused

from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.ids import DecisionId
from gongdao.domain.screening.posts import HeldPostId, Level, PostStage


class TestHeldPosts:
    def test_each_list_holds_what_it_is_for_in_its_order(self, stage: Stage) -> None:
        stage = with_three_words(stage)
        kept, now = stage.records.held_posts, stage.clock()
        stage.app.owning.name("g-1", ["wang_wu"], "周末跑步群", 80, APP)
        desk, owner, clock = hand_in(stage, BAD), hand_in(stage, BAD, place="g-1"), ""
        stage.clock.pass_(minutes=1)
        clock, over = hand_in(stage, MILD), hand_in(stage, CLEAN, author="qian_qi")
        author, group = kept.get(desk).now.author, kept.get(owner).now.group
        assert group is not None

        assert [h.now.id for h in kept.waiting([Level.DESK, Level.CLOCK], 9)] == [clock, desk]
        assert [h.now.id for h in kept.waiting(list(Level), 9, HeldPostId(clock))] == [owner, desk]
        assert [h.now.id for h in kept.waiting(list(Level), 1, HeldPostId(over))] == [clock]
        assert [kept.how_many([Level.DESK, Level.CLOCK], most) for most in (9, 1)] == [2, 1]
        assert [h.now.id for h in kept.of_author(author, 9, HeldPostId(clock))] == [owner, desk]
        assert [h.now.id for h in kept.waiting_in(group, 9)] == [owner]
        assert [kept.how_many_in(group, most) for most in (9, 0)] == [1, 0]
        assert [h.now.id for h in kept.of_author(author, 9)] == [clock, owner, desk]
        assert [h.now.id for h in kept.listed(2)] == [over, clock]
        assert [h.now.id for h in kept.listed(9, HeldPostId(clock))] == [owner, desk]
        assert [h.now.id for h in kept.listed(9, None, PostStage.APPEARED)] == [over]
        assert kept.of_decision(DecisionId(stage.records.new_id())) is None
        with refused("not_found", NotFound):
            kept.listed(9, HeldPostId(stage.records.new_id()))
        with stage.records.work():
            assert list(kept.due(now, 9)) == []
            due = kept.due(now + timedelta(minutes=16), 9)
            assert [h.now.id for h in due] == [clock]
            assert due[0].version == 1
