"""An appeal as whoever hears it sees it; what was foretold is put in only after their opinion."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.appeals import hearing
from gongdao.domain.appeals.model import Appeal, Weighed
from gongdao.domain.appeals.opinions import HeldMeasure, Opinion
from gongdao.domain.decisions.model import Decision
from gongdao.domain.flows.asking_back import QuestionView
from gongdao.domain.flows.casefile import ClockView
from gongdao.domain.flows.exhibit_views import ExhibitView
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId, PersonId
from gongdao.domain.policy.model import AppealPolicy


@dataclass(frozen=True, slots=True)
class OpinionView:
    """What somebody on the staff thinks."""

    by: str | None
    name: str
    leaning: str
    reasons: str
    at: datetime
    first: bool


@dataclass(frozen=True, slots=True)
class SaidView:
    """A note, a wish for an opinion, or what a second person said."""

    by: str | None
    name: str
    text: str
    at: datetime
    confirmed: bool | None = None


@dataclass(frozen=True, slots=True)
class HeldView:
    """An outcome that waits for its second person."""

    by: str
    name: str
    ending: str
    measure: HeldMeasure | None
    reasons: str
    at: datetime
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HearingView:
    """An appeal while it is heard, for staff."""

    appeal: AppealId
    case: CaseId
    decision: DecisionId
    level: int
    levels: int
    round: int
    side: str
    stage: str
    channel: str
    wish: str
    filed_at: datetime
    grounds: str
    reviewer: str | None
    reviewer_name: str
    mine: bool
    asked_of_me: bool
    waits_for: str
    clock: ClockView | None
    since: datetime
    """When it was last decided: what came later is new."""
    exhibits: tuple[ExhibitView, ...]
    """What came in since."""
    named: tuple[str, ...]
    """Which exhibits the appeal names."""
    opened_by: tuple[str, ...]
    tone: tuple[str, ...]
    foretold: Weighed | None
    """What the appellant was shown before sending; None until one has written an opinion."""
    hidden: bool
    """Whether something of it is kept back until then."""
    opinions: tuple[OpinionView, ...]
    """One's own; the others' once one's own is written, or it is over."""
    opinions_written: int
    wanted: SaidView | None
    questions: tuple[QuestionView, ...]
    notes: tuple[SaidView, ...]
    held: HeldView | None
    verdicts: tuple[SaidView, ...]
    two_people: tuple[str, ...]
    """Why its outcome needs two people; empty where it does not."""
    two_people_for: tuple[str, ...]
    """Which endings do."""
    further: str
    """What can follow: `level`, `new_evidence` or `nothing`."""
    can: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Opens the sealed texts of a hearing, and says who is who."""

    records: Records

    def opinion(self, one: Opinion, *, first: bool) -> OpinionView:
        """An opinion in words."""
        r = self.records
        return OpinionView(
            one.by, self.name(one.by), one.leaning.value, r.opened(one.reasons), one.at, first
        )

    def name(self, person: PersonId | None) -> str:
        """What a colleague is called."""
        return (self.records.staff.name(person) or "—") if person else ""


def opinions_for(words: Words, appeal: Appeal, chair: Seat, caller: Caller) -> list[OpinionView]:
    """One's own opinion; all of them once nothing can be anchored by it any more."""
    of = appeal.hearing
    written = [*([(of.opinion, True)] if of.opinion else []), *((o, False) for o in of.seconds)]
    all_of_them = chair is Seat.AUDITOR or hearing.may_foresee(appeal, caller.person)
    return [
        words.opinion(one, first=first)
        for one, first in written
        if all_of_them or one.by == caller.person
    ]


def foretold_for(appeal: Appeal, chair: Seat, caller: Caller) -> Weighed | None:
    """What was foretold, for whoever has an opinion of their own already."""
    if chair is Seat.AUDITOR:
        return appeal.weighed if appeal.hearing.opinion or not appeal.stage.is_open else None
    return appeal.weighed if hearing.may_foresee(appeal, caller.person) else None


