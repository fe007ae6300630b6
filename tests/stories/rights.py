"""Short words for what people do with notices about rights."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests.stories.files_of import sent
from tests.stories.stage import Stage

from gongdao.domain.access.model import Caller
from gongdao.domain.counter_notices.events import PartyKind, Proceeding, RightsNoticeId
from gongdao.domain.counter_notices.model import RightsNotice
from gongdao.domain.counter_notices.model import Stage as Where
from gongdao.domain.deadlines.model import Deadline
from gongdao.domain.flows.delivering import Delivering
from gongdao.domain.flows.notice_takedown import NoticeTakedown, RightsReceipt
from gongdao.domain.flows.rights_desk import RightsDesk
from gongdao.domain.flows.rights_papers import Given
from gongdao.domain.flows.rights_views import MatterView
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.counter_notices import MeasureKind

HOLDER, HOLDERS_ID, HOLDERS_MAIL = "沈知远", "11010519491231002X", "shen.zhiyuan@rights.example"
SELLER, SELLERS_ID, SELLERS_MAIL = "陆清扬", "440524188001010014", "lu.qingyang@seller.example"
NOTICE = Given(
    party=PartyKind.PERSON,
    name=HOLDER,
    number=HOLDERS_ID,
    contact=HOLDERS_MAIL,
    statement="这张海报是我画的，电话 13812345678，店铺未经许可印在杯子上出售。",
    proofs={"title_of_right": "2024-F-00123456", "comparison": "图案、构图和签名完全相同。"},
    bona_fide=True,
    right="copyright",
    items=("https://app.example/item/1", "https://app.example/item/2"),
    account="lu_shop",
)
COUNTER = Given(
    party=PartyKind.PERSON,
    name=SELLER,
    number=SELLERS_ID,
    contact=SELLERS_MAIL,
    statement="海报由我委托设计，有合同和底稿，邮箱 me@seller.example。",
    proofs={"title_of_right": "委托创作合同 2023-07", "comparison": "底稿时间早于对方登记。"},
    bona_fide=True,
)


class Post:
    """A mail system that takes everything."""

    def send(self, to: str, subject: str, body: str, message: str) -> None:
        """Take it."""


@dataclass
class Rights:
    """One matter, played on a stage."""

    stage: Stage
    receipt: RightsReceipt | None = None

    @property
    def takedown(self) -> NoticeTakedown:
        """What the two sides do."""
        return self.stage.app.around_appeals.takedown

    @property
    def desk(self) -> RightsDesk:
        """What staff do."""
        return self.stage.app.around_appeals.rights_desk

    @property
    def id(self) -> RightsNoticeId:
        """Of the notice."""
        assert self.receipt is not None
        return self.receipt.notice

    @property
    def now(self) -> RightsNotice:
        """As it stands."""
        return self.stage.records.rights_notices.get(self.id).now

    @property
    def holder(self) -> Caller:
        """Whoever gave it, with the code."""
        return Caller(self.now.notifier, only_case=CaseId(self.id))

    @property
    def seller(self) -> Caller:
        """Whom it concerns, signed in."""
        return self.stage.account("lu_shop")

    @property
    def clock(self) -> Deadline:
        """The period."""
        found = self.takedown.clock.of(self.now)
        assert found is not None
        return found

    def give(self, **changes: Any) -> "Rights":
        """Give the notice, with a file."""
        changes.setdefault("files", (sent(self.stage, name="登记证书.png"),))
        self.receipt = self.takedown.give(replace(NOTICE, **changes))
        return self

    def accept(self, measure: MeasureKind = MeasureKind.HIDE, **more: Any) -> "Rights":
        """Find it effective."""
        reviewer = self.stage.hire("ana", Role.REVIEWER)
        self.desk.accept(self.id, measure, "登记证书和对比图齐全。", reviewer, **more)
        return self

    def counter(self, **changes: Any) -> "Rights":
        """Give the counter-notice, with a file."""
        changes.setdefault("files", (sent(self.stage, name="合同.png"),))
        self.takedown.counter(self.id, replace(COUNTER, **changes), self.seller)
        return self

    def deliver(self) -> "Rights":
        """The mail system takes every letter, and the worker sees it."""
        post = Delivering(self.stage.records, Post())
        for letter in self.stage.records.notices.of_case(CaseId(self.id)):
            post({"notice": letter.id})
        self.takedown.look_for_arrivals(100)
        return self

    def waiting(self) -> "Rights":
        """Up to the period that runs."""
        return self.give().accept().counter().deliver()

    def prove(self) -> None:
        """Show a suit."""
        papers = (sent(self.stage, name="受理通知书.png"),)
        text = "某市某区人民法院（2026）某民初1号"
        self.takedown.show_proof(self.id, Proceeding.SUIT, text, papers, self.holder)

    def pause(self) -> None:
        """Show that a notary takes time."""
        papers = (sent(self.stage, name="公证受理单.png"),)
        self.takedown.pause(self.id, "公证处已受理，预计三周。", papers, self.holder)

    def at(self, *stages: Where) -> bool:
        """Whether it stands at one of these now."""
        return self.now.stage in stages

    def letters(self) -> list[str]:
        """What people were told, in order."""
        found = self.stage.records.notices.of_case(CaseId(self.id))
        return [each.template.removeprefix("rights_notice.") for each in found]

    def sees(self, who: Caller) -> MatterView:
        """What somebody sees of it."""
        return self.stage.app.around_appeals.rights_views.open(self.id, who)


def china(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A moment of 2026 in China."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=CHINA)
