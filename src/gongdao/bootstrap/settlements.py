"""Written settlements, printed."""

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.domain.flows.talk_views import TalkView

PER_MINUTE = 6
"""Documents that one side may print in a minute: each takes a second of processor time."""


def printed(view: TalkView, language: str, who: str) -> bytes:
    """Everything of a negotiation as PDF/A; Refused once there were too many."""
    from gongdao.adapters.packet_paper.settlement import print_talk  # noqa: PLC0415 – for it alone
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415 – once Django is set up

    allow(bootstrap.app().secrets, "settlement", who, PER_MINUTE, chance.now())
    return print_talk(view, language)
