"""Which level looks at a text, who may do what with it, and what the passing of time brings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from gongdao.domain.kernel.calendar import WorkingCalendar
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import AppealId, CaseId, Code, DecisionId, PackRef, PersonId, Sealed
from gongdao.domain.policy.screening import Delay, Lane, OnTimeout, WaitingPolicy
from gongdao.domain.policy.screening import Look as LookRule
from gongdao.domain.screening.posts import (
    Because,
    HeldPost,
    Level,
    Look,
    Opinion,
    PostAppeared,
    PostEdited,
    PostOverdue,
    PostPassedOn,
    PostReassigned,
    PostReleased,
    PostRestored,
    PostStage,
    PostTakenBack,
    PostWithheld,
    Wait,
    after,
)

REFERENCE_MOST = 200
NOTE_MOST = 2000
WISH_MOST = timedelta(days=90)
DAY = timedelta(hours=24)
PROMPT = timedelta(hours=1)
"""A clock that comes later stood still: then whoever looks next still has their whole time."""


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What moments are counted with."""

    policy: WaitingPolicy
    calendar: WorkingCalendar
    now: datetime


def check_text(policy: WaitingPolicy, text: str) -> None:
    """Refuse a text that is none, or that is too long to be looked at by people."""
    if not text.strip():
        raise BadInput("held.empty", hint_noop("Send the text that is to appear; it is empty."))
    if len(text) > policy.longest:
        raise BadInput(
            "held.too_long",
            hint_noop("A text that waits has at most {most} characters. Shorten it."),
            most=policy.longest,
        )


def check_names(author: str, reference: str, place: str) -> None:
    """Refuse names that the operator's app cannot mean."""
    if not author.strip():
        raise BadInput("held.no_author", hint_noop("Say whose text it is: the account."))
    if not reference.strip():
        raise BadInput("held.no_reference", hint_noop("Send your own name of the text."))
    if max(len(author), len(reference), len(place)) > REFERENCE_MOST:
        raise BadInput(
            "held.name_too_long",
            hint_noop("Shorten account, reference and place to {most} characters each."),
            most=REFERENCE_MOST,
        )


def check_wish(wish: datetime | None, now: datetime) -> datetime | None:
    """A moment before which it is not to appear; one that has passed is none."""
    if wish is None or (wish.tzinfo is not None and wish <= now):
        return None
    if wish.tzinfo is None or wish > now + WISH_MOST:
        raise BadInput(
            "held.bad_wish",
            hint_noop("Wish for a moment with its offset, at most {days} days ahead."),
            days=WISH_MOST.days,
        )
    return wish


def check_per_day(most: int | None, handed_in: Sequence[datetime], now: datetime) -> None:
    """Refuse one text more than an account may hand in within 24 hours; the latest come first."""
    if most is None or len(handed_in) < most:
        return
    free_at = handed_in[most - 1] + DAY
    if now < free_at:
        seconds = ceil((free_at - now).total_seconds())
        minute = (free_at + timedelta(minutes=1, microseconds=-1)).replace(second=0, microsecond=0)
        raise Refused(
            "held.day_is_full",
            hint_noop(
                "This account's grade allows no more than {most} posts in 24 hours. Hand it in "
                "again after {free_at}; its author reads why under how the account stands."
            ),
            most=most,
            free_at=minute.astimezone(CHINA),
            seconds=seconds,
        )


def delay_of(rule: Delay, extra: timedelta = timedelta(0)) -> timedelta:
    """How long a delayed text waits; `extra` is where an account's standing comes in.

    It makes it longer by at most what the pack allows, or shorter, down to nothing.
    """
    longer = min(extra, timedelta(minutes=rule.most_extra))
    return max(timedelta(minutes=rule.minutes) + longer, timedelta(0))


