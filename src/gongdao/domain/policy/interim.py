"""What may be done while a case is looked into, by its name."""

from enum import StrEnum


class InterimKind(StrEnum):
    """Each of these can be undone whole. Closing or removing is not among them."""

    FOLD = "fold"
    """It stays, and is seen by whoever opens it."""
    LIMIT_SPREAD = "limit_spread"
    """It stays in sight, and is neither recommended nor shared."""
    HOLD_PAYOUT = "hold_payout"
    """Money received waits; none of it is taken."""
