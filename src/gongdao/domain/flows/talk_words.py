"""What the words of a negotiation ask for: nobody may agree on silence, a review, a withdrawal."""

from collections.abc import Iterator, Sequence
from datetime import date

from gongdao.domain.flows.wording import look_at
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused, hint_noop
from gongdao.domain.kernel.folding import fold
from gongdao.domain.kernel.spelled import plainly
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.linting.model import Finding, Language, Setting
from gongdao.domain.linting.speech import Speech, speech
from gongdao.domain.policy.negotiation import NegotiationPolicy, TermRule
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.phrases import finder
from gongdao.domain.settlement import rules


def policy_of(pack: RulePack) -> NegotiationPolicy:
    """How one negotiates under a pack; NotFound where it says nothing of it."""
    if pack.negotiation is None:
        raise NotFound(
            "settlement.no_rules",
            hint_noop("The rule pack {pack} has no negotiation.yaml. Add one to negotiate here."),
            pack=str(pack.ref),
        )
    return pack.negotiation


def checked(text: str, policy: NegotiationPolicy) -> str:
    """Some words, not too many."""
    said = text.strip()
    check_characters(said)
    if not said or len(said) > policy.limits.most:
        raise BadInput(
            "settlement.words",
            hint_noop("Write between one character and {most}."),
            most=policy.limits.most,
        )
    return said


def terms_in(
    texts: Sequence[str], policy: NegotiationPolicy, *, of_value: bool = False, offer: bool = False
) -> list[TermRule]:
    """
    The rules whose words stand in texts that belong together.

    `of_value`: something of value changes hands anyway. In an offer nothing is a mere quotation.
    """
    parts = [speech(each, policy.telling) for each in _read(texts, policy)]
    benefit = of_value or any(finder(policy.benefit).found_in(each.text) for each in parts)
    return [
        rule
        for rule in policy.terms
        if (benefit or not rule.only_for_benefit)
        and any(True for each in parts for _ in _asked(each, rule, policy, offer=offer))
    ]


def refuse_terms(found: Sequence[TermRule], policy: NegotiationPolicy, language: str) -> None:
    """Refused, with the reason and its source, where something was found."""
    for rule in found:
        topic = policy.topics.get(rule.topic)
        raise rules.forbidden(
            topic.in_(language) if topic else rule.topic.value, rule.reason.in_(language)
        )


def pointed_out(
    text: str, pack: RulePack, today: date, language: Language | None = None
) -> list[Finding]:
    """What could be friendlier, of the kinds that the pack names; first what is not sent at all."""
    policy = policy_of(pack)
    if pack.linting is None:
        return []
    shown = {*policy.stopped, *policy.pointed_out}
    found = look_at(text, Setting(times=False), pack, today, language).findings
    return sorted(
        (each for each in found if each.kind in shown),
        key=lambda each: (each.kind not in policy.stopped, each.start),
    )


def refuse_unfriendly(found: Sequence[Finding], text: str, policy: NegotiationPolicy) -> None:
    """Refused where the inviter threatens or belittles."""
    for each in found:
        if each.kind in policy.stopped:
            raise Refused(
                "settlement.unfriendly",
                hint_noop("Say this in another way: “{words}”. {reason}."),
                words=text[each.start : each.end],
                reason=each.reason.rstrip("。."),
            )


def _read(texts: Sequence[str], policy: NegotiationPolicy) -> Iterator[str]:
    """Each text as it stands, and once more without its disguise where it has one."""
    for each in texts:
        folded = fold(each).text
        yield folded
        plain = plainly(folded, policy.written_as)
        if plain != folded:
            yield plain


def _asked(
    parts: Speech, rule: TermRule, policy: NegotiationPolicy, *, offer: bool
) -> Iterator[tuple[int, int]]:
    """Where a rule's words stand, unless they are denied or somebody else's."""
    for start, end in finder(rule.phrases).spans(parts.text):
        if not offer and parts.told(start, end):
            continue
        if rule.deniable and finder(policy.telling.denied).found_in(parts.before(start)):
            continue
        yield start, end