def held_view(words: Words, appeal: Appeal) -> HeldView | None:
    """The outcome that waits, if one does."""
    held = appeal.hearing.held
    if held is None or held.by.person is None:
        return None
    return HeldView(
        by=held.by.person,
        name=words.name(held.by.person),
        ending=held.ending.value,
        measure=held.measure,
        reasons=words.records.opened(held.reasons),
        at=held.at,
        why=held.why,
    )


def notes_for(words: Words, appeal: Appeal, chair: Seat, caller: Caller) -> tuple[SaidView, ...]:
    """Notes can lean, too: whoever is yet to write an opinion reads only their own."""
    all_of_them = chair is Seat.AUDITOR or hearing.may_foresee(appeal, caller.person)
    return tuple(
        SaidView(note.by, words.name(note.by), words.records.opened(note.text), note.at)
        for note in appeal.hearing.notes
        if all_of_them or note.by == caller.person
    )


def wanted_view(words: Words, appeal: Appeal) -> SaidView | None:
    """Whose opinion is awaited, and what they were asked."""
    wanted = appeal.hearing.wanted
    if wanted is None:
        return None
    asked = words.records.opened(wanted.question)
    return SaidView(wanted.of, words.name(wanted.of), asked, wanted.at)


def verdicts(words: Words, appeal: Appeal) -> tuple[SaidView, ...]:
    """What second people said of outcomes."""
    return tuple(
        SaidView(
            v.by, words.name(v.by), words.records.opened(v.reasons), v.at, confirmed=v.confirmed
        )
        for v in appeal.hearing.verdicts
    )


def endings_for_two(policy: AppealPolicy, decision: Decision) -> tuple[str, ...]:
    """Which endings two people answer for, where the subject is of high profile."""
    rule = policy.two_people
    penalty = decision.measure.penalty.value if decision.measure else None
    if rule is None:
        return ()
    return tuple(e for e in ("uphold", "change", "overturn") if rule.needs(e, penalty))


def further(policy: AppealPolicy, appeal: Appeal) -> str:
    """What can follow on this appeal: a level, one more round with new evidence, or nothing."""
    if policy.at(appeal.level + 1) is not None:
        return "level"
    return "new_evidence" if policy.reopens is not None and appeal.round == 1 else "nothing"


def as_filed(records: Records, appeal: Appeal, caller: Caller) -> dict[str, Any]:
    """What an appeal says of itself, and whose it is."""
    return {
        "appeal": appeal.id,
        "level": appeal.level,
        "round": appeal.round,
        "side": appeal.side.value,
        "stage": appeal.stage.value,
        "channel": appeal.filing.channel.value,
        "wish": appeal.filing.wish,
        "filed_at": appeal.filed_at,
        "grounds": records.opened(appeal.grounds),
        "reviewer": appeal.reviewer,
        "reviewer_name": Words(records).name(appeal.reviewer),
        "mine": appeal.reviewer is not None and appeal.reviewer == caller.person,
        "asked_of_me": appeal.asked is not None and appeal.asked == caller.person,
        "waits_for": appeal.waits_for,
        "named": tuple(appeal.filing.brings),
        "opened_by": tuple(appeal.opened_by),
        "tone": appeal.weighed.tone if appeal.weighed else (),
    }


def as_thought(records: Records, appeal: Appeal, chair: Seat, caller: Caller) -> dict[str, Any]:
    """What people on the staff think of it, and what was foretold, as far as the caller may see."""
    words = Words(records)
    opinions = opinions_for(words, appeal, chair, caller)
    foretold = foretold_for(appeal, chair, caller)
    written = len(appeal.hearing.seconds) + (appeal.hearing.opinion is not None)
    return {
        "foretold": foretold,
        "hidden": (appeal.weighed is not None and foretold is None) or written > len(opinions),
        "opinions": tuple(opinions),
        "opinions_written": written,
        "wanted": wanted_view(words, appeal),
        "notes": notes_for(words, appeal, chair, caller),
        "held": held_view(words, appeal),
        "verdicts": verdicts(words, appeal),
    }
