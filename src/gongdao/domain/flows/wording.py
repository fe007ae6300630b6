"""
A statement is looked at before it is sent. Nothing is kept of it, and nobody is kept from sending.

Names of the case's other people are not handed in: that a name is marked would tell the person
concerned who reported.
"""

from datetime import date

from gongdao.domain.evidence.personal_data import proposals_in
from gongdao.domain.kernel.errors import NotFound, hint_noop
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.linting.model import Language, Passage, Report, Setting
from gongdao.domain.linting.rules import check_size, lint
from gongdao.domain.policy.linting import LintingPolicy
from gongdao.domain.policy.pack import RulePack


def look_at(
    text: str, setting: Setting, pack: RulePack, today: date, words: Language | None = None
) -> Report:
    """What could be worded better in a statement, explained in `words`; BadInput if it is none."""
    policy = rules_of(pack)
    check_size(text, policy)
    check_characters(text)
    personal = [
        Passage(found.start, found.end)
        for found in proposals_in(text, (), today)
        if found.confidence >= policy.personal.sure
    ]
    return lint(text, setting, policy, personal, words)


def rules_of(pack: RulePack) -> LintingPolicy:
    """By what a pack has statements looked at; NotFound where it says nothing of them."""
    if pack.linting is None:
        raise NotFound(
            "lint.no_rules",
            hint_noop("The rule pack {pack} has no linting.yaml. Add one, or name another pack."),
            pack=str(pack.ref),
        )
    return pack.linting
