"""When a grade restricts, who may appeal against it and who may hear that: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.kernel.calendar import passed
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import PersonId, SanctionId, Sealed
from gongdao.domain.policy.grades import GradeCode, GradePolicy, Told
from gongdao.domain.standing.accounts import (
    Account,
    GradeHeard,
    Ruled,
)
from gongdao.domain.standing.grades import Stands


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a reviewer wants to end an appeal."""

    ruled: Ruled
    excluded: tuple[SanctionId, ...] = ()
    grade: GradeCode | None = None
    days: int = 0


def with_set_grade(folded: GradeCode, account: Account | None, now: datetime) -> GradeCode:
    """The grade, with one that a reviewer set for a while where that is better."""
    lasting = account.set_grade if account else None
    if lasting is None or now >= lasting.until:
        return folded
    return min(folded, lasting.grade, key=_depth)


def in_effect(
    grade: GradeCode, account: Account | None, policy: GradePolicy, now: datetime
) -> GradeCode:
    """The grade whose effects hold: never worse than what was told, and never before its time."""
    if grade not in policy.restricting:
        return grade
    free = max((code for code in GradeCode if code not in policy.restricting), key=_depth)
    if account is None:
        return free
    told = account.told
    if not begun(account, policy, now):
        told = min(told, account.fall.before, key=_depth)
    return min(grade, max(told, free, key=_depth), key=_depth)


def begun(account: Account, policy: GradePolicy, now: datetime) -> bool:
    """Whether the effects of the latest notice hold.

    They wait for whoever appealed before they began, and rest while an appeal is heard too late.
    """
    return now >= account.fall.effects_at and holds_at(account, policy, now)


def holds_at(account: Account, policy: GradePolicy, now: datetime) -> bool:
    """Whether no appeal holds the effects back at a moment."""
    asked = account.contest
    if asked is None or not account.waits:
        return True
    in_time = policy.told.waits_for_hearing and asked.at < account.fall.effects_at
    return not in_time and now <= asked.hear_by


def falls(stands: GradeCode, account: Account | None, policy: GradePolicy) -> bool:
    """Whether the account must be told: its grade restricts more than what it knows of."""
    known = account.told if account else GradeCode.A
    return stands in policy.restricting and stands.depth > known.depth


def rises(stands: GradeCode, account: Account | None) -> bool:
    """Whether a grade that was told is too low by now."""
    return account is not None and stands.depth < account.told.depth


def check_text(told: Told, written: str) -> str:
    """Grounds or reasons in words; BadInput where there are none or too many."""
    text = written.strip()
    if not text:
        raise BadInput("standing.no_words", hint_noop("Say it in a few words."))
    if len(text) > told.text_max:
        raise BadInput(
            "standing.too_long", hint_noop("Shorten it to {most} characters."), most=told.text_max
        )
    return text


def may_contest(account: Account | None, policy: GradePolicy, now: datetime) -> bool:
    """Whether an appeal against the grade is open."""
    return (
        account is not None
        and account.told in policy.restricting
        and account.contest is None
        and not passed(account.fall.contest_until, now)
    )


def check_contest(account: Account | None, policy: GradePolicy, now: datetime) -> None:
    """An appeal against a grade: once for each notice and in time."""
    if account is None or account.told not in policy.restricting:
        raise Refused(
            "standing.nothing_to_contest",
            hint_noop("Your grade restricts nothing, so there is nothing to appeal against."),
        )
    if account.contest is not None:
        raise Refused(
            "standing.contested_already",
            hint_noop("You appealed against this notice already. You are told how it ends."),
        )
    if passed(account.fall.contest_until, now):
        raise Refused(
            "standing.too_late",
            hint_noop(
                "Appeals were possible until {until}. Each decision can still be appealed by its "
                "own rules."
            ),
            until=account.fall.contest_until,
        )


def check_hearer(account: Account, took_part: Iterable[PersonId], by: Actor) -> None:
    """Only a person, not the one it is about, and nobody who took part in what counted."""
    if not account.waits:
        raise Refused("standing.nothing_waits", hint_noop("No appeal waits to be decided."))
    if by.person is None or by.role is Role.SYSTEM:
        raise Refused("standing.needs_a_person", hint_noop("A machine never closes an appeal."))
    if by.person == account.person or by.person in set(took_part):
        raise Refused(
            "standing.not_independent",
            hint_noop("You took part in a decision that counts here. Somebody else must hear it."),
        )


def hear(
    ruling: Ruling,
    until: datetime | None,
    reasons: Sealed,
    stands: Stands,
    by: Actor,
    now: datetime,
) -> GradeHeard:
    """End an appeal: never with anything harder than before."""
    excluded: tuple[SanctionId, ...] = ()
    grade = None
    if ruling.ruled is Ruled.EXCLUDED:
        excluded = _excluded(ruling.excluded, stands)
    elif ruling.ruled is Ruled.SET:
        grade = ruling.grade
        if grade is None or until is None or grade.depth >= stands.grade.depth:
            raise Refused(
                "standing.not_better",
                hint_noop("Set a grade that is better than the one it has, and say for how long."),
            )
    return GradeHeard(
        at=now,
        by=by,
        ruled=ruling.ruled,
        excluded=excluded,
        grade=grade,
        until=until if grade is not None else None,
        reasons=reasons,
    )


def _excluded(named: Sequence[SanctionId], stands: Stands) -> tuple[SanctionId, ...]:
    counted = {each.violation.sanction for each in stands.counted if each.out is None}
    if not named or not counted.issuperset(named):
        raise Refused(
            "standing.not_counted", hint_noop("Name violations that count in this grade.")
        )
    return tuple(dict.fromkeys(named))


def _depth(code: GradeCode) -> int:
    return code.depth
