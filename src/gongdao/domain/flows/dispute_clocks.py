"""The clocks of a dispute with an outside platform, by the figures of the platform's own pack.

What clocks should run follows from how a dispute stands, so they are not started step by step:
`settle` compares what should run with what runs, and starts, ends or frees what differs. It may be
called as often as one likes; the worker calls it for whatever came in by another way.

A limit that somebody else sets is never rolled to a working day: they may not do so either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongdao.domain.deadlines import rules as deadlines
from gongdao.domain.deadlines.model import Deadline, DeadlineKind, RuleRef
from gongdao.domain.deadlines.rules import Term
from gongdao.domain.disputes.model import Dispute, DisputeStage
from gongdao.domain.flows.records import HOUSE, Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.errors import PackInvalid, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held
from gongdao.domain.kernel.ids import CaseId, DeadlineId
from gongdao.domain.kernel.spans import Span, Unit
from gongdao.domain.policy.follow_up import Said, length
from gongdao.domain.policy.follow_up_shape import FollowUpPolicy
from gongdao.domain.policy.pack import RulePack

DISPUTE_KINDS = frozenset(
    {
        DeadlineKind.DISPUTE_WINDOW,
        DeadlineKind.DISPUTE_REPLY,
        DeadlineKind.DISPUTE_HANDLING,
        DeadlineKind.DISPUTE_MORE,
        DeadlineKind.DISPUTE_SECOND,
    }
)
"""Deadlines of disputes."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A clock that should run."""

    kind: DeadlineKind
    starts_at: datetime
    span: Span
    rule: RuleRef
    until: datetime | None = None
    """A moment that they named: it counts, whatever the length."""


def follow_up_of(r: Records) -> FollowUpPolicy:
    """Today's policy of following up; PackInvalid where the house has none."""
    pack = pack_of_the_day(r.packs, r.clock())
    if pack.follow_up is None:
        raise PackInvalid(
            "pack.no_follow_up",
            hint_noop("The pack {pack} says nothing of following up. Add its follow_up part."),
            pack=str(pack.ref),
        )
    return pack.follow_up


def settle(r: Records, held: Held[Dispute], by: Actor = SYSTEM) -> None:
    """Let exactly those clocks run that should, within the unit of work of the step."""
    dispute = held.now
    wanted = {each.kind: each for each in _wanted(r, dispute)}
    for running in r.deadlines.running_about(dispute.id):
        if running.now.kind not in DISPUTE_KINDS:
            continue
        still = wanted.get(running.now.kind)
        if still is not None and _same(running.now, still):
            del wanted[still.kind]
            continue
        _end(r, running, dispute, by, replaced=still is not None)
    for each in wanted.values():
        _start(r, dispute, each)
    r.follow_ups.mark(dispute.id, held.version)


def _wanted(r: Records, dispute: Dispute) -> Iterator[Wanted]:
    if not dispute.is_open:
        return
    policy, pack = follow_up_of(r), r.packs.at(dispute.pack)
    for kind, since in _stretches(dispute):
        found = _length(policy, pack, kind, dispute)
        if found is not None:
            rule = RuleRef(f"{dispute.platform}.{found.path}", found.source)
            yield Wanted(kind, since, found.span or Span(0, Unit.HOURS), rule)
    if dispute.stage is DisputeStage.MORE_ASKED:
        yield from _more(policy, dispute)


def _stretches(dispute: Dispute) -> Iterator[tuple[DeadlineKind, datetime]]:
    """Which clocks run at this stage, and since when."""
    noticed, last = dispute.facts.noticed_at, dispute.last
    if dispute.kind.value == "review" and dispute.reply is None:
        yield DeadlineKind.DISPUTE_REPLY, noticed
    match dispute.stage:
        case DisputeStage.PREPARING:
            if not dispute.judged or dispute.grounds:
                yield DeadlineKind.DISPUTE_WINDOW, noticed
        case DisputeStage.FILED:
            if last is not None and last.outcome is None:
                sent = [each.sent_at for each in dispute.asked if each.sent_at is not None]
                yield DeadlineKind.DISPUTE_HANDLING, max((last.at, *sent))
        case DisputeStage.REJECTED:
            if last is not None and last.answered_at is not None:
                yield DeadlineKind.DISPUTE_SECOND, last.answered_at
        case DisputeStage.MORE_ASKED | DisputeStage.ENDED:
            pass


