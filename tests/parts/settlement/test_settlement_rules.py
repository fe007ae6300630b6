"""Whatever both sides do: nothing forbidden is agreed on, and a stop is a stop."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stories.stage import stage_on_fakes
from tests.stories.talks import NAME, Talk

from gongdao.domain.flows.negotiating import Offered
from gongdao.domain.flows.talk_door import Chair
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.settlement.events import (
    MessageSent,
    OfferAccepted,
    OfferKind,
    OfferMade,
    Side,
    TalkStopped,
)

FORBIDDEN = "退款之后您把差评删掉。"
HONEST = "三天内退还货款。"
STEPS = ("honest", "forbidden", "withdraw", "say", "accept", "accept_last", "stop", "wait", "back")


def act(talk: Talk, chair: Chair, step: str) -> None:
    """One step of one side."""
    story, last = talk.stories.negotiating, len(chair.now.offers)
    refund = {"honest": HONEST, "forbidden": FORBIDDEN, "withdraw": "退款后您撤回投诉。"}
    steps: dict[str, Callable[[], object]] = {
        "say": lambda: talk.say(chair, "您好。"),
        "accept": lambda: story.accept(chair, 1, NAME),
        "accept_last": lambda: story.accept(chair, last, NAME),
        "stop": lambda: story.stop(chair),
        "back": lambda: story.take_back(chair, last),
        "wait": lambda: talk.stage.clock.pass_(days=2),
    }
    if step in refund:
        talk.offer(chair, Offered(OfferKind.REFUND, Side.INVITER, refund[step], 500))
    else:
        steps[step]()


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(STEPS)), max_size=12))
def test_no_sequence_of_steps_leads_to_what_nobody_may_agree_on(
    moves: list[tuple[bool, str]],
) -> None:
    talk = Talk(stage_on_fakes())
    for ours, step in moves:
        talk.stage.clock.pass_(minutes=1)
        try:
            act(talk, talk.ours if ours else talk.theirs, step)
        except GongdaoError:
            continue
    events = [each.event for each in talk.stage.records.settlements.history(talk.id)]
    offers = [each for each in events if isinstance(each, OfferMade)]
    texts = [talk.stage.records.opened(i.text) for each in offers for i in each.items]
    assert set(texts) <= {HONEST}
    agreed = [each for each in events if isinstance(each, OfferAccepted)]
    assert len(agreed) <= 1
    assert all(each.at < offers[each.offer - 1].until for each in agreed)
    stopped = [n for n, each in enumerate(events) if isinstance(each, TalkStopped)]
    after = events[stopped[0] + 1 :] if stopped else []
    assert not [each for each in after if isinstance(each, MessageSent | OfferMade)]
    assert all(each.until - each.at <= timedelta(days=30) for each in offers)
