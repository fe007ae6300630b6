"""Who may do what while an appeal is heard: pure functions that return events or refuse."""

from datetime import datetime

from gongdao.domain.appeals.model import Appeal, Side
from gongdao.domain.appeals.opinions import (
    AppealNoted,
    AppellantAnswered,
    AppellantAsked,
    HeldMeasure,
    HeldOutcome,
    Leaning,
    OpinionWritten,
    OutcomeConfirmed,
    OutcomeHeld,
    OutcomeRefused,
    QuestionLapsed,
    SecondOpinionAsked,
    SecondOpinionGiven,
)
from gongdao.domain.appeals.rules import check_ending, check_free_of_outcome, check_reviewer
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import PersonId, Sealed


def may_foresee(appeal: Appeal, person: PersonId | None) -> bool:
    """Whether somebody on the staff may see what was foretold and what others think.

    Not before they wrote down what they think themselves, so that nothing anchors it.
    """
    return not appeal.stage.is_open or appeal.hearing.opinion_of(person) is not None


def check_leaning(appeal: Appeal, leaning: Leaning) -> None:
    """Where the reporter asked for a review no measure was taken, so none can be changed."""
    if leaning is Leaning.CHANGE and appeal.side is Side.REPORTER:
        raise Refused(
            "appeal.nothing_to_change",
            hint_noop("No measure was taken. Uphold or overturn the decision."),
        )


def write_opinion(
    appeal: Appeal, leaning: Leaning, reasons: Sealed, by: Actor, now: datetime
) -> OpinionWritten:
    """Write the reviewer's first opinion; once, since it is worth something only if it stays."""
    check_reviewer(appeal, by)
    if appeal.hearing.opinion is not None:
        raise Refused(
            "appeal.opinion_written",
            hint_noop("Your opinion is in the file and stays. What you think now is the outcome."),
        )
    check_leaning(appeal, leaning)
    return OpinionWritten(at=now, by=by, leaning=leaning, reasons=reasons)


def note(appeal: Appeal, text: Sealed, by: Actor, now: datetime) -> AppealNoted:
    """Write something down for staff alone: the reviewer, and whoever wrote an opinion."""
    if appeal.hearing.opinion_of(by.person) is None:
        check_reviewer(appeal, by)
    return AppealNoted(at=now, by=by, note=text)


def ask(
    appeal: Appeal, question: Sealed, until: datetime | None, by: Actor, now: datetime
) -> AppellantAsked:
    """Ask the appellant something back; one question at a time."""
    check_reviewer(appeal, by)
    check_free_of_outcome(appeal)
    check_not_asked(appeal)
    return AppellantAsked(at=now, by=by, question=question, until=until)


def check_not_asked(appeal: Appeal) -> None:
    """Whether a question could be asked now."""
    if appeal.hearing.question is not None and not appeal.hearing.question.lapsed:
        raise Refused(
            "appeal.question_open",
            hint_noop(
                "A question is open already. Wait for its answer, or until its time is over."
            ),
        )


def answer(appeal: Appeal, text: Sealed, by: Actor, now: datetime) -> AppellantAnswered:
    """Answer the open question, be it late, as long as nothing was decided."""
    if not appeal.stage.is_open or appeal.hearing.question is None:
        raise Refused("appeal.nothing_asked", hint_noop("No answer is awaited here now."))
    return AppellantAnswered(at=now, by=by, answer=text)


def lapse(appeal: Appeal, now: datetime) -> QuestionLapsed | None:
    """No answer came while the clock stood still; None where nothing awaits one."""
    question = appeal.hearing.question
    if not appeal.stage.is_open or question is None or question.lapsed:
        return None
    return QuestionLapsed(at=now, by=SYSTEM)


