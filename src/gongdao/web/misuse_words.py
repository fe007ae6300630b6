"""What the rules page says of misuse of reporting, with the figures of the pack."""

from typing import Any

from gongdao.domain.flows.misuse_letters import always
from gongdao.domain.policy.pack import RulePack
from gongdao.web import words


def shown(pack: RulePack) -> dict[str, Any] | None:
    """The policy in words; None where the pack knows no misuse."""
    if pack.standing is None:
        return None
    rule, language = pack.standing.misuse, words.language()
    return {
        "examples": [each.in_(language) for each in rule.examples],
        "counter_examples": [each.in_(language) for each in rule.counter_examples],
        "marks": rule.propose_after,
        "within": words.span(rule.propose_within),
        "share": round(100 * rule.propose_share),
        "lasts": words.span(rule.warning_lasts),
        "first": words.span(rule.first_longest),
        "longest": words.span(rule.longest),
        "always": always(rule, pack, language),
        "appeal_within": words.span(rule.appeal_within),
        "heard_within": words.span(rule.heard_within),
        "source": words.source(rule.source),
        "half_life": words.span(pack.standing.credibility.half_life),
    }
