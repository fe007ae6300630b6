"""Codes of the domain in the reader's words. Every code that a page shows passes through here."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gongdao.domain.kernel.errors import Fact, GongdaoError, fill
from gongdao.domain.kernel.spans import Span, Unit

Words = Mapping[str, "str | Promise"]

STAGES: Words = {
    "received": _("Received, waiting for the acceptance check"),
    "investigating": _("Accepted, being looked into"),
    "decided": _("Decided"),
    "withdrawn": _("Withdrawn, closed"),
    "set_aside": _("Kept, set aside for now"),
}
OUTCOMES: Words = {
    "violation": _("A rule was broken"),
    "no_violation": _("No rule was broken"),
    "not_accepted": _("Not taken up"),
    "upheld": _("Upheld on appeal"),
    "changed": _("Changed on appeal"),
    "overturned": _("Overturned on appeal"),
}
ROLES: Words = {
    "reporter": _("Reporter"),
    "respondent": _("Person concerned"),
    "author": _("Author"),
    "reviewer": _("Reviewer"),
    "senior_reviewer": _("Senior reviewer"),
    "policy_keeper": _("Policy keeper"),
    "auditor": _("Auditor"),
    "operator": _("Operator"),
    "group_owner": _("Group owner"),
    "firm": _("Firm"),
    "keeper": _("Keeper of a journal"),
    "friend": _("Friend who vouches"),
    "member": _("Member of the organisation"),
    "counterpart": _("The other side"),
    "holder": _("Owner of the account"),
    "app": _("The app"),
    "system": _("System"),
}
SUBJECTS: Words = {
    "account": _("An account"),
    "content": _("A post or comment"),
    "message": _("A message"),
    "group": _("A group"),
    "payment": _("A payment"),
    "order": _("An order"),
    "review": _("A review of goods or a shop"),
}
LINK_PARTS: Words = {
    "kind": _("kind"),
    "ref": _("link, number or name"),
    "account": _("account"),
    "category": _("what is wrong with it"),
    "group": _("group"),
    "url": _("address"),
    "title": _("title"),
    "text": _("what was said or shown"),
}
EVENTS: Words = {
    "case.opened": _("A report was received"),
    "case.accepted": _("The report was taken up"),
    "case.answer_requested": _("The person concerned was asked for their side"),
    "case.answered": _("The person concerned told their side"),
    "case.answer_missed": _("No answer came in time; the case moves on by the rules"),
    "case.appeal_taken_down": _("An appeal was taken down over the phone"),
    "case.reports_joined": _("More reports of the same arrived"),
    "case.note_added": _("Note of the investigation"),
    "case.decided": _("The case was decided"),
    "case.withdrawn": _("The report was withdrawn"),
    "case.reporter_told": _("The reporter was told the outcome"),
    "case.rectified": _("The person concerned says that it was put right"),
    "case.appeal_opened": _("An appeal was filed"),
    "case.appeal_closed": _("The appeal was decided"),
    "case.reopened": _("The case was opened again"),
    "case.set_aside": _("Set aside: a measure on the reporter's reports is in force"),
    "case.revived": _("Taken up again"),
    "interim.imposed": _("A measure holds for now, until the case is decided"),
    "interim.lifted": _("The interim measure was lifted"),
    "case.compared": _("Held against another case"),
    "case.handed_over": _("Handed over to a colleague"),
    "case.escalated": _("Escalated to the senior reviewers"),
    "case.reporter_written_to": _("A reviewer wrote to a reporter"),
    "case.exhibit_handled": _("A reviewer worked on an exhibit"),
    "case.proof_checked": _("A reviewer checked a proof of a way back"),
    "case.appeal_advised": _("Somebody gave an opinion on the appeal, or stood for its outcome"),
    "case.reporter_unmasked": _("Somebody looked at who a reporter is"),
    "owner_task.opened": _("It lies in a group: its owner's turn"),
    "owner_task.skipped": _("The owner of the group is not asked"),
    "owner_task.acted": _("The owner of the group said what they did"),
    "owner_task.missed": _("The owner of the group did not answer in time"),
}
CLOCKS: Words = {
    "acceptance": _("We say whether the report is taken up"),
    "answer": _("The person concerned answers"),
    "decision": _("The case is decided"),
    "appeal_decision": _("The appeal is decided"),
    "rectification": _("It is put right"),
    "owner": _("The owner of the group says what they did"),
    "check": _("A reviewer checks the firm's application"),
    "renewal": _("The firm applies anew"),
    "contest": _("The firm objects to the loss of its verification"),
    "hearing": _("The objection is decided"),
    "duty": _("What the level of the complaint asks for is done"),
    "attendance": _("Whoever is on duty takes the complaint"),
    "dispute_window": _("It is filed with the platform"),
    "dispute_reply": _("A public reply is put below the review"),
    "dispute_handling": _("The platform answers"),
    "dispute_more": _("The material that was asked for is sent"),
    "dispute_second": _("The second appeal is filed"),
    "training": _("The exam of the quarter is passed"),
    "backup": _("The backup address is confirmed again"),
}
APPEALS: Words = {
    "filed": _("Received"),
    "waiting": _("Waiting for a reviewer who took no part"),
    "under_review": _("Under review by somebody who took no part"),
    "upheld": _("Upheld: the decision stands"),
    "changed": _("Changed: a milder measure"),
    "overturned": _("Overturned: the decision is void"),
}
CHANNELS: Words = {
    "web": _("on this site"),
    "app": _("in the app"),
    "phone": _("by phone"),
}
LEANINGS: Words = {
    "uphold": _("To uphold"),
    "change": _("To change: a milder measure"),
    "overturn": _("To overturn"),
}
HIGH_PROFILE: Words = {
    "listed": _("the rules list it"),
    "reach": _("it reached very many people"),
    "marked": _("the operator marked the account"),
}
APPEAL_WAITS: Words = {
    "reviewer": _("waits for a reviewer who took no part"),
    "appellant": _("waits for the appellant's answer"),
    "second_opinion": _("waits for a second opinion"),
    "second_person": _("waits for a second person to confirm the outcome"),
}
ANSWERS: Words = {
    "not_asked": _("Not asked yet"),
    "asked": _("Asked, no answer yet"),
    "given": _("Answered"),
    "missed": _("No answer came in time"),
}
PENALTIES: Words = {
    "warning": _("Warning"),
    "rectification": _("To be put right"),
    "restriction": _("Restriction"),
    "suspension": _("Suspension"),
    "closure": _("Closure of the account"),
    "no_registration": _("No new registration"),
}
SCOPES: Words = {
    "content": _("This item"),
    "posting": _("Posting"),
    "messaging": _("Messages and friend requests"),
    "groups": _("Groups"),
    "trading": _("Trading"),
    "account": _("The whole account"),
}
SANCTIONS: Words = {
    "in_force": _("In force"),
    "lifted": _("Lifted"),
    "ended": _("Ended"),
    "released": _("Lifted early: earned back"),
}
DELIVERIES: Words = {
    "none": _("In the inbox; no e-mail address is known"),
    "delivered": _("Sent by e-mail"),
    "retrying": _("The e-mail failed; we try again"),
    "failed": _("The e-mail failed for good"),
}
OWNER_STAGES: Words = {
    "open": _("Waiting for the owner"),
    "acted": _("The owner answered"),
    "missed": _("The owner's time is over; it can still be answered"),
    "skipped": _("Settled by the operator; nothing is due"),
}
OWNER_ACTIONS: Words = {
    "removed": _("I removed it"),
    "warned": _("I warned the member"),
    "muted": _("I muted the member for a while"),
    "nothing": _("I looked at it; nothing to do"),
}
OWNER_SAID: Words = {
    "removed": _("The owner says: removed"),
    "warned": _("The owner says: the member was warned"),
    "muted": _("The owner says: the member was muted"),
    "nothing": _("The owner says: nothing to do"),
}
OWNER_TURNS: Words = {
    "open": _("The owner is asked; you can go on at any time"),
    "missed": _("The owner did not answer in time: it is yours"),
}
OWNER_SKIPS: Words = {
    "serious": _("a matter for the operator alone"),
    "conflict": _("the owner has a part in it"),
    "unknown_author": _("nobody knows whose it is"),
    "too_small": _("the group is so small that the reporter could be guessed"),
    "case_closed": _("the case was closed first"),
}
_FACTS: Mapping[str, Words] = {
    "penalty": PENALTIES,
    "due": PENALTIES,
    "stage": {**STAGES, **APPEALS},
}
"""Which facts of a refusal are codes."""
_COLON = pgettext_lazy("colon", ": ")


def said(words: Words, code: str | None) -> str:
    """The words of a code; the code itself where a newer version of us wrote it."""
    return "" if not code else str(words.get(code, code))


def joined(first: str, second: str) -> str:
    """Two pieces of one thought, such as a stage and its outcome."""
    return f"{first}{_COLON}{second}" if second else first


def span(length: Span | str) -> str:
    """`7wd` as a person says it."""
    of = Span.parse(length) if isinstance(length, str) else length
    n = of.amount
    if of.unit is Unit.HOURS:
        return ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}
    if of.unit is Unit.DAYS:
        return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}
    return ngettext("%(n)d working day", "%(n)d working days", n) % {"n": n}


def measure(penalty: str, scope: str, duration: str | None) -> str:
    """A sanction in one line."""
    parts = [said(PENALTIES, penalty), said(SCOPES, scope)]
    if duration:
        parts.append(span(duration))
    return " · ".join(parts)


def event(kind: str, detail: str | None) -> str:
    """What happened, with its outcome where it has one."""
    details = {**OUTCOMES, **OWNER_SAID, **OWNER_SKIPS}
    return joined(said(EVENTS, kind), said(details, detail))


def hint(problem: GongdaoError) -> str:
    """A refusal's hint with the codes among its facts in words, too."""
    facts = {name: _fact(name, fact) for name, fact in problem.facts.items()}
    return fill(gettext(problem.sentence), facts)


def _fact(name: str, fact: Fact) -> Fact:
    """In the middle of a sentence, so it does not begin like one."""
    if name not in _FACTS:
        return fact
    words = said(_FACTS[name], str(fact))
    return words[:1].lower() + words[1:]


def language() -> str:
    """`zh` or `en`: in which language packs' texts are shown."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def source(of: str) -> str:
    """Where a rule comes from, in words."""
    return gettext("This community's own rules") if of == "house" else of