def ask_second(
    appeal: Appeal,
    of: PersonId,
    question: Sealed,
    took_part: frozenset[PersonId],
    by: Actor,
    now: datetime,
) -> SecondOpinionAsked:
    """Ask a colleague who took no part for their opinion; one at a time."""
    check_reviewer(appeal, by)
    check_free_of_outcome(appeal)
    if appeal.hearing.wanted is not None:
        raise Refused(
            "appeal.opinion_awaited",
            hint_noop("A second opinion is awaited already. You can decide without it, too."),
        )
    check_independent(appeal, of, took_part)
    return SecondOpinionAsked(at=now, by=by, of=of, question=question)


def give_second(
    appeal: Appeal,
    leaning: Leaning,
    reasons: Sealed,
    took_part: frozenset[PersonId],
    by: Actor,
    now: datetime,
) -> SecondOpinionGiven:
    """Give the second opinion that was asked for. Whoever does has taken part from then on."""
    wanted = None if appeal.hearing.held else appeal.hearing.wanted
    if not appeal.stage.is_open or wanted is None or wanted.of != by.person:
        raise Refused(
            "appeal.opinion_not_asked",
            hint_noop("Its reviewer has not asked you for an opinion, or has decided without it."),
        )
    check_independent(appeal, wanted.of, took_part)
    check_leaning(appeal, leaning)
    return SecondOpinionGiven(at=now, by=by, leaning=leaning, reasons=reasons)


def check_independent(
    appeal: Appeal, person: PersonId | None, took_part: frozenset[PersonId]
) -> None:
    """Whoever advises or confirms took no part in the case and does not hear the appeal."""
    if person is None or person in took_part or person in {appeal.appellant, appeal.reviewer}:
        raise Refused(
            "appeal.not_independent", hint_noop("Pick somebody who took no part in the case.")
        )


def hold(
    appeal: Appeal,
    ending: Leaning,
    reasons: Sealed,
    measure: HeldMeasure | None,
    why: tuple[str, ...],
    by: Actor,
    now: datetime,
) -> OutcomeHeld:
    """Keep how the reviewer decided until a second person confirms it. Every clock runs on."""
    check_ending(appeal, by, in_favour=ending is Leaning.OVERTURN)
    check_leaning(appeal, ending)
    return OutcomeHeld(at=now, by=by, ending=ending, reasons=reasons, measure=measure, why=why)


def confirm(
    appeal: Appeal,
    reasons: Sealed,
    took_part: frozenset[PersonId],
    by: Actor,
    now: datetime,
    *,
    senior: bool,
) -> tuple[HeldOutcome, OutcomeConfirmed]:
    """Stand for an outcome beside its reviewer."""
    held = _held_for(appeal, took_part, by, senior=senior)
    return held, OutcomeConfirmed(at=now, by=by, reasons=reasons)


def refuse(
    appeal: Appeal,
    reasons: Sealed,
    took_part: frozenset[PersonId],
    by: Actor,
    now: datetime,
    *,
    senior: bool,
) -> OutcomeRefused:
    """Not stand for it, and say why; the reviewer looks at it again."""
    _held_for(appeal, took_part, by, senior=senior)
    return OutcomeRefused(at=now, by=by, reasons=reasons)


def _held_for(
    appeal: Appeal, took_part: frozenset[PersonId], by: Actor, *, senior: bool
) -> HeldOutcome:
    held = appeal.hearing.held
    if not appeal.stage.is_open or held is None:
        raise Refused(
            "appeal.nothing_held", hint_noop("No outcome waits here for a second person.")
        )
    if by.person is None or by.role is Role.SYSTEM:
        raise Refused("appeal.needs_a_person", hint_noop("A machine never closes an appeal."))
    if by.person == held.by.person:
        raise Refused(
            "appeal.own_outcome",
            hint_noop("You decided this yourself. A second person must stand for it."),
        )
    check_independent(appeal, by.person, took_part)
    if senior and by.role is not Role.SENIOR_REVIEWER:
        raise Refused(
            "appeal.needs_a_senior",
            hint_noop("At this level a senior reviewer stands for it beside the first one."),
        )
    return held
