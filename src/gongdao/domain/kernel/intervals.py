"""Between which shares the true one lies."""

import math

Z = 1.96
"""95 % of a normal distribution lie within so many deviations."""


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson); nothing is known where there is nothing."""
    if whole == 0:
        return 0.0, 1.0
    share, z2 = part / whole, Z * Z
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    spread = share * (1 - share) / whole + z2 / (4 * whole * whole)
    half = Z * math.sqrt(spread) / (1 + z2 / whole)
    return max(0.0, middle - half), min(1.0, middle + half)
