"""Negotiations, as stories begin with them."""

from datetime import timedelta

from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.negotiating import Offered
from gongdao.domain.flows.talk_door import Chair
from gongdao.domain.kernel.ids import DisputeId, SettlementId
from gongdao.domain.settlement.events import OfferKind, Side

SUBJECT = "一条茶叶包装破损的评价"
WORD = "青花瓷杯子 81"
NAME = "买茶的小周"
REPLACEMENT = Offered(OfferKind.REPLACEMENT, Side.INVITER, "三天内补发一盒同款茶叶，运费由我们出。")
APOLOGY = Offered(OfferKind.APOLOGY, Side.INVITER, "在评价下书面道歉，并说明包装已经改进。")


class Talk:
    """One negotiation with both of its sides."""

    def __init__(self, stage: Stage, *, enter: bool = True, platform: str = "wechat") -> None:
        self.stage, self.stories = stage, stage.app.disputes
        ours, self.boss = merchant(stage)
        self.dispute: DisputeId = review(
            stage, ours, self.boss, platform, text="包装破了，茶叶洒了一地。"
        )
        self.id: SettlementId
        self.id, self.code = self.stories.talk_door.open(self.dispute, SUBJECT, self.boss)
        self.device = self.stories.talk_door.enter(self.code, WORD, NAME) if enter else ""

    @property
    def ours(self) -> Chair:
        """The inviter, as of now."""
        return self.chair(self.boss)

    def chair(self, caller: Caller) -> Chair:
        """Somebody on the inviter's chair."""
        return self.stories.talk_door.ours(self.id, caller)

    @property
    def theirs(self) -> Chair:
        """The other side, as of now."""
        return self.stories.talk_door.theirs(self.code, self.device)

    def say(self, side: Chair, text: str) -> int:
        """One side writes."""
        return self.stories.negotiating.say(side, text)

    def offer(self, side: Chair, *items: Offered, days: int = 3, answers: int | None = None) -> int:
        """One side offers."""
        until = self.stage.clock() + timedelta(days=days)
        name = NAME if side.side is Side.INVITED else "王掌柜"
        return self.stories.negotiating.offer(
            side, items or (REPLACEMENT, APOLOGY), until, name, answers=answers
        )

    def agree(self) -> None:
        """The inviter offers, the other side accepts."""
        number = self.offer(self.ours)
        self.stories.negotiating.accept(self.theirs, number, NAME)
