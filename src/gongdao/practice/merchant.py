"""A merchant of the practice, with a few disputes on the board: one for each next step."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import DisputeKind, GroundsChosen, Instance, Outcome
from gongdao.domain.disputes.rules import file_dispute
from gongdao.domain.flows.disputing import Told
from gongdao.domain.kernel.ids import DisputeId, OrganisationId, ShopId
from gongdao.practice import talks

_EXTORTION = "给我返50块，不然我就给你们店天天差评。"
_REJECTION = "您提供的凭证不足，无法证明买家存在敲诈行为，本次申诉不通过。"
_ASKED = "请提供上周日的歇业公告照片"
_ANSWER_TIME = timedelta(hours=24)
_LATER = timedelta(minutes=40)
"""How long after a notice somebody enters it."""


@dataclass(slots=True)
class Merchant:
    """The merchant's days: what was done, and how many hours ago."""

    app: App
    owner: Caller
    ours: OrganisationId = field(default=OrganisationId(""))
    shop: ShopId = field(default=ShopId(""))
    opened: dict[str, DisputeId] = field(default_factory=dict)

    def steps(self) -> Iterator[tuple[float, Callable[[], object]]]:
        """Each step, the earliest first; the clock has to stand there when it is done."""
        review, sanction = DisputeKind.REVIEW, DisputeKind.SANCTION
        yield 121.5, self._found
        yield 89.3, lambda: self._open("taobao", review, _EXTORTION)
        yield 88.8, lambda: self._judge("taobao")
        yield 86.1, lambda: self._file("taobao")
        yield 59.4, lambda: self._open("dianping", review, "上周日去的，服务员骂人。")
        yield 57.9, lambda: self._judge("dianping")
        yield 54.2, lambda: self._file("dianping")
        yield 49.3, lambda: self._open("weibo", sanction, "您的账号因营销内容被限制发言七天。")
        yield 38.6, lambda: self._rejected("taobao")
        yield 29.3, lambda: self._open("jd", review, "没收到货，店家骗人。")
        yield 28.7, lambda: self._judge("jd")
        yield 26.4, lambda: self._file("jd")
        yield 24.9, lambda: talks.over_dispute(self.app, self.opened["jd"], self.owner)
        yield 19.3, lambda: self._open("wechat", sanction, "您的账号因诱导分享被限制登录。")
        yield 3.8, lambda: self._asked("dianping")

    def _found(self) -> None:
        organising = self.app.disputes.organising
        self.ours = organising.found("青禾茶铺", self.owner)
        self.shop = organising.add_shop(self.ours, "taobao", "青禾茶铺旗舰店", self.owner)

    def _open(self, platform: str, of: DisputeKind, text: str) -> None:
        noticed = self.app.records.clock() - _LATER
        theirs = self.shop if platform == "taobao" else None
        told = Told(of=of, platform=platform, noticed_at=noticed, text=text, shop=theirs)
        self.opened[platform] = self.app.disputes.disputing.open(self.ours, told, self.owner)

    def _judge(self, platform: str) -> None:
        r, disputing = self.app.records, self.app.disputes.disputing
        with r.work():
            held, by = disputing.held(self.opened[platform], self.owner)
            chosen = GroundsChosen(at=r.clock(), by=by, found=(), chosen=("extortion",))
            disputing.add(held, chosen)

    def _file(self, platform: str) -> None:
        r, disputing = self.app.records, self.app.disputes.disputing
        with r.work():
            held, by = disputing.held(self.opened[platform], self.owner)
            filed = file_dispute(held.now, Instance.PLATFORM, None, (), None, by, r.clock())
            disputing.add(held, filed)

    def _rejected(self, platform: str) -> None:
        following = self.app.disputes.following
        following.answered(self.opened[platform], Outcome.REJECTED, _REJECTION, self.owner)

    def _asked(self, platform: str) -> None:
        until = self.app.records.clock() + _ANSWER_TIME
        following = self.app.disputes.following
        following.more_asked(self.opened[platform], _ASKED, until, self.owner)
