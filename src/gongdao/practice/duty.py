"""A made-up duty roster with one complaint, so that the desk has something to show."""

from gongdao.bootstrap import App, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.tiering import Incoming
from gongdao.practice.accounts import ACCOUNTS
from gongdao.storage.models import Account

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
_TABLE = "day,from,to,person\n" + "".join(
    f"{day},09:00,18:00,reviewer_1\n{day},18:00,22:00,reviewer_2\n" for day in _DAYS
)
_COMPLAINT = "用户来信：商家发的货和页面不一样，客服两天没有回复，要求平台处理。（练习）"
_NOTE = "周末没有排班，急件会转给负责人。（练习）"


def put_on_duty(app: App) -> None:
    """Set a roster with gaps at the weekend, hand it over once, and enter one complaint."""
    stories, senior, first = app.around_appeals, _staff("senior_1"), _staff("reviewer_1")
    stories.rosters.read_in(_TABLE.encode(), "senior_1", senior)
    stories.rosters.hand_over(_NOTE, first)
    stories.tiers.enter(Incoming("l3", _COMPLAINT, "LX-0007"), first, own=True)


def _staff(name: str) -> Caller:
    email = next(one.address for one in ACCOUNTS if one.name == name)
    return caller_of(Account.objects.get(email=email))