def first_wait(
    lane: Lane,
    work: Clockwork,
    *,
    owned: bool,
    own: bool = False,
    wish: datetime | None = None,
    extra_delay: timedelta = timedelta(0),
) -> Wait | None:
    """Who looks first and until when; None: it appears at once.

    `own`: words of its group's own list stand in it; then the owner looks if nobody else has to.
    """
    if own and lane in {Lane.PUBLISH, Lane.DELAY}:
        asked = wait_at(Level.OWNER, work)
        else_ = first_wait(lane, work, owned=owned, wish=wish, extra_delay=extra_delay)
        return replace(asked, until=max(asked.until, else_.until)) if else_ else asked
    match lane:
        case Lane.PUBLISH:
            return Wait(Level.CLOCK, wish) if wish is not None and wish > work.now else None
        case Lane.DELAY:
            until = work.now + delay_of(work.policy.delay, extra_delay)
            return Wait(Level.CLOCK, max(until, wish or until))
        case Lane.SECOND_LOOK if owned:
            return wait_at(Level.OWNER, work)
        case Lane.SECOND_LOOK | Lane.THIRD_LOOK:
            return wait_at(Level.DESK, work)


def wait_at(level: Level, work: Clockwork) -> Wait:
    """A wait at a level where people look."""
    rule = work.policy.owner if level is Level.OWNER else _rule(level, work.policy)
    return Wait(level, work.calendar.due(work.now, rule.within, roll=False).at)


def appear(because: Because, now: datetime) -> PostAppeared:
    """Let it appear by itself."""
    return PostAppeared(at=now, by=SYSTEM, because=because)


def edit(post: HeldPost, look: Look, pack: PackRef, wait: Wait | None, by: Actor, work: Clockwork
         ) -> PostEdited:  # fmt: skip
    """Its author changed it."""
    must_wait(post)
    if post.edits >= work.policy.edits:
        raise Refused(
            "held.too_many_edits",
            hint_noop("It was changed {most} times already. Take it back and write it anew."),
            most=work.policy.edits,
        )
    return PostEdited(at=work.now, by=by, pack=pack, look=look, wait=wait)


def take_back(post: HeldPost, by: Actor, now: datetime) -> PostTakenBack:
    """Its author wants it back."""
    must_wait(post)
    return PostTakenBack(at=now, by=by)


def pass_on(
    post: HeldPost, opinion: Opinion, note: Sealed | None, by: Actor, work: Clockwork
) -> PostPassedOn:
    """Let another look, too: the owner hands it to the desk, a reviewer to another reviewer."""
    _check_looker(post, by)
    last = post.wait is not None and post.wait.level in {Level.THIRD, Level.LEAD}
    if last and not needs_two(post):
        raise Refused(
            "held.last_look", hint_noop("You are the last to look: release or withhold it.")
        )
    to = Level.DESK if by.role is Role.GROUP_OWNER else Level.THIRD
    return PostPassedOn(at=work.now, by=by, opinion=opinion, note=note, wait=wait_at(to, work))


def release(post: HeldPost, note: Sealed | None, by: Actor, now: datetime) -> PostReleased:
    """Let it appear."""
    _check_ruler(post, by)
    return PostReleased(at=now, by=by, note=note)


def check_withhold(post: HeldPost, by: Actor) -> None:
    """Refuse withholding by whoever may not: an owner never does."""
    _check_ruler(post, by)
    if by.role is Role.GROUP_OWNER:
        raise Refused(
            "held.owner_withholds",
            hint_noop("You can release it or pass it on. Withholding is for the reviewers."),
        )


def withhold(
    post: HeldPost, case: CaseId, decision: DecisionId, clause: Code, by: Actor, now: datetime
) -> PostWithheld:
    """Keep it from appearing, by a decision that holds the reasons."""
    check_withhold(post, by)
    return PostWithheld(at=now, by=by, case=case, decision=decision, clause=clause)


def restore(post: HeldPost, appeal: AppealId, by: Actor, now: datetime) -> list[PostRestored]:
    """What an overturned decision brings: it appears; nothing where it isn't withheld any more."""
    withheld = post.stage is PostStage.WITHHELD
    return [PostRestored(at=now, by=by, appeal=appeal)] if withheld else []


def time_passed(post: HeldPost, work: Clockwork) -> PostAppeared | PostOverdue | None:
    """What follows where its wait is over; None where it is not."""
    if post.stage is not PostStage.WAITING or post.wait is None or post.wait.until > work.now:
        return None
    if post.wait.level is Level.CLOCK:
        clean = post.look.lane is Lane.PUBLISH
        return appear(Because.NOTHING_FOUND if clean else Because.TIME_CAME, work.now)
    then = if_nobody_looks(post, work.policy)
    if then is None:
        alone = post.for_owner_alone
        return appear(Because.TIME_CAME if alone else Because.NOBODY_LOOKED, work.now)
    # A clock that comes just after midnight takes no day from what the author was told.
    late = work.now - post.wait.until > PROMPT
    since = work if late else replace(work, now=post.wait.until)
    return PostOverdue(at=work.now, by=SYSTEM, wait=wait_at(then, since))


