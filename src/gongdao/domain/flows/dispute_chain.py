"""The closed chain of a dispute: what happened in order of time, the gaps, and contradictions.

The chain itself is that of cases, over what the organisation brought. Beside it stand days that a
member says, and the other side's words held against all of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.disputes import contradictions as against
from gongdao.domain.disputes.contradictions import Contradiction, Line, Record, Said, Shown
from gongdao.domain.disputes.events import DisputeDaysSaid, SaidDay
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.disputes.rules import must_be_open
from gongdao.domain.evidence import exhibit_rules, look_text
from gongdao.domain.evidence.agreement import day_of
from gongdao.domain.evidence.chain import Proves, Step
from gongdao.domain.evidence.explaining import explain
from gongdao.domain.evidence.findings import Look
from gongdao.domain.evidence.read_facts import FactKind, facts_in
from gongdao.domain.flows.chaining import CaseChain, Chaining, ChainLink
from gongdao.domain.flows.dispute_exhibits import DisputeExhibits, file_of
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import DisputeId, ExhibitId
from gongdao.domain.organisations.model import Right
from gongdao.domain.policy.dispute_chain import DisputeChainPolicy

CLOSED = "closed"
"""The step of a day on which the shop was closed."""
STEPS = (*(each.value for each in Step if each is not Step.SHOWN), CLOSED)
"""What a member can say that happened on a day."""
MOST_DAYS = 40
MOST_LINES = 400
"""So many lines of an exhibit are held against the words."""
_LONGEST_CLOSURE = 60


@dataclass(frozen=True, slots=True)
class DisputeChain:
    """What a member sees of it."""

    dispute: Dispute
    chain: CaseChain
    text: str
    """The other side's words, as they were entered."""
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class DisputeChaining:
    """The chains of disputes, and what members say beside them."""

    records: Records
    disputing: Disputing
    exhibits: DisputeExhibits

    def of(self, dispute: DisputeId, caller: Caller) -> DisputeChain:
        """The chain with what contradicts it; NotFound for whoever is no member."""
        held, _ = self.disputing.held(dispute, caller)
        return self.over(held.now)

    def over(self, now: Dispute) -> DisputeChain:
        """The same, for stories that asked already."""
        policy = self.policy()
        views = self.exhibits.views(now)
        needs = policy.needs.kinds.get(now.kind.value, ()) if policy else ()
        chaining = Chaining(self.records, self.exhibits.exhibiting)
        proves = frozenset(map(Proves, needs))
        chain = chaining.joined(file_of(now.id), Seat.MEMBER, views, proves)
        text = self.records.opened(now.facts.text) if now.facts.text else ""
        found: tuple[Contradiction, ...] = ()
        if policy is not None:
            looks = self._looks(now)
            said = _said(now, text, chain, looks)
            found = against.contradictions(said, _record(now, chain, looks, policy), policy)
        return DisputeChain(now, chain, text, found)

    def explain(
        self, dispute: DisputeId, exhibit: ExhibitId, proves: Sequence[Proves],
        happened: Sequence[tuple[Step, date]], note: str, caller: Caller,
    ) -> None:  # fmt: skip
        """Say what an exhibit shows, beside what a program found."""
        r = self.records
        with r.work():
            _, by = self.disputing.held(dispute, caller, Right.WORK)
            held = self.exhibits.get(dispute, exhibit, caller)
            said = exhibit_rules.check_note(self.exhibits.policy(), note)
            seal = r.texts.seal(said, held.now.owner) if said else None
            step = explain(proves, happened, seal, by, r.clock())
            r.exhibits.add(exhibit, [step], after=held.version)

    def say_days(self, dispute: DisputeId, days: Sequence[SaidDay], caller: Caller) -> None:
        """Say when things happened that no exhibit shows, in place of what was said before."""
        r = self.records
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            must_be_open(held.now)
            now = r.clock()
            _check_days(days, now.astimezone(CHINA).date())
            kept = tuple(sorted(set(days), key=lambda each: (each.day, STEPS.index(each.step))))
            self.disputing.add(held, DisputeDaysSaid(at=now, by=by, days=kept))

    def policy(self) -> DisputeChainPolicy | None:
        """By what words are held against the record: the house's, of the day."""
        return pack_of_the_day(self.records.packs, self.records.clock()).dispute_chain

    def _looks(self, now: Dispute) -> Mapping[str, Look]:
        """What was found in each exhibit that could be read."""
        r = self.records
        runs = {each.exhibit: each.latest.found for each in r.looks.of_case(file_of(now.id))}
        known = r.texts.several([seal for seal in runs.values() if seal])
        return {
            exhibit: look_text.read(known[seal])
            for exhibit, seal in runs.items()
            if seal is not None and seal in known
        }


