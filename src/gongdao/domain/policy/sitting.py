"""Sitting an exam, on a course or on a way back: which try waits, when the next may begin: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.ids import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One try at an exam."""

    quiz: Code
    edition: str
    seed: str
    questions: tuple[Code, ...]
    begun_at: datetime
    right: int | None = None
    """None until it is answered."""
    missed: tuple[Code, ...] = ()
    ended_at: datetime | None = None
    again_at: datetime | None = None
    """When the next try may begin, where this one failed."""

    @property
    def waits(self) -> bool:
        """Whether its answers are still to come."""
        return self.right is None


S = TypeVar("S", bound=Sitting)


def may_sit(earlier: Iterable[Sitting], now: datetime) -> None:
    """Refuse another try on the same questions before its time, wherever the last one was sat."""
    known = [each.again_at for each in earlier if each.again_at is not None]
    again_at = max(known, default=None)
    if again_at is not None and now < again_at:
        raise Refused(
            "quiz.too_soon",
            hint_noop("The next try is open from {again_at}. Read the explanations until then."),
            again_at=again_at,
        )


def answerable(begun: S | None, edition: str) -> S:
    """The try that answers are for; Refused where none was begun, or its questions changed."""
    if begun is None:
        raise Refused("quiz.not_begun", hint_noop("Begin a try first; then answer its questions."))
    if begun.edition != edition:
        raise Refused(
            "quiz.changed",
            hint_noop("The questions have changed since. Begin again; this try does not count."),
        )
    return begun
