"""Codes of negotiations in the reader's words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongdao.domain.settlement.events import Side
from gongdao.domain.settlement.model import TalkStage
from gongdao.web.words import Words, said

STAGES: Words = {
    "waiting": _("Nobody came with the code yet"),
    "talking": _("Both sides are talking"),
    "stopped": _("One side asked for no more contact"),
    "agreed": _("Agreed; what was agreed is being done"),
    "closed": _("Ended"),
}
NEXT: Words = {
    "waiting": _("The other side follows the code, gives a name and sets a word."),
    "talking": _("Either side makes an offer; once the other signs it, it is agreed."),
    "stopped": _("Nobody writes any more. Each side can take everything away as a file."),
    "agreed": _("Each side does its part and shows it; the other confirms."),
    "closed": _("Nothing more. Each side can take everything away as a file."),
}
KINDS: Words = {
    "reply": _("A public answer"),
    "refund": _("A refund"),
    "replacement": _("A replacement"),
    "apology": _("An apology"),
    "correction": _("A correction"),
}
STATES: Words = {
    "open": _("Can be accepted"),
    "expired": _("Ended unanswered"),
    "taken_back": _("Taken back"),
    "declined": _("Declined"),
    "replaced": _("Answered by another offer"),
    "accepted": pgettext_lazy("an offer", "Accepted"),
}
INSIDE: Words = {
    "waiting": _("Offered; the other side was told of it"),
    "waiting_invited": _("The other side offers to talk"),
    "stopped": _("One side wants no talk. It stays so"),
}
NEXT_INSIDE: Words = {
    "waiting": _("The other side comes, or says no. The case goes on meanwhile."),
    "waiting_invited": _("You come, or say no. The case goes on meanwhile."),
}
TO_DO: Words = {
    "waiting": _("Wait, or stop. You see here whether somebody came."),
    "waiting_invited": _("See below: come in, or say that you do not want to talk."),
    "talking": _("See below: write, offer, sign, or stop."),
    "agreed": _("See below: do your part, and confirm the other side's."),
    "stopped": _("Take everything away as a file."),
    "closed": _("Take everything away as a file."),
}
ENDINGS_INSIDE: Words = {
    "settled": _("Settled: everything that was agreed is done"),
    "withdrawn": _("Settled, and the report was taken back"),
}
ENDINGS: Words = {
    "settled": _("Settled: everything that was agreed is done"),
    "withdrawn": _("Settled, and the complaint was taken back on the platform"),
}
CASE = _("The case")
TAKEN_BACK = _("Yes, I withdrew my report")
WITHDRAWERS: Words = {
    "complainant": _("Whoever complained"),
    "respondent": _("We, on the platform"),
    "both": _("Both together"),
    "platform": _("The platform"),
}


def outside(stage: TalkStage) -> tuple[str, str]:
    """Where it stands and what comes next, about an outside dispute."""
    return said(STAGES, stage.value), said(NEXT, stage.value)


def inside(stage: TalkStage, side: Side) -> tuple[str, str]:
    """The same about a case of this installation, where there is no code."""
    code = f"{stage.value}_{side.value}"
    code = code if code in INSIDE else stage.value
    return said({**STAGES, **INSIDE}, code), said({**NEXT, **NEXT_INSIDE}, code)


def to_do(stage: TalkStage, side: Side) -> str:
    """What a side can do now."""
    code = f"{stage.value}_{side.value}"
    return said(TO_DO, code if code in TO_DO else stage.value)