def if_nobody_looks(post: HeldPost, policy: WaitingPolicy) -> Level | None:
    """Who has to look once the time of those who are asked now is over; None: it appears."""
    level = post.wait.level if post.wait else Level.CLOCK
    if level is Level.CLOCK or post.for_owner_alone:
        return None
    if level is Level.OWNER:
        return Level.DESK
    if level is Level.LEAD and post.led >= policy.lead.rounds:
        return None
    # What two people are to look at counts by the third look's rule from the first of them on.
    twice = post.look.lane is Lane.THIRD_LOOK and level is Level.DESK
    rule = _rule(Level.THIRD if twice else level, policy)
    return Level.LEAD if rule.on_timeout is OnTimeout.HOLD else None


def appears_by(post: HeldPost, work: Clockwork) -> datetime | None:
    """When it appears at the latest if nobody looks at all; None where it waits no more."""
    while post.wait is not None:
        then = if_nobody_looks(post, work.policy)
        if then is None:
            return post.wait.until
        wait = wait_at(then, replace(work, now=post.wait.until))
        post = after(post, PostOverdue(at=post.wait.until, by=SYSTEM, wait=wait))
    return None


def owners_changed(
    post: HeldPost, owners: Sequence[PersonId], work: Clockwork
) -> PostReassigned | None:
    """What new owners of its group bring: the desk looks where none of them could."""
    asked = post.wait is not None and post.wait.level is Level.OWNER
    if not asked or post.for_owner_alone or (owners and post.author not in owners):
        return None
    return PostReassigned(at=work.now, by=SYSTEM, wait=wait_at(Level.DESK, work))


def check_no_owner(*, owns: bool) -> None:
    """Refuse a reviewer who owns the group that it lies in: as its owner they were asked before."""
    if owns:
        raise Refused(
            "held.owned",
            hint_noop("It lies in a group of yours. A reviewer who has no part in it must look."),
        )


def must_wait(post: HeldPost) -> None:
    """Refuse what comes after it appeared, was withheld or was taken back."""
    if post.stage is not PostStage.WAITING:
        raise Refused(
            "held.over",
            hint_noop("It waits no more: it is {stage}. Read it again."),
            stage=post.stage.value,
        )


def waits_already() -> Refused:
    """What a second text under the same name is told while the first one waits."""
    return Refused(
        "held.waits_already",
        hint_noop("A text of this name waits already. Change that one, or take it back first."),
    )


def needs_two(post: HeldPost) -> bool:
    """Whether whoever looks now may not end its wait alone: nobody has looked before."""
    return post.look.lane is Lane.THIRD_LOOK and not post.passed_by


def _check_looker(post: HeldPost, by: Actor) -> None:
    """Refuse whoever is not asked, wrote it, or looked at this version already."""
    must_wait(post)
    level = post.wait.level if post.wait else Level.CLOCK
    fits = level is Level.OWNER if by.role is Role.GROUP_OWNER else level is not Level.OWNER
    if not fits or level is Level.CLOCK:
        raise Refused(
            "held.not_your_turn",
            hint_noop("It does not wait for you at this moment. Read it again."),
        )
    if by.person == post.author:
        raise Refused("held.own", hint_noop("This is your own text. Somebody else must look."))
    if by.person in post.passed_by:
        raise Refused(
            "held.looked_already",
            hint_noop("You looked at it before. Another person must make the next look."),
        )
    if level is Level.LEAD and by.role is not Role.SENIOR_REVIEWER:
        raise Refused("held.for_the_lead", hint_noop("Its time passed: a senior reviewer rules."))


def _check_ruler(post: HeldPost, by: Actor) -> None:
    _check_looker(post, by)
    if needs_two(post):
        raise Refused(
            "held.needs_two",
            hint_noop("Two people look at this text. Say what you think and pass it on."),
        )


def _rule(level: Level, policy: WaitingPolicy) -> LookRule:
    rules = {
        Level.DESK: policy.second_look,
        Level.THIRD: policy.third_look,
        Level.LEAD: policy.lead,
    }
    return rules[level]