def _check_days(days: Sequence[SaidDay], today: date) -> None:
    if any(each.step not in STEPS for each in days):
        raise BadInput("chain.unknown_step", hint_noop("Choose one of the listed steps."))
    if any(each.day > today for each in days):
        raise BadInput(
            "chain.day_to_come",
            hint_noop("A day in it has not come yet. Write the day on which it happened."),
        )
    if len(days) > MOST_DAYS:
        raise BadInput(
            "chain.too_many_days",
            hint_noop("Name at most {most} days, and put the rest into the note."),
            most=MOST_DAYS,
        )


def _said(now: Dispute, text: str, chain: CaseChain, looks: Mapping[str, Look]) -> list[Said]:
    """The other side's words: as entered, and as they stand in screenshots of them."""
    noticed = now.facts.noticed_at.astimezone(CHINA).date()
    written = now.facts.shown_on
    near = written or noticed
    found = [Said(text, 0, written, _days_in(text, near))] if text.strip() else []
    for link in chain.links:
        look = looks.get(link.exhibit.id)
        if look is None or Proves.CONTENT not in link.counted.proves:
            continue
        lines = look.lines[:MOST_LINES]
        sure = min((line.confidence for line in lines), default=1.0)
        read = "\n".join(line.text for line in lines)
        days = _days_in(read, near)
        found.append(Said(read, link.counted.number, written, days, max(sure, 0.5)))
    return found


def _days_in(text: str, near: date) -> tuple[tuple[str, date], ...]:
    """Days that stand in a text; one without a year is the one nearest to a day."""
    facts = [fact for fact in facts_in(text) if fact.kind is FactKind.MOMENT]
    days = [(fact.written, fact.day or day_of(fact, near)) for fact in facts]
    return tuple((written, day) for written, day in days if day is not None)


def _record(
    now: Dispute, chain: CaseChain, looks: Mapping[str, Look], policy: DisputeChainPolicy
) -> Record:
    shown = [Shown(each.step, each.day) for each in now.days]
    lines: list[Line] = []
    amounts: list[tuple[int, int]] = []
    for link in chain.links:
        look = looks.get(link.exhibit.id)
        shown += _shown(link, look)
        if look is None:
            continue
        number = link.counted.number
        if Proves.CONTENT not in link.counted.proves:
            kept = look.lines[:MOST_LINES]
            lines += [Line(number, line.text, line.confidence) for line in kept]
            shown += _closures(link, look, policy)
        if Proves.TRANSACTION in link.counted.proves:
            amounts += [(fen, number) for fen in _amounts(look)]
    facts = now.facts
    return Record(tuple(shown), tuple(lines), facts.amount_fen, facts.stars, tuple(amounts))


def _shown(link: ChainLink, look: Look | None) -> list[Shown]:
    """The steps of one exhibit, each with the line that says it."""
    number = link.counted.number
    return [
        Shown(
            each.step.value, each.day, each.clock, number, each.confidence,
            _line_of(look, each.day) if look else "",
        )
        for each in link.counted.happened
    ]  # fmt: skip


def _line_of(look: Look, day: date) -> str:
    for line in look.lines[:MOST_LINES]:
        if any(found == day for _, found in _days_in(line.text, day)):
            return line.text
    return ""


def _closures(link: ChainLink, look: Look, policy: DisputeChainPolicy) -> list[Shown]:
    """Days on which an exhibit says that the shop was closed."""
    found = against.closed_words(look.text, policy)
    days = sorted({*link.counted.days, *(each.day for each in link.counted.happened)})
    if found is None or not days:
        return []
    words, ranged = found
    if ranged and len(days) == 2 and (days[1] - days[0]).days <= _LONGEST_CLOSURE:  # noqa: PLR2004
        days = [days[0] + timedelta(days=n) for n in range((days[1] - days[0]).days + 1)]
    return [Shown(CLOSED, day, None, link.counted.number, 0.9, words) for day in days]


def _amounts(look: Look) -> list[int]:
    facts = [fact for line in look.lines[:MOST_LINES] for fact in facts_in(line.text)]
    return [fact.fen for fact in facts if fact.fen is not None]
