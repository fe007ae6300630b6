"""Talks that have begun: about a practice case, and about a dispute of the practice merchant."""

from datetime import timedelta

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.negotiating import Offered
from gongdao.domain.kernel.ids import CaseId, DisputeId
from gongdao.domain.settlement.events import OfferKind, Side

_REPORTER, _RESPONDENT, _BUYER = "楼主", "阿刀", "买茶的小周"
_SUBJECT, _ABOUT_PARCEL = "评论区里的那句话", "一条“没收到货”的评价"
_WORD = "青花瓷杯子 81"
_DAYS = timedelta(days=3)
_APOLOGY = Offered(OfferKind.APOLOGY, Side.INVITED, "三天内在原帖下公开道歉。")


def over_case(app: App, case: CaseId, reporter: Caller, respondent: Caller) -> None:
    """The reporter offers to talk; the respondent comes, answers, and offers an apology."""
    inside, stories = app.disputes.talks_inside, app.disputes
    talk = inside.open(case, _REPORTER, _SUBJECT, reporter)
    inside.come(stories.talk_door.ours(talk, respondent), _RESPONDENT)
    ours = stories.talk_door.ours(talk, reporter)
    stories.negotiating.say(ours, "您好，我只希望那句话能有个说法。")
    theirs = stories.talk_door.ours(talk, respondent)
    stories.negotiating.say(theirs, "您好，当时话说重了，我愿意道歉。")
    theirs = stories.talk_door.ours(talk, respondent)
    until = app.records.clock() + _DAYS
    stories.negotiating.offer(theirs, [_APOLOGY], until, _RESPONDENT)


def over_dispute(app: App, dispute: DisputeId, owner: Caller) -> None:
    """The merchant invites the buyer, who comes by the code and writes; an answer is waited for."""
    stories = app.disputes
    talk, code = stories.talk_door.open(dispute, _ABOUT_PARCEL, owner)
    device = stories.talk_door.enter(code, _WORD, _BUYER)
    ours = stories.talk_door.ours(talk, owner)
    stories.negotiating.say(ours, "您好，物流显示已放在驿站，我们可以帮您一起核实。")
    theirs = stories.talk_door.theirs(code, device)
    stories.negotiating.say(theirs, "驿站说没有这个件，你们能补发吗？")