def _more(policy: FollowUpPolicy, dispute: Dispute) -> Iterator[Wanted]:
    rule = policy.clock(DeadlineKind.DISPUTE_MORE)
    waits = [each for each in dispute.asked if each.sent_at is None]
    if not waits or rule is None:
        return
    ask = min(waits, key=lambda each: each.until or each.at + timedelta(days=1))
    if ask.until is not None:
        hours = max(1, round((ask.until - ask.at) / _HOUR))
        said = RuleRef(f"{dispute.platform}.more_asked", f"{dispute.platform}")
        yield Wanted(DeadlineKind.DISPUTE_MORE, ask.at, Span(hours, Unit.HOURS), said, ask.until)
    elif rule.otherwise is not None:
        house = RuleRef(f"{HOUSE}.{DeadlineKind.DISPUTE_MORE}", rule.source)
        yield Wanted(DeadlineKind.DISPUTE_MORE, ask.at, rule.otherwise, house)


def _length(
    policy: FollowUpPolicy, pack: RulePack, kind: DeadlineKind, dispute: Dispute
) -> Said | None:
    rule = policy.clock(kind)
    return length(pack, rule, dispute.kind) if rule is not None else None


def _same(running: Deadline, wanted: Wanted) -> bool:
    at_the_same_time = running.starts_at == wanted.starts_at
    return at_the_same_time and wanted.until in {None, running.due_at}


def _start(r: Records, dispute: Dispute, wanted: Wanted) -> None:
    policy, now = follow_up_of(r), r.clock()
    due = r.calendar.due(wanted.starts_at, wanted.span, roll=False)
    ends = wanted.until or due.at
    term = Term(
        case=CaseId(dispute.id),
        kind=wanted.kind,
        about=dispute.id,
        rule=wanted.rule,
        span=wanted.span,
        remind_before=_before(policy, wanted, ends),
        roll=False,
    )
    new_id = DeadlineId(r.new_id())
    step = deadlines.set_deadline(
        new_id, term, wanted.starts_at, r.calendar, by=SYSTEM, now=now, due_at=wanted.until
    )
    r.deadlines.add(new_id, [step], after=0)


def _before(policy: FollowUpPolicy, wanted: Wanted, ends: datetime) -> tuple[Span, ...]:
    """How long before the end to remind: halfway, and what the pack says besides."""
    rule = policy.clock(wanted.kind)
    if rule is None or not rule.binds:
        return ()
    spans = set(policy.reminders.before)
    half = (ends - wanted.starts_at) / 2 // _HOUR
    if policy.reminders.halfway and half > 0:
        spans.add(Span(half, Unit.HOURS))
    return tuple(sorted(spans, key=str))


def _end(
    r: Records, running: Held[Deadline], dispute: Dispute, by: Actor, *, replaced: bool
) -> None:
    now = r.clock()
    if not replaced and _done(running.now, dispute):
        r.deadlines.add(
            running.now.id, [deadlines.meet(running.now, by=by, now=now)], after=running.version
        )
        return
    because = "counted_anew" if replaced else "not_needed"
    step = deadlines.cancel(running.now, because, by=by, now=now)
    r.deadlines.add(running.now.id, [step], after=running.version)


def _done(deadline: Deadline, dispute: Dispute) -> bool:
    """Whether what the clock ran for was done."""
    filed = [each.at for each in dispute.filings]
    match deadline.kind:
        case DeadlineKind.DISPUTE_WINDOW | DeadlineKind.DISPUTE_SECOND:
            return any(at >= deadline.starts_at for at in filed)
        case DeadlineKind.DISPUTE_REPLY:
            return dispute.reply is not None
        case DeadlineKind.DISPUTE_MORE:
            return any(each.sent_at is not None for each in dispute.asked)
        case DeadlineKind.DISPUTE_HANDLING:
            answered = dispute.last is not None and dispute.last.outcome is not None
            return answered or dispute.stage is DisputeStage.MORE_ASKED
        case _:
            return False
