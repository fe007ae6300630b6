"""What screening needs from outside."""

from collections.abc import Callable, Sequence
from typing import Protocol

Hit = tuple[int, int, int]
"""From where, to where, and the number of the pattern."""


class Matcher(Protocol):
    """Finds many patterns in one pass."""

    def find(self, text: str) -> Sequence[Hit]:
        """Every place of every pattern, overlapping ones included."""
        ...


Engine = Callable[[Sequence[str]], Matcher]
"""Makes a matcher of patterns; none at all are allowed, and find nothing."""
