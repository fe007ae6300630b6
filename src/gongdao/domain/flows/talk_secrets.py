"""What a reporter should not tell the other side by mistake: who they are, what they reported."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from gongdao.domain.evidence.personal_data import proposals_in
from gongdao.domain.flows.masking import Masking
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.folding import fold
from gongdao.domain.kernel.spelled import plainly
from gongdao.domain.policy.negotiation import NegotiationPolicy
from gongdao.domain.policy.pack import RulePack

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_LEAST = 4
"""A name is looked for without its blanks and signs from so many letters and digits on."""


def refuse_names(texts: Sequence[str], own: Masking, policy: NegotiationPolicy) -> None:
    """Refused where somebody's own name, contact or account stands in it, however spelled."""
    for text in texts:
        read = {text, plainly(fold(text).text, policy.written_as)}
        hidden = any(own(each) != each for each in read)
        flat = _flat(text)
        if hidden or any(_flat(n) in flat for n in own.names if len(_flat(n)) >= _LEAST):
            raise Refused(
                "settlement.names_you",
                hint_noop("This shows the other side who you are. Take your own name out of it."),
            )


def refuse_personal(texts: Sequence[str], pack: RulePack, today: date) -> None:
    """Refused where a text holds what looks like somebody's number, address or the like."""
    least = pack.linting.personal.sure if pack.linting else 0.0
    for text in texts:
        for found in proposals_in(text, (), today):
            if found.confidence >= least:
                raise Refused(
                    "settlement.personal_data",
                    hint_noop(
                        "Take “{words}” out: it may show the other side who you are. Or confirm "
                        "that you want to tell it."
                    ),
                    words=found.text,
                )


def refuse_quotations(texts: Sequence[str], reported: Iterable[str], least: int) -> None:
    """Refused where a text repeats words of one's own report: the other side never reads it."""
    runs = {run for each in reported for run in _runs(each, least)}
    for text in texts:
        if not runs.isdisjoint(_runs(text, least)):
            raise Refused(
                "settlement.quotes_report",
                hint_noop(
                    "These are words of your report, which the other side never sees. Say it in "
                    "other words, or confirm that you want to tell it."
                ),
            )


def _runs(text: str, least: int) -> Iterator[tuple[str, ...]]:
    """So many words in a row; a Chinese character counts as one."""
    said = _WORD.findall(fold(text).text)
    yield from zip(*(said[n:] for n in range(least)), strict=False)


def _flat(text: str) -> str:
    """Letters and digits alone."""
    return "".join(filter(str.isalnum, fold(text).text))
