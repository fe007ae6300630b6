"""A merchant of the practice, with a few disputes on the board: one for each next step."""

from collections.abc import Sequence
from datetime import timedelta

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import DisputeKind, GroundsChosen, Instance, Outcome
from gongdao.domain.disputes.rules import file_dispute
from gongdao.domain.flows.disputing import Told
from gongdao.domain.kernel.ids import DisputeId, OrganisationId

_EXTORTION = "给我返50块，不然我就给你们店天天差评。"
_REJECTION = "您提供的凭证不足，无法证明买家存在敲诈行为，本次申诉不通过。"


def play(app: App, owner: Caller) -> OrganisationId:
    """Found the organisation, and let its disputes be at different steps."""
    stories = app.disputes
    ours = stories.organising.found("青禾茶铺", owner)
    shop = stories.organising.add_shop(ours, "taobao", "青禾茶铺旗舰店", owner)
    now = app.records.clock()

    def open_(platform: str, of: DisputeKind, text: str, hours: int) -> DisputeId:
        noticed = now - timedelta(hours=hours)
        theirs = shop if platform == "taobao" else None
        told = Told(of=of, platform=platform, noticed_at=noticed, text=text, shop=theirs)
        return stories.disputing.open(ours, told, owner)

    open_("weibo", DisputeKind.SANCTION, "您的账号因营销内容被限制发言七天。", 50)
    open_("wechat", DisputeKind.SANCTION, "您的账号因诱导分享被限制登录。", 20)
    rejected = open_("taobao", DisputeKind.REVIEW, _EXTORTION, 90)
    waits = open_("jd", DisputeKind.REVIEW, "没收到货，店家骗人。", 30)
    asked = open_("dianping", DisputeKind.REVIEW, "上周日去的，服务员骂人。", 60)
    _filed(app, owner, (rejected, waits, asked))
    stories.following.answered(rejected, Outcome.REJECTED, _REJECTION, owner)
    until = now + timedelta(hours=20)
    stories.following.more_asked(asked, "请提供上周日的歇业公告照片", until, owner)
    return ours


def _filed(app: App, owner: Caller, disputes: Sequence[DisputeId]) -> None:
    disputing = app.disputes.disputing
    for each in disputes:
        held, by = disputing.held(each, owner)
        now = app.records.clock()
        chosen = GroundsChosen(at=now, by=by, found=(), chosen=("extortion",))
        held = disputing.add(held, chosen)
        step = file_dispute(held.now, Instance.PLATFORM, None, (), None, by, now)
        disputing.add(held, step)
