"""Which page of a course somebody has before them, and since when: signed, and read back.

The moment at which a page was opened bounds what may be counted for it. It travels with the page,
so that looking at one writes nothing.
"""

from datetime import datetime
from typing import Any

from django.core import signing

from gongdao import bootstrap
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.studying import Opened, training_policy
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.policy.training import TimeRule

_SALT = "gongdao.training.opened"
_DAY = 24 * 3600


def opened_now(caller: Caller, course: str, section: str) -> str:
    """The mark that a page carries."""
    at = bootstrap.app().records.clock().isoformat()
    return signing.dumps([caller.person, course, section, at], salt=_SALT)


def read_mark(mark: str, caller: Caller) -> Opened:
    """What a mark says; BadInput where it is too old, somebody else's or none of ours."""
    try:
        found: Any = signing.loads(mark, salt=_SALT, max_age=_DAY)
        person, course, section, at = found
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise _stale() from problem
    if caller.person is None or person != caller.person:
        raise _stale()
    return Opened(course, section, datetime.fromisoformat(at))


def time_rule() -> TimeRule:
    """How time is counted today."""
    return training_policy(bootstrap.app().records).time


def _stale() -> BadInput:
    return BadInput(
        "training.stale_page",
        hint_noop("This page was open too long, or is not yours. Open the section again."),
    )
