"""How much one person's word, or one account's texts, may weigh among labels.

Whoever poisons labels does it with one reviewer's name, or with one account's texts. So the latest
of each count only as long as nobody is more than a share of what is left.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Protocol, TypeVar

from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.screening import LearningPolicy

T = TypeVar("T")


class Spoken(Protocol):
    """A label, or what was made of one."""

    @property
    def by(self) -> PersonId | None:
        """Who of the staff said it."""

    @property
    def author(self) -> PersonId | None:
        """Whose text it is."""


S = TypeVar("S", bound=Spoken)


def fair(several: Sequence[T], who: Callable[[T], Hashable | None], share: float) -> list[T]:
    """The latest of each, so many that nobody is more than a share of them; oldest first.

    What is known of nobody counts as said by somebody of their own.
    """
    groups: dict[Hashable, list[int]] = {}
    for place, each in enumerate(several):
        known = who(each)
        groups.setdefault((known,) if known is not None else place, []).append(place)
    cap = _cap([len(each) for each in groups.values()], share)
    kept = sorted(place for each in groups.values() for place in each[max(len(each) - cap, 0) :])
    return [several[place] for place in kept]


def of_accounts(labels: Sequence[S], policy: LearningPolicy) -> list[S]:
    """No account's texts are more than the pack's share."""
    return fair(labels, lambda each: each.author, policy.one_account)


def of_both(labels: Sequence[S], policy: LearningPolicy) -> list[S]:
    """Nor is one reviewer's word; asked again until both hold."""
    left = list(labels)
    while True:
        before = len(left)
        left = fair(of_accounts(left, policy), lambda each: each.by, policy.one_reviewer)
        if len(left) == before:
            return left


def _cap(sizes: Sequence[int], share: float) -> int:
    """The most that each may have; what all have together grows ever slower, so halve."""
    low, high = 0, max(sizes, default=0)
    while low < high:
        middle = (low + high + 1) // 2
        if middle <= share * sum(min(each, middle) for each in sizes) + 1e-9:
            low = middle
        else:
            high = middle - 1
    return low
