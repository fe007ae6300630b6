"""Keeping a reporter's names out of everything that the respondent reads (invariant 3).

What a reviewer writes is refused if it names the reporter; what the reporter wrote as reference or
snapshot is masked, since a post may well quote the name of the person it attacks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.errors import Refused, hint_noop

MASK = "▇▇"


@dataclass(frozen=True, slots=True)
class Masking:
    """The names of a case's reporters, and how to keep them out."""

    names: tuple[str, ...]

    def __call__(self, text: str) -> str:
        """The text with every such name masked."""
        for name in self.names:
            text = _pattern(name).sub(MASK, text)
        return text

    def check(self, *texts: str) -> None:
        """Refuse texts of ours that name a reporter: the respondent would read them."""
        for text in texts:
            if any(_pattern(name).search(text) for name in self.names):
                raise Refused(
                    "decision.names_reporter",
                    hint_noop("The text names who reported. Take that out: it is read."),
                )


def masking(records: Records, case: Case) -> Masking:
    """The mask for a case. The longest names first, so that none survives in part."""
    return of_names(records.parties.names_of(case.reporters))


def of_names(names: Iterable[str]) -> Masking:
    """The mask for these names and their parts."""
    return Masking(tuple(sorted(_with_parts(set(names)), key=lambda n: (-len(n), n))))


def _with_parts(names: Iterable[str]) -> set[str]:
    """An e-mail address gives its owner away by the part before the @ as well."""
    least = 3
    parts = {name.partition("@")[0] for name in names if "@" in name}
    return {*names, *(part for part in parts if len(part) >= least)}


def _pattern(name: str) -> re.Pattern[str]:
    """The name as a whole word where it begins or ends in Latin letters or digits."""
    before = r"(?<![A-Za-z0-9])" if name[:1].isascii() and name[:1].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if name[-1:].isascii() and name[-1:].isalnum() else ""
    return re.compile(before + re.escape(name) + after, re.IGNORECASE)
