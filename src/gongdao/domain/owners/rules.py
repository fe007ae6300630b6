"""Whether an owner is asked, what they may say, and what a group's tools may be."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor
from gongdao.domain.kernel.ids import Sealed
from gongdao.domain.owners.model import (
    Action,
    Group,
    OwnerTask,
    OwnerTaskActed,
    OwnerTaskMissed,
    OwnerTaskSkipped,
    TaskStage,
    Why,
)
from gongdao.domain.policy.model import OwnerRule

NAME_MOST = 200
OWNERS_MOST = 20
NOTE_MOST = 500
WORDS_MOST = 200
WORD_MOST = 40
QUESTIONS_MOST = 5
QUESTION_MOST = 120
SLOWEST = 3600
CHANGES_MOST = 50
"""Changes of a group's tools in a day: each is kept, listed, and told to the operator's app."""


def shown_from(opened_at: datetime) -> datetime:
    """The midnight after a report, on China's clock: before it the owner knows of nothing."""
    local = opened_at.astimezone(CHINA)
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def why_skip(rule: OwnerRule, group: Group, category: str, *, conflict: bool) -> Why | None:
    """Why the owner is not asked at all; None if they are."""
    if conflict:
        return Why.CONFLICT
    if category in rule.serious:
        return Why.SERIOUS
    if group.members < rule.members_min:
        return Why.TOO_SMALL
    return None


def skip(why: Why, now: datetime) -> OwnerTaskSkipped:
    """Leave it to the operator."""
    return OwnerTaskSkipped(at=now, by=SYSTEM, why=why)


def act(
    task: OwnerTask, action: Action, note: Sealed | None, by: Actor, now: datetime
) -> OwnerTaskActed:
    """Say what was done. After the time, too: better late than not at all, and it is said so."""
    if task.stage is TaskStage.ACTED:
        raise Refused("owners.already_acted", hint_noop("You have answered this one already."))
    if task.stage is TaskStage.SKIPPED:
        raise Refused(
            "owners.case_closed", hint_noop("The operator has settled this one. Nothing is due.")
        )
    return OwnerTaskActed(at=now, by=by, action=action, note=note, late=now > task.due_at)


def miss(task: OwnerTask, now: datetime) -> list[OwnerTaskMissed]:
    """The time passed; nothing where the task is over already."""
    return [OwnerTaskMissed(at=now, by=SYSTEM)] if task.stage is TaskStage.OPEN else []


def check_group(name: str, owners: Sequence[str], members: int) -> None:
    """Refuse what the operator's app cannot mean."""
    if not name.strip() or len(name) > NAME_MOST:
        raise BadInput(
            "owners.bad_name",
            hint_noop("Give the group a name of at most {most} characters."),
            most=NAME_MOST,
        )
    if not 0 < len(owners) <= OWNERS_MOST or not all(0 < len(o.strip()) <= 200 for o in owners):  # noqa: PLR2004
        raise BadInput(
            "owners.bad_owners",
            hint_noop("Name one to {most} accounts as owners."),
            most=OWNERS_MOST,
        )
    if members < 1:
        raise BadInput("owners.bad_members", hint_noop("Say how many members the group has."))


def check_note(note: str) -> str:
    """The note without blanks around it."""
    note = note.strip()
    if len(note) > NOTE_MOST:
        raise Refused(
            "owners.note_too_long",
            hint_noop("Shorten the note to {most} characters."),
            most=NOTE_MOST,
        )
    return note


def lines(text: str | Iterable[str]) -> list[str]:
    """One entry a line, without blanks, empty lines and repetitions."""
    each = text.splitlines() if isinstance(text, str) else text
    return list(dict.fromkeys(line.strip() for line in each if line.strip()))


def check_changes(changed: Iterable[datetime], now: datetime) -> None:
    """Refuse one change of the tools too many."""
    if sum(at > now - timedelta(days=1) for at in changed) >= CHANGES_MOST:
        raise Refused(
            "owners.too_often",
            hint_noop("The tools were changed {most} times within a day. Change them tomorrow."),
            most=CHANGES_MOST,
        )


def check_tools(words: Sequence[str], questions: Sequence[str], slow_seconds: int) -> None:
    """Refuse tools that no app could put to work."""
    if len(words) > WORDS_MOST or any(len(word) > WORD_MOST for word in words):
        raise Refused(
            "owners.too_many_words",
            hint_noop("Keep at most {most} words of {long} characters each."),
            most=WORDS_MOST,
            long=WORD_MOST,
        )
    if len(questions) > QUESTIONS_MOST or any(len(q) > QUESTION_MOST for q in questions):
        raise Refused(
            "owners.too_many_questions",
            hint_noop("Keep at most {most} questions of {long} characters each."),
            most=QUESTIONS_MOST,
            long=QUESTION_MOST,
        )
    if not 0 <= slow_seconds <= SLOWEST:
        raise Refused(
            "owners.bad_slow_mode",
            hint_noop("Choose a pause from 0 to {most} seconds."),
            most=SLOWEST,
        )
