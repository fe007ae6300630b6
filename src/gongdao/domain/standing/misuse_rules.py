"""When a report may be marked, a reporter warned or limited, and who hears an appeal: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongdao.domain.kernel.errors import BadInput, NotFound, Refused, hint_noop
from gongdao.domain.kernel.ids import DecisionId, PersonId
from gongdao.domain.policy.standing import MisusePolicy
from gongdao.domain.standing.credibility import Decided, Found
from gongdao.domain.standing.misuse import Marked, Measure, Misuse, WarningGiven

BAD = {Found.MANIFESTLY_UNFOUNDED, Found.MALICIOUS}


@dataclass(frozen=True, slots=True)
class Counted:
    """The two factors that are counted: how many reports were marked, of how many."""

    decided: int
    marked: int

    @property
    def share(self) -> float:
        """Marked of decided."""
        return self.marked / self.decided if self.decided else 0.0


def counted(policy: MisusePolicy, decided: Iterable[Decided], now: datetime) -> Counted:
    """Of the reports decided of late, how many carry a mark that still holds."""
    since = now - policy.propose_within.flat()
    late = [d for d in decided if d.decided_at > since and d.found is not Found.OVERTURNED]
    return Counted(len(late), sum(each.found in BAD for each in late))


def proposed(policy: MisusePolicy, found: Counted) -> bool:
    """Whether there is enough to warn somebody; a person decides whether to."""
    return found.marked >= policy.propose_after and found.share >= policy.propose_share


def check_words(policy: MisusePolicy, written: str) -> str:
    """Reasons or grounds, trimmed; BadInput where there are too few or too many."""
    text = written.strip()
    if len(text) < policy.text_min:
        raise BadInput(
            "misuse.no_words",
            hint_noop("Say it in at least {least} characters: it is read by the one concerned."),
            least=policy.text_min,
        )
    if len(text) > policy.text_max:
        raise BadInput(
            "misuse.too_long",
            hint_noop("Shorten it to {most} characters."),
            most=policy.text_max,
        )
    return text


def check_markable(mine: Decided | None) -> DecisionId:
    """The decision that a mark rests on: only what was decided, and not upheld, is marked."""
    if mine is None or mine.found is Found.OVERTURNED:
        raise Refused(
            "misuse.not_decided", hint_noop("Decide the case first: a mark rests on a decision.")
        )
    if mine.found is Found.UPHELD:
        raise Refused(
            "misuse.was_upheld", hint_noop("This report was upheld. There is nothing to mark.")
        )
    return mine.decision


def check_marked(misuse: Misuse | None, case: str) -> None:
    """Refuse to take back a mark that is not there."""
    if misuse is None or all(each.case != case for each in misuse.marks):
        raise Refused("misuse.no_mark", hint_noop("This report carries no mark."))


def check_warning(
    policy: MisusePolicy, misuse: Misuse | None, found: Counted, now: datetime
) -> None:
    """Refuse a warning where there is too little, or where one stands."""
    if not proposed(policy, found):
        raise Refused(
            "misuse.too_little",
            hint_noop("A warning needs {marks} marked reports of late, and {share} % of them all."),
            marks=policy.propose_after,
            share=round(100 * policy.propose_share),
        )
    if misuse is not None and misuse.warning(now) is not None:
        raise Refused("misuse.warned_already", hint_noop("A warning stands. Read it first."))


def since_warning(
    warning: WarningGiven, marks: Iterable[Marked], holding: Iterable[Decided]
) -> Sequence[Marked]:
    """The marks that hold on reports sent after a warning: earlier ones were warned of."""
    holds = {each.decision for each in holding if each.found in BAD}
    return [m for m in marks if m.decision in holds and m.reported_at > warning.at]


def check_measure(
    policy: MisusePolicy,
    misuse: Misuse | None,
    decided: Sequence[Decided],
    length: timedelta,
    now: datetime,
) -> WarningGiven:
    """The warning that a measure rests on; Refused where the law's pattern is not followed."""
    warning = misuse.warning(now) if misuse is not None else None
    if misuse is None or warning is None:
        raise Refused(
            "misuse.not_warned",
            hint_noop("Warn first: no measure comes without a warning that still stands."),
        )
    if misuse.measure(now) is not None:
        raise Refused("misuse.limited_already", hint_noop("A measure is in force already."))
    if len(since_warning(warning, misuse.marks, decided)) < policy.marks_after_warning:
        raise Refused(
            "misuse.nothing_since",
            hint_noop("Since the warning no report was sent that was marked. The warning helped."),
        )
    most = longest(policy, misuse)
    if not timedelta(0) < length <= most:
        raise BadInput(
            "misuse.bad_length",
            hint_noop("Give a length from 1 to {days} days: a measure always ends."),
            days=most.days,
        )
    return warning


