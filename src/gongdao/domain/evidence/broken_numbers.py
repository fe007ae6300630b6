"""Numbers that break at the end of a row and go on in the next, as a narrow bubble breaks them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongdao.domain.evidence.personal_data import DataKind, Proposal, Reason, proposals_in
from gongdao.domain.evidence.read_facts import labelled_in

_END = re.compile(r"[\dA-Za-z] ?-?$")
_BEGIN = re.compile(r"[\d -]{0,24}[\dXx](?![A-Wa-wYyZz])")
_HERE = 40
"""Characters before and behind the break that are looked at."""
OFFERED = 0.4
"""So sure, a proposal is offered and not chosen beforehand."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A number in two rows: the end of one line and the beginning of another."""

    proposal: Proposal
    first: int
    """The line in which it begins."""
    start: int
    second: int
    end: int
    """Where it ends in the second line."""


def broken_numbers(
    lines: Sequence[str],
    follower: Callable[[int], int | None],
    known: Sequence[str],
    today: date,
) -> Iterator[Broken]:
    """Numbers that break between a line and the one that follows it on the page."""
    for number, line in enumerate(lines):
        after = follower(number)
        if after is None or not (_END.search(line) and _BEGIN.match(lines[after])):
            continue
        cut = max(0, len(line) - _HERE)
        head, tail = line[cut:], lines[after][:_HERE]
        each = _across(head, tail, known, today)
        if each is not None:
            yield Broken(each, number, cut + each.start, after, each.end - len(head))


def _across(head: str, tail: str, known: Sequence[str], today: date) -> Proposal | None:
    """What begins in the one and ends in the other."""
    joined, at = head + tail, len(head)
    own = [each for each in proposals_in(joined, known, today) if each.start < at < each.end]
    # Without a check digit a number goes on only where the next row says nothing else.
    offered = [n for n in numbers_proposed(joined) if n.start < at < n.end == len(joined.rstrip())]
    return next(iter([*own, *offered]), None)


def numbers_proposed(text: str) -> Iterator[Proposal]:
    """Numbers behind a label, such as an order's: they lead to a person, and are often wanted.

    So each is offered, and none is hidden unless a person says so.
    """
    for _label, start, end in labelled_in(text):
        yield Proposal(DataKind.NUMBER, start, end, text[start:end], Reason.LABEL, OFFERED)
