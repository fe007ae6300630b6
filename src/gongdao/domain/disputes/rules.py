"""What may be done with a dispute, and when."""

from datetime import date, datetime, timedelta

from gongdao.domain.disputes.events import (
    Came,
    DisputeEnded,
    DisputeFacts,
    DisputeFactsChanged,
    DisputeFiled,
    DisputeKind,
    DisputeMoved,
    DisputeOpened,
    DisputeReopened,
    Ending,
    Instance,
    TimeSpent,
)
from gongdao.domain.disputes.model import Dispute, DisputeStage
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import (
    Code,
    DisputeId,
    ExhibitId,
    OrganisationId,
    PackRef,
    PersonId,
    Sealed,
    ShopId,
)

_CLOCKS_DIFFER = timedelta(minutes=5)
_EARLIEST = datetime(2000, 1, 1, tzinfo=CHINA)
"""Before the first of these platforms; what is older is a slip of the pen."""
_FARTHEST = timedelta(days=366)
"""Nobody gives a longer time for more material."""
MOST_MINUTES = 24 * 60
"""Of work that is entered at once."""
MOST_STARS = 5
MOST_FEN = 10**12


def check_moment(noticed_at: datetime, now: datetime) -> None:
    """BadInput for what has not happened yet, or in another age."""
    if noticed_at > now + _CLOCKS_DIFFER:
        raise _in_the_future()
    if noticed_at < _EARLIEST:
        raise _long_ago()


def check_day(shown_on: date | None, now: datetime) -> None:
    """The same for a day that a platform shows."""
    if shown_on is None:
        return
    if shown_on > (now + _CLOCKS_DIFFER).astimezone(CHINA).date():
        raise _in_the_future()
    if shown_on < _EARLIEST.date():
        raise _long_ago()


def check_until(until: datetime | None, now: datetime) -> None:
    """BadInput for a moment until which nobody can wait."""
    if until is None:
        return
    if until <= now:
        raise BadInput(
            "dispute.until_passed",
            hint_noop("This moment has passed already. Give one that is to come, or none."),
        )
    if until > now + _FARTHEST:
        raise BadInput(
            "dispute.until_far",
            hint_noop("This moment is more than a year away. Look at the year again."),
        )


def _in_the_future() -> BadInput:
    return BadInput(
        "dispute.in_the_future",
        hint_noop("This date lies in the future. Give the day on which it reached you."),
    )


def _long_ago() -> BadInput:
    return BadInput(
        "dispute.long_ago",
        hint_noop("This date lies before the year 2000. Look at the year again."),
    )


def open_dispute(
    dispute: DisputeId, whose: tuple[OrganisationId, PersonId], of: DisputeKind, pack: PackRef,
    shop: ShopId | None, came: Came, facts: DisputeFacts, source_key: str | None,
    by: Actor, now: datetime,
) -> DisputeOpened:  # fmt: skip
    """Lay a file; `whose` is the organisation and its party."""
    check_moment(facts.noticed_at, now)
    check_day(facts.shown_on, now)
    return DisputeOpened(
        at=now,
        by=by,
        dispute=dispute,
        organisation=whose[0],
        party=whose[1],
        of=of,
        pack=pack,
        shop=shop,
        came=came,
        facts=facts,
        source_key=source_key,
    )


def came_already() -> Refused:
    """What whoever brings the same thing twice is told."""
    return Refused(
        "dispute.there_already",
        hint_noop("This is in your disputes already. Open that one instead of adding it again."),
    )


def must_be_open(dispute: Dispute) -> None:
    """Refused once it has ended."""
    if not dispute.is_open:
        raise Refused(
            "dispute.ended",
            hint_noop("This dispute has ended. Reopen it if something new came up."),
        )


def file_dispute(
    dispute: Dispute, instance: Instance, reference: Sealed | None, exhibits: tuple[ExhibitId, ...],
    proof: ExhibitId | None, by: Actor, now: datetime,
) -> DisputeFiled:  # fmt: skip
    """Say that it was filed; Refused while an answer is waited for."""
    must_be_open(dispute)
    if dispute.stage in {DisputeStage.FILED, DisputeStage.MORE_ASKED}:
        raise Refused(
            "dispute.waits",
            hint_noop("It was filed already. Enter the answer first, then take it further."),
        )
    if instance in {Instance.PLATFORM, Instance.SECOND} and dispute.filings:
        must_bring_new(dispute, exhibits)
    return DisputeFiled(
        at=now,
        by=by,
        instance=instance,
        reference=reference,
        statement=dispute.statement,
        exhibits=exhibits,
        proof=proof,
    )


def must_bring_new(dispute: Dispute, exhibits: tuple[ExhibitId, ...]) -> None:
    """Refused where the same platform is asked again with what it has seen already."""
    shown = {each for filing in dispute.filings for each in filing.exhibits}
    rested = {ground for filing in dispute.filings for ground in filing.grounds}
    if set(exhibits) <= shown and set(dispute.grounds) <= rested:
        raise Refused(
            "dispute.nothing_new",
            hint_noop("A second appeal needs evidence or a ground that they have not seen yet."),
        )


def end(
    dispute: Dispute, how: Ending, note: Sealed | None, by: Actor, now: datetime
) -> DisputeEnded:
    """Nothing more is to be done."""
    must_be_open(dispute)
    return DisputeEnded(at=now, by=by, how=how, note=note)


def change_facts(
    dispute: Dispute, facts: DisputeFacts, by: Actor, now: datetime
) -> DisputeFactsChanged:
    """Put right what is known of it."""
    must_be_open(dispute)
    check_moment(facts.noticed_at, now)
    check_day(facts.shown_on, now)
    return DisputeFactsChanged(at=now, by=by, facts=facts)


def move(dispute: Dispute, pack: PackRef, by: Actor, now: datetime) -> DisputeMoved:
    """It is one with another platform; Refused once something was filed."""
    must_be_open(dispute)
    if dispute.filings:
        raise Refused(
            "dispute.filed_already",
            hint_noop("It was filed with this platform already. Open another dispute instead."),
        )
    return DisputeMoved(at=now, by=by, pack=pack)


def reopen(dispute: Dispute, why: Sealed, by: Actor, now: datetime) -> DisputeReopened:
    """It goes on; Refused while it goes on anyway."""
    if dispute.is_open:
        raise Refused(
            "dispute.is_open", hint_noop("This dispute goes on already. Nothing has to be done.")
        )
    return DisputeReopened(at=now, by=by, why=why)


def spend(dispute: Dispute, minutes: int, on: Code, by: Actor, now: datetime) -> TimeSpent:
    """Work that went into it, at any time: after its end, too."""
    del dispute
    if not 0 < minutes <= MOST_MINUTES:
        raise BadInput(
            "dispute.bad_minutes",
            hint_noop("Give whole minutes from 1 to {most}."),
            most=MOST_MINUTES,
        )
    return TimeSpent(at=now, by=by, minutes=minutes, on=on)


def check_numbers(amount_fen: int | None, stars: int | None) -> None:
    """BadInput for a sum below zero, and for stars that nobody gives."""
    if amount_fen is not None and not 0 <= amount_fen <= MOST_FEN:
        raise BadInput(
            "dispute.bad_amount", hint_noop("Give the amount in yuan, such as 128 or 128.50.")
        )
    if stars is not None and not 0 <= stars <= MOST_STARS:
        raise BadInput("dispute.bad_stars", hint_noop("Give the stars as a number from 1 to 5."))