def longest(policy: MisusePolicy, misuse: Misuse | None) -> timedelta:
    """How long a measure may be; one that was lifted or overturned makes no later one longer."""
    earlier = misuse is not None and any(m.lifted_at is None for m in misuse.measures)
    return (policy.longest if earlier else policy.first_longest).flat()


def check_taking_up(misuse: Misuse | None, now: datetime) -> None:
    """Refuse to take up what is set aside while the measure is in force."""
    measure = misuse.measure(now) if misuse is not None else None
    if measure is not None:
        raise Refused(
            "misuse.still_limited",
            hint_noop("The measure is in force until {until}. After that this can be taken up."),
            until=measure.until,
        )


def check_objection(misuse: Misuse | None, about: str, now: datetime) -> WarningGiven | Measure:
    """What is appealed against, if that is still possible."""
    found = misuse.about(about) if misuse is not None else None
    if found is None:
        raise _missing()
    if found.objection is not None:
        raise Refused("misuse.objected_already", hint_noop("You have appealed against it already."))
    if now > found.appeal_closes:
        raise Refused("misuse.too_late", hint_noop("The time to appeal against it is over."))
    return found


def check_lifting(misuse: Misuse | None, about: str, now: datetime) -> WarningGiven | Measure:
    """What is taken back, if it still stands."""
    found = misuse.about(about) if misuse is not None else None
    if found is None:
        raise _missing()
    if not (found.in_force(now) if isinstance(found, Measure) else found.stands(now)):
        raise Refused("misuse.lifted_already", hint_noop("It is over, or was taken back already."))
    return found


def check_hearing(
    misuse: Misuse, about: str, hearer: PersonId | None, took_part: Iterable[PersonId]
) -> None:
    """Whoever hears an appeal marked nothing, warned nobody, and decided none of these cases."""
    found = misuse.about(about)
    if found is None or found.objection is None or found.objection.overturned is not None:
        raise Refused("misuse.no_objection", hint_noop("There is no appeal to decide on."))
    if hearer is None or hearer in set(took_part):
        raise Refused(
            "misuse.not_independent",
            hint_noop("You took part in what led to this. Somebody else must hear the appeal."),
        )


def rests_on_nothing(
    policy: MisusePolicy, misuse: Misuse, measure: Measure, decided: Sequence[Decided]
) -> bool:
    """Whether its warning or the marks since fell, so that a measure has nothing to stand on."""
    warning = misuse.about(measure.warning)
    if not isinstance(warning, WarningGiven) or warning.lifted_at is not None:
        return True
    return len(since_warning(warning, misuse.marks, decided)) < policy.marks_after_warning


def warned_of_nothing(
    policy: MisusePolicy, misuse: Misuse, warning: WarningGiven, decided: Sequence[Decided]
) -> bool:
    """Whether so many of the marks before a warning fell that nobody could give it now."""
    then = [each for each in decided if each.decided_at <= warning.at]
    marked = {each.decision for each in misuse.marks if each.at <= warning.at}
    known = [d for d in then if d.found not in BAD or d.decision in marked]
    return counted(policy, known, warning.at).marked < policy.propose_after


def _missing() -> NotFound:
    return NotFound("not_found", hint_noop("There is no such warning or measure of yours."))
