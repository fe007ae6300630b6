"""Which reports count once, and which belong to a flood: pure functions over what is known."""

from datetime import datetime

from gongdao.domain.intake.crowd import Crowd, Mark
from gongdao.domain.intake.model import Apart
from gongdao.domain.policy.model import FloodSigns, Joining


def apart(
    rule: Joining, mark: Mark, crowd: Crowd, last: datetime | None, now: datetime
) -> Apart | None:
    """Why a report is counted apart from the others of its case; None where it counts."""
    if last is not None and now - last < rule.repeat_within.flat():
        return Apart.REPEAT
    if is_flood(rule.flood, crowd) and looks_like_it(rule.flood, mark, crowd):
        return Apart.FLOOD
    return None


def is_flood(signs: FloodSigns, crowd: Crowd) -> bool:
    """A burst against the subject's own history, of reports that are alike.

    An outcry is a burst too; it has many wordings and comes from accounts that have been here.
    """
    burst = crowd.last_hour >= max(signs.per_hour, signs.times_usual * crowd.usual)
    alike = max(crowd.same_wording, crowd.young) / max(crowd.last_hour, 1)
    return burst and alike >= signs.alike


def looks_like_it(signs: FloodSigns, mark: Mark, crowd: Crowd) -> bool:
    """Whether a report bears the mark of the flood that it came in: others in it still count."""
    least = signs.alike * crowd.last_hour
    return crowd.same_wording >= least or (mark.young and crowd.young >= least)


def is_young(signs: FloodSigns, known_since: datetime | None, now: datetime) -> bool:
    """Whether an account was first seen of late; nobody knows how old an unknown one is."""
    return known_since is None or now - known_since < signs.young.flat()
