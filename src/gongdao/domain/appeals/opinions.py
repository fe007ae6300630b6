"""What happens between an appeal's reviewer and its outcome, and how the hearing stands.

A first opinion, notes for staff alone, questions back to the appellant, a second opinion, and an
outcome that is held until a second person has confirmed it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from gongdao.domain.kernel.events import Actor, Event, Personal
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.model import Penalty, Scope


class Leaning(StrEnum):
    """How an appeal might end, and how it ends."""

    UPHOLD = "uphold"
    CHANGE = "change"
    OVERTURN = "overturn"


@dataclass(frozen=True, slots=True)
class HeldMeasure:
    """The milder measure of an outcome that is held."""

    penalty: Penalty
    scope: Scope
    duration: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionWritten(Event):
    """The reviewer wrote what they think, before anything foretold was shown to them."""

    kind: ClassVar[str] = "appeal.opinion_written"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    leaning: Leaning
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealNoted(Event):
    """Something was written down for staff alone."""

    kind: ClassVar[str] = "appeal.note_added"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    note: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AppellantAsked(Event):
    """The appellant was asked something; the appeal's clock stands still meanwhile."""

    kind: ClassVar[str] = "appeal.appellant_asked"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    question: Sealed
    until: datetime | None
    """When the clock runs on by itself; None where it never stood still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppellantAnswered(Event):
    """The appellant answered; the clock runs on."""

    kind: ClassVar[str] = "appeal.appellant_answered"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    answer: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLapsed(Event):
    """No answer came while the clock could stand still. It runs on; one may still answer."""

    kind: ClassVar[str] = "appeal.question_lapsed"
    personal: ClassVar[Personal] = Personal.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinionAsked(Event):
    """The reviewer asked a colleague who took no part for their opinion."""

    kind: ClassVar[str] = "appeal.second_opinion_asked"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    of: PersonId
    question: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinionGiven(Event):
    """The colleague wrote it. They have taken part now; the reviewer decides."""

    kind: ClassVar[str] = "appeal.second_opinion_given"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    leaning: Leaning
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeHeld(Event):
    """The reviewer decided, and a second person must confirm it before anything happens."""

    kind: ClassVar[str] = "appeal.outcome_held"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    ending: Leaning
    reasons: Sealed
    measure: HeldMeasure | None
    why: tuple[str, ...]
    """Codes of what makes the subject one of high profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeConfirmed(Event):
    """A second person stands for it too; it takes effect in the same transaction."""

    kind: ClassVar[str] = "appeal.outcome_confirmed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRefused(Event):
    """A second person does not; the reviewer looks at it again."""

    kind: ClassVar[str] = "appeal.outcome_refused"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


HearingStep = (
    OpinionWritten
    | AppealNoted
    | AppellantAsked
    | AppellantAnswered
    | QuestionLapsed
    | SecondOpinionAsked
    | SecondOpinionGiven
    | OutcomeHeld
    | OutcomeConfirmed
    | OutcomeRefused
)
HEARING_STEPS = (
    OpinionWritten,
    AppealNoted,
    AppellantAsked,
    AppellantAnswered,
    QuestionLapsed,
    SecondOpinionAsked,
    SecondOpinionGiven,
    OutcomeHeld,
    OutcomeConfirmed,
    OutcomeRefused,
)


class WaitsFor(StrEnum):
    """Whose move an appeal under review awaits, where it is not the reviewer's."""

    APPELLANT = "appellant"
    SECOND_OPINION = "second_opinion"
    SECOND_PERSON = "second_person"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody on the staff thinks of an appeal."""

    by: PersonId | None
    leaning: Leaning
    reasons: Sealed
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the appellant was asked."""

    text: Sealed
    asked_at: datetime
    until: datetime | None
    answer: Sealed | None = None
    answered_at: datetime | None = None
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A second opinion that was asked for and not yet given."""

    of: PersonId
    question: Sealed
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldOutcome:
    """How the reviewer decided, while it waits for a second person."""

    by: Actor
    ending: Leaning
    reasons: Sealed
    measure: HeldMeasure | None
    why: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a second person said of an outcome."""

    by: PersonId | None
    confirmed: bool
    reasons: Sealed
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A note for staff alone."""

    by: PersonId | None
    text: Sealed
    at: datetime


@dataclass(frozen=True, slots=True)
class Hearing:
    """How the hearing of an appeal stands."""

    opinion: Opinion | None = None
    seconds: tuple[Opinion, ...] = ()
    wanted: Wanted | None = None
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()
    held: HeldOutcome | None = None
    verdicts: tuple[Verdict, ...] = ()
    two_people: bool = False
    """Whether an outcome was ever held: from then on none takes effect without a second person."""

    @property
    def question(self) -> Question | None:
        """The question that awaits its answer, be it late."""
        last = self.questions[-1] if self.questions else None
        return last if last is not None and last.answer is None else None

    @property
    def waits_for(self) -> WaitsFor | None:
        """Whose move it is, where it is not the reviewer's."""
        if self.held is not None:
            return WaitsFor.SECOND_PERSON
        if self.question is not None and not self.question.lapsed:
            return WaitsFor.APPELLANT
        return WaitsFor.SECOND_OPINION if self.wanted is not None else None

    def opinion_of(self, person: PersonId | None) -> Opinion | None:
        """What somebody thinks, the first or a second opinion."""
        written = (*((self.opinion,) if self.opinion else ()), *self.seconds)
        return next((one for one in written if person and one.by == person), None)


def after(hearing: Hearing, step: HearingStep) -> Hearing:
    """The hearing after one more step. mypy checks that no step is forgotten."""
    match step:
        case OpinionWritten():
            return replace(hearing, opinion=_opinion(step))
        case AppealNoted():
            note = Note(step.by.person, step.note, step.at)
            return replace(hearing, notes=(*hearing.notes, note))
        case AppellantAsked():
            question = Question(step.question, step.at, step.until, lapsed=step.until is None)
            return replace(hearing, questions=(*hearing.questions, question))
        case AppellantAnswered():
            return _last(hearing, answer=step.answer, answered_at=step.at)
        case QuestionLapsed():
            return _last(hearing, lapsed=True)
        case SecondOpinionAsked():
            return replace(hearing, wanted=Wanted(step.of, step.question, step.at))
        case SecondOpinionGiven():
            return replace(hearing, wanted=None, seconds=(*hearing.seconds, _opinion(step)))
        case OutcomeHeld():
            held = HeldOutcome(step.by, step.ending, step.reasons, step.measure, step.why, step.at)
            return replace(hearing, held=held, two_people=True)
        case OutcomeConfirmed() | OutcomeRefused():
            confirmed = isinstance(step, OutcomeConfirmed)
            verdict = Verdict(step.by.person, confirmed, step.reasons, step.at)
            return replace(hearing, held=None, verdicts=(*hearing.verdicts, verdict))
        case _:
            assert_never(step)


def _opinion(step: OpinionWritten | SecondOpinionGiven) -> Opinion:
    return Opinion(step.by.person, step.leaning, step.reasons, step.at)


def _last(hearing: Hearing, **changes: Sealed | datetime | bool) -> Hearing:
    if not hearing.questions:
        return hearing
    last = replace(hearing.questions[-1], **changes)  # type: ignore[arg-type]  # by field name
    return replace(hearing, questions=(*hearing.questions[:-1], last))
