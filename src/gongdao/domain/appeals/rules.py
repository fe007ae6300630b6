"""Who may appeal, who may hear it, how it may end: pure functions that return events or refuse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.appeals.model import (
    Appeal,
    AppealChanged,
    AppealFiled,
    AppealOverturned,
    AppealStage,
    AppealUpheld,
    Filing,
    ReviewerAssigned,
    ReviewerAwaited,
    Side,
)
from gongdao.domain.kernel.calendar import passed
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId, ExhibitId, PersonId, Sealed
from gongdao.domain.kernel.people import Staff
from gongdao.domain.policy.model import AppealPolicy


@dataclass(frozen=True, slots=True)
class Reopening:
    """What would open the last level once more, after all of them were used."""

    until: datetime
    new: tuple[ExhibitId, ...] = ()
    """What the appeal brings that was not in the file when it was last decided."""
    used: bool = False


@dataclass(frozen=True, slots=True)
class UnderAppeal:
    """What an appeal needs to know of the decision it is about."""

    decision: DecisionId
    case: CaseId
    respondent: PersonId | None
    reporters: tuple[PersonId, ...]
    violation: bool
    overturned: bool
    level: int
    """The highest level that has ended; 0 before any appeal."""
    closes_at: datetime | None
    """Until when the next level may be asked."""
    reopening: Reopening | None = None
    """Once every level was used; None where nothing opens it again."""


def side_of(about: UnderAppeal, person: PersonId) -> Side:
    """On which side a person may appeal; a stranger finds nothing here."""
    if about.violation and person == about.respondent:
        return Side.RESPONDENT
    if not about.violation and person in about.reporters:
        return Side.REPORTER
    if person == about.respondent or person in about.reporters:
        raise Refused(
            "appeal.not_your_side",
            hint_noop("This decision went your way, or the other side must appeal against it."),
        )
    raise NotFound("decision.not_found", hint_noop("Check the code or the link of the notice."))


def check_grounds(policy: AppealPolicy, grounds: str) -> str:
    """The grounds, trimmed. Characters are counted, since Chinese has no word gaps."""
    trimmed = grounds.strip()
    if len(trimmed) < policy.grounds_min:
        raise Refused(
            "appeal.no_grounds",
            hint_noop("Say in at least {least} characters which fact or rule was got wrong."),
            least=policy.grounds_min,
        )
    if len(trimmed) > policy.grounds_max:
        raise Refused(
            "appeal.grounds_too_long",
            hint_noop("Shorten it to {most} characters; it has {length} now."),
            most=policy.grounds_max,
            length=len(trimmed),
        )
    return trimmed


def file_appeal(
    new_id: AppealId,
    about: UnderAppeal,
    appellant: PersonId,
    grounds: Sealed,
    earlier: Iterable[Appeal],
    policy: AppealPolicy,
    now: datetime,
    filing: Filing = Filing(),  # noqa: B008 – frozen and empty
) -> AppealFiled:
    """Open an appeal, or say which rule stands in the way."""
    side = side_of(about, appellant)
    level, opened_by = check_open(about, earlier, policy, filing.asked_at or now)
    return AppealFiled(
        at=now,
        by=Actor(Role(side.value), appellant),
        appeal=new_id,
        decision=about.decision,
        case=about.case,
        level=level,
        side=side,
        appellant=appellant,
        grounds=grounds,
        filing=filing,
        round=2 if opened_by else 1,
        opened_by=opened_by,
    )


def check_open(
    about: UnderAppeal, earlier: Iterable[Appeal], policy: AppealPolicy, now: datetime
) -> tuple[int, tuple[ExhibitId, ...]]:
    """The level that is open now, and what opens it once more; Refused where none is."""
    _one_at_a_time(about, earlier)
    if policy.at(about.level + 1) is None:
        return about.level, check_reopening(about, now)
    if about.closes_at is not None and passed(about.closes_at, now):
        raise Refused(
            "appeal.too_late",
            hint_noop("The window closed on {closed}. The notice names the ways outside."),
            closed=about.closes_at.astimezone(CHINA).date(),
        )
    return about.level + 1, ()


def check_reopening(about: UnderAppeal, now: datetime) -> tuple[ExhibitId, ...]:
    """What opens the last level once more; else the outcome is final, and this says on what ground.

    The same facts are heard once at each level. New evidence opens the last one once more.
    """
    once_more = about.reopening
    if once_more is None:
        raise Refused(
            "appeal.final",
            hint_noop(
                "Every level here was used, so the outcome is final. The notice names the ways "
                "that lead outside."
            ),
            ground="levels",
        )
    if once_more.used:
        raise Refused(
            "appeal.final",
            hint_noop(
                "New evidence opened it once more, and it was decided: the outcome is final. The "
                "notice names the ways that lead outside."
            ),
            ground="reopened",
        )
    _must_be_new(once_more, now)
    return once_more.new


def _must_be_new(once_more: Reopening, now: datetime) -> None:
    until = once_more.until.astimezone(CHINA).date()
    if passed(once_more.until, now):
        raise Refused(
            "appeal.final",
            hint_noop(
                "New evidence could open it until {until}, so the outcome is final now. The notice "
                "names the ways that lead outside."
            ),
            ground="window",
            until=until,
        )
    if not once_more.new:
        raise Refused(
            "appeal.final",
            hint_noop(
                "The same facts were heard at every level, so the outcome is final. A file that "
                "was not there before opens it once more: add it and name it, by {until}."
            ),
            ground="same_facts",
            until=until,
        )


def _one_at_a_time(about: UnderAppeal, earlier: Iterable[Appeal]) -> None:
    if about.overturned:
        raise Refused(
            "appeal.already_overturned", hint_noop("The decision no longer stands: nothing is due.")
        )
    if any(appeal.stage.is_open for appeal in earlier):
        raise Refused(
            "appeal.already_filed",
            hint_noop("An appeal is under way. You will be told how it ends."),
        )


def choose_reviewer(
    candidates: Sequence[Staff], took_part: frozenset[PersonId], *, senior: bool
) -> PersonId | None:
    """The one with the least on the table among those who took no part; None if there is nobody."""
    role = Role.SENIOR_REVIEWER if senior else Role.REVIEWER
    fit = [
        s
        for s in candidates
        if s.person not in took_part and (role in s.roles or Role.SENIOR_REVIEWER in s.roles)
    ]
    return min(fit, key=lambda s: (s.open_appeals, s.person)).person if fit else None


def assign_reviewer(
    appeal: Appeal, reviewer: PersonId, took_part: frozenset[PersonId], now: datetime
) -> ReviewerAssigned:
    """Hand the appeal to somebody who took no part in the case."""
    if appeal.stage not in {AppealStage.FILED, AppealStage.WAITING}:
        raise Refused(
            "appeal.not_waiting",
            hint_noop("It is already {stage}."),
            stage=appeal.stage.value,
        )
    if reviewer in took_part or reviewer == appeal.appellant:
        raise Refused(
            "appeal.not_independent", hint_noop("Pick somebody who took no part in the case.")
        )
    return ReviewerAssigned(at=now, by=SYSTEM, reviewer=reviewer)


def await_reviewer(now: datetime) -> ReviewerAwaited:
    """Say openly that nobody independent is there yet."""
    return ReviewerAwaited(at=now, by=SYSTEM)


def check_reviewer(appeal: Appeal, by: Actor) -> None:
    """Only the person whom it was given to, and never a machine, ends an appeal."""
    if appeal.stage is not AppealStage.UNDER_REVIEW:
        raise Refused(
            "appeal.not_under_review",
            hint_noop("It is {stage}; only an appeal under review can be ended."),
            stage=appeal.stage.value,
        )
    if by.role is Role.SYSTEM or by.person is None:
        raise Refused("appeal.needs_a_person", hint_noop("A machine never closes an appeal."))
    if by.person != appeal.reviewer:
        raise Refused(
            "appeal.not_yours", hint_noop("It was given to somebody else. Open your own list.")
        )


def check_free_of_outcome(appeal: Appeal) -> None:
    """While an outcome waits for its second person nothing else is done with the appeal."""
    if appeal.hearing.held is not None:
        raise Refused(
            "appeal.outcome_held",
            hint_noop("The outcome is written and waits for a second person to confirm it."),
        )


def check_ending(appeal: Appeal, by: Actor, *, in_favour: bool) -> None:
    """Whether its reviewer may end it now: not against somebody who is still being asked."""
    check_reviewer(appeal, by)
    check_free_of_outcome(appeal)
    question = appeal.hearing.question
    if question is not None and not question.lapsed and not in_favour:
        raise Refused(
            "appeal.answer_awaited",
            hint_noop(
                "You asked the appellant something. Wait for the answer, or until its time is over."
            ),
        )


def uphold(appeal: Appeal, reasons: Sealed, by: Actor, now: datetime) -> AppealUpheld:
    """Leave the decision as it is."""
    check_ending(appeal, by, in_favour=False)
    return AppealUpheld(at=now, by=by, reasons=reasons)


def change(appeal: Appeal, reasons: Sealed, by: Actor, now: datetime) -> AppealChanged:
    """Put another measure in its place; only where the respondent appealed."""
    check_ending(appeal, by, in_favour=False)
    if appeal.side is Side.REPORTER:
        raise Refused(
            "appeal.nothing_to_change",
            hint_noop("No measure was taken. Uphold or overturn the decision."),
        )
    return AppealChanged(at=now, by=by, reasons=reasons)


def overturn(appeal: Appeal, reasons: Sealed, by: Actor, now: datetime) -> AppealOverturned:
    """Find the decision wrong."""
    check_ending(appeal, by, in_favour=True)
    return AppealOverturned(at=now, by=by, reasons=reasons)
