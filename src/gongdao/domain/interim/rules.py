"""When a measure may hold before anything is decided, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.interim.model import Because, Interim, InterimId, InterimImposed, InterimLifted
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import CaseId, PersonId, Sealed
from gongdao.domain.policy.interim import InterimKind


@dataclass(frozen=True, slots=True)
class UnderReview:
    """The case that a measure is to hold in, as far as that matters."""

    case: CaseId
    respondent: PersonId | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to hold, and until when."""

    measure: InterimKind
    ends_at: datetime
    cap_ends_at: datetime


def check(
    about: UnderReview, wanted: Wanted, earlier: Iterable[Interim], now: datetime
) -> PersonId:
    """Whom it concerns; Refused where it may not hold, or not so long."""
    if not about.is_open:
        raise Refused(
            "interim.case_closed",
            hint_noop("The case is not being looked into any more, so nothing holds meanwhile."),
        )
    if about.respondent is None:
        raise Refused(
            "interim.nobody_to_tell",
            hint_noop("No account is known, so nobody could be told why. Decide the case instead."),
        )
    if any(one.in_force and one.measure is wanted.measure for one in earlier):
        raise Refused("interim.in_force", hint_noop("This measure holds already. Lift it first."))
    if now >= wanted.cap_ends_at:
        raise Refused(
            "interim.used_up",
            hint_noop("This measure held as long as it may in this case. Decide the case."),
        )
    if wanted.ends_at > wanted.cap_ends_at:
        raise Refused(
            "interim.too_long",
            hint_noop("It may hold until {until} at the latest."),
            until=wanted.cap_ends_at,
        )
    return about.respondent


def first_imposed(measure: InterimKind, earlier: Iterable[Interim], now: datetime) -> datetime:
    """From when the longest time of a measure counts: its first beginning in the case."""
    return min([one.imposed_at for one in earlier if one.measure is measure], default=now)


def impose(
    new_id: InterimId,
    about: UnderReview,
    wanted: Wanted,
    earlier: Iterable[Interim],
    reasons: Sealed,
    statements: tuple[Sealed, Sealed],
    by: Actor,
    now: datetime,
) -> InterimImposed:
    """Let a measure hold under a statement of reasons that is already kept."""
    respondent = check(about, wanted, earlier, now)
    return InterimImposed(
        at=now,
        by=by,
        interim=new_id,
        case=about.case,
        respondent=respondent,
        measure=wanted.measure,
        reasons=reasons,
        ends_at=wanted.ends_at,
        cap_ends_at=wanted.cap_ends_at,
        statement_zh=statements[0],
        statement_en=statements[1],
    )


def lift(
    interim: Interim, because: Because, reasons: Sealed | None, by: Actor, now: datetime
) -> InterimLifted:
    """Let it hold no more."""
    if not interim.in_force:
        raise Refused("interim.not_in_force", hint_noop("It does not hold any more."))
    return InterimLifted(at=now, by=by, because=because, reasons=reasons)
