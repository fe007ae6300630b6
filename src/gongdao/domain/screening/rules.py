"""From findings to a lane: by the pack's thresholds alone."""

from collections.abc import Iterable, Sequence

from gongdao.domain.policy.screening import Lane, ScreeningPolicy, Threshold
from gongdao.domain.screening.model import Finding

ORDER: Sequence[Lane] = (Lane.PUBLISH, Lane.DELAY, Lane.SECOND_LOOK, Lane.THIRD_LOOK)


def suggested(findings: Iterable[Finding], policy: ScreeningPolicy) -> Lane:
    """The lane of the weightiest finding; several weak ones never add up to a strong one."""
    lanes = (lane_of(each.score, policy.of(each.category)) for each in findings)
    return max(lanes, key=ORDER.index, default=Lane.PUBLISH)


def lane_of(score: float, threshold: Threshold) -> Lane:
    """The lane of one score."""
    if score >= threshold.third_look:
        return Lane.THIRD_LOOK
    if score >= threshold.second_look:
        return Lane.SECOND_LOOK
    if score >= threshold.delay:
        return Lane.DELAY
    return Lane.PUBLISH
