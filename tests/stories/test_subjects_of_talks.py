"""The subject of a negotiation is read by whoever has the code: it leads to nobody."""

import pytest
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, refused
from tests.stories.talks import SUBJECT


@pytest.mark.parametrize(
    "subject", ["订单 2601000000000001 的退款", "请联系 13800138000 商量退款", "王女士的差评"]
)
def test_a_subject_that_leads_to_somebody_opens_nothing(fakes: Stage, subject: str) -> None:
    ours, boss = merchant(fakes)
    dispute = review(fakes, ours, boss)
    door = fakes.app.disputes.talk_door
    with refused("settlement.subject_private", n=1):
        door.open(dispute, subject, boss)
    assert door.of_dispute(dispute, boss) == []
    door.open(dispute, SUBJECT, boss)
