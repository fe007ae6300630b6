"""Codes of disputes in the reader's words."""

from django.utils.translation import gettext_lazy as _

from gongdao.web import words
from gongdao.web.words import Words

KINDS: Words = {
    "review": _("A review of a shop or its goods"),
    "complaint": _("A complaint about us"),
    "sanction": _("Our account was restricted"),
    "report": _("A report that we made"),
    "payment": _("A complaint about a payment"),
}
KIND_HINTS: Words = {
    "review": _("It may be malicious, untrue or about somebody else."),
    "complaint": _("The platform passed on a complaint of a buyer or reader."),
    "sanction": _("Blocked, limited, fined or points taken: account, shop, group or content."),
    "report": _("Content or a group that we reported to the platform."),
    "payment": _("A payer complained through WeChat Pay, Alipay or a bank."),
}
STAGES: Words = {
    "preparing": _("In preparation: nothing was filed yet"),
    "filed": _("Filed: whoever decides has not answered"),
    "more_asked": _("More material was asked for"),
    "rejected": _("Rejected: it may be taken further"),
    "ended": _("Ended"),
}
NEXT: Words = {
    "preparing": _("You look at the grounds, gather the evidence, and file it on the platform."),
    "filed": _("The platform answers. Enter here what it says."),
    "more_asked": _("You send what was asked for, and say so here."),
    "rejected": _("You read the reason, and take it further with something new, or stop."),
    "ended": _("Nothing more has to be done. It can be taken up again if something new comes up."),
}
CAME: Words = {
    "pasted": _("pasted text"),
    "picture": _("a screenshot"),
    "table": _("a table"),
    "by_hand": _("entered by hand"),
    "connector": _("a connector"),
}
INSTANCES: Words = {
    "platform": _("the platform"),
    "second": _("the platform, a second time"),
    "senior": _("somebody more senior at the platform"),
    "association": _("the consumers' association"),
    "market": _("the market regulator (12315)"),
    "cyberspace": _("the cyberspace office"),
    "court": _("a court"),
}
OUTCOMES: Words = {
    "upheld": _("Decided for us"),
    "partly": _("Decided for us in part"),
    "rejected": _("Rejected"),
}
ENDINGS: Words = {
    "upheld": _("Won"),
    "rejected": _("Rejected, not taken further"),
    "settled": _("Settled with the other side"),
    "withdrawn": _("Withdrawn by the other side"),
    "dropped": _("Given up by us"),
    "lapsed": _("A window passed"),
}
NOTES: Words = {
    "no_text": _("No text was found in it. Is it the right picture or text? Enter what you know."),
    "not_chinese": _(
        "It is not written in Chinese. It is kept as it is; platforms in China want a translation "
        "beside it, and grounds are only looked for in Chinese."
    ),
    "several_orders": _("Several order numbers stand in it. The first was taken: check it."),
    "several_days": _("Several days stand in it. The first was taken: check it."),
    "future_day": _("A day in it lies in the future and was not taken. Check the date."),
}
TABLES: Words = {
    "waiting": _("The table is being taken in"),
    "done": _("The table is taken in"),
    "failed": _("The table was not taken in"),
}
COLUMNS: Words = {
    "order": _("Order number"),
    "ordered_at": _("When it was ordered"),
    "item": _("Goods"),
    "amount": _("Amount in yuan"),
    "buyer": _("Buyer, or whoever wrote it"),
    "parcel": _("Number of the parcel"),
    "shipped_at": _("When it was shipped"),
    "signed_at": _("When it was delivered"),
    "text": _("Words of the review or complaint"),
    "stars": _("Stars"),
    "reviewed_at": _("When it was written"),
    "reference": _("The platform's number of it"),
    "url": _("Its address"),
}
EVENTS: Words = {
    "dispute.opened": _("The dispute was opened"),
    "dispute.facts_changed": _("What is known of it was put right"),
    "dispute.moved": _("It is one with another platform"),
    "dispute.grounds_chosen": _("Somebody judged the grounds"),
    "dispute.assigned": _("It was assigned"),
    "dispute.commented": _("A note among colleagues"),
    "dispute.days_said": _("Somebody said on which days things happened"),
    "dispute.statement_kept": _("The statement was kept"),
    "dispute.filed": _("It was filed"),
    "dispute.more_asked": _("More material was asked for"),
    "dispute.more_sent": _("More material was sent"),
    "dispute.call_logged": _("A call"),
    "dispute.time_spent": _("Work was noted"),
    "dispute.checked": _("Somebody looked for news"),
    "dispute.outcome_recorded": _("An answer came"),
    "dispute.reply_published": _("A public reply was published"),
    "dispute.ended": _("The dispute ended"),
    "dispute.reopened": _("The dispute was taken up again"),
    "dispute.seen_there": _("How it stands there was read"),
    "dispute.sent_out": _("Something was sent out"),
}
_BY_KIND: dict[str, Words] = {
    "dispute.outcome_recorded": OUTCOMES,
    "dispute.ended": ENDINGS,
    "dispute.opened": CAME,
    "dispute.filed": INSTANCES,
}


def event(kind: str, detail: str | None) -> str:
    """An event of a dispute in words."""
    said = words.said(EVENTS, kind)
    more = _BY_KIND.get(kind)
    if not detail or more is None:
        return said
    return f"{said} · {words.said(more, detail)}"
