"""Negotiations about cases of this installation, as stories begin with them."""

from datetime import timedelta
from typing import Any

from tests.stories.stage import Stage

from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.flows.negotiating import Offered
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.flows.talk_door import Chair
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import SettlementId
from gongdao.domain.policy.model import SubjectKind
from gongdao.domain.settlement.events import OfferKind, Side

NEUTRAL, SUBJECT, THEIRS = "楼主", "评论区里的那句话", "阿四"
APOLOGY = Offered(OfferKind.APOLOGY, Side.INVITED, "三天内在原帖下公开道歉。")
ORDER: dict[str, Any] = {
    "category": "fraud",
    "subject_kind": SubjectKind.ORDER,
    "subject_ref": "order-7001",
    "snapshot": "蓝牙耳机一副，已付款。",
    "statement": "付了钱，十天了也不发货，找他也不回。",
}


class InsideTalk:
    """A case of li_si that was taken up, and a talk about it that its reporter offered."""

    def __init__(
        self, stage: Stage, caller: Caller = NOBODY, *, come: bool = True, **changes: Any
    ) -> None:
        self.stage, self.stories = stage, stage.app.disputes
        self.inside = self.stories.talks_inside
        self.ana = stage.hire("ana", Role.REVIEWER)
        self.receipt: Receipt = stage.accepted(self.ana, caller, **changes)
        self.case = self.receipt.case
        self.reporter = stage.app.files.by_code(self.receipt.code)[1]
        self.li_si = stage.account("li_si")
        stage.app.investigating.request_answer(self.case, "请说明您为什么这样写。", self.ana)
        self.id: SettlementId = self.inside.open(self.case, NEUTRAL, SUBJECT, self.reporter)
        if come:
            self.inside.come(self.theirs, THEIRS)

    @property
    def ours(self) -> Chair:
        """The reporter, as of now."""
        return self.chair(self.reporter)

    @property
    def theirs(self) -> Chair:
        """The respondent, as of now."""
        return self.chair(self.li_si)

    def chair(self, caller: Caller) -> Chair:
        """Somebody at the talk."""
        return self.stories.talk_door.ours(self.id, caller)

    def say(self, side: Chair, text: str) -> int:
        """One side writes."""
        return self.stories.negotiating.say(side, text)

    def offer(self, side: Chair, *items: Offered) -> int:
        """One side offers."""
        until = self.stage.clock() + timedelta(days=3)
        name = NEUTRAL if side.side is Side.INVITER else THEIRS
        return self.stories.negotiating.offer(side, items or (APOLOGY,), until, name)

    def settle(self) -> None:
        """The respondent offers, the reporter signs, and it is done."""
        story = self.stories.negotiating
        number = self.offer(self.theirs)
        story.accept(self.ours, number, NEUTRAL)
        story.perform(self.theirs, 1, "已在原帖下道歉。")
        story.confirm(self.ours, 1)
