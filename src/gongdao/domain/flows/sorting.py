"""Putting acknowledged reports in line by the thousand: the second half of `Reporting.file`.

The rules are the same, one report after the other in the order of their arrival. What they need to
know is read for all of them at once, and what they decide is kept for all of them at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from gongdao.domain.deadlines.model import DeadlineSet
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.receiving import WaitingReport
from gongdao.domain.flows.records import Records
from gongdao.domain.intake import joining, rules
from gongdao.domain.intake.crowd import Mark, Sample
from gongdao.domain.intake.model import (
    Apart,
    Case,
    CaseOpened,
    CaseSetAside,
    Joined,
    Report,
    ReportsJoined,
    after,
    opened,
)
from gongdao.domain.kernel.calendar import in_china
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import CaseId, DeadlineId, PersonId
from gongdao.domain.kernel.spans import Unit
from gongdao.domain.standing.credibility import NEUTRAL, best
from gongdao.domain.standing.ports import Limit

Alike = tuple[str, str, str]
"""What reports of one case share: the subject's key, the category, the pack."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that reports may join, as much of it as that takes."""

    id: CaseId
    version: int
    respondent: PersonId | None


@dataclass(slots=True)
class Known:
    """What the records say of everything that a batch touches."""

    cases: dict[Alike, list[OpenCase]]
    """Undecided cases, the oldest first."""
    crowds: dict[str, Sample]
    """By the subject's key."""
    last: dict[tuple[PersonId, str, str], datetime]
    """When a reporter reported a subject for a category before."""
    since: Mapping[PersonId, datetime]
    """Since when reporters with an account are known."""
    respondents: Mapping[str, PersonId]
    """Whose a subject is, by the account's name."""
    limits: Mapping[PersonId, Limit] = field(default_factory=dict)
    """Which reporters are under a measure now."""
    figures: Mapping[tuple[PersonId, str], float] = field(default_factory=dict)
    """How far reporters are believed in a category; whoever is neutral is left out."""
    always: frozenset[str] = frozenset()
    """Categories that no measure reaches."""


@dataclass(frozen=True, slots=True)
class InLine:
    """Where a report belongs, and what it is recognised by."""

    waiting: WaitingReport
    case: CaseId
    respondent: PersonId | None
    mark: Mark
    apart: Apart | None


@dataclass(frozen=True, slots=True)
class Opening:
    """A case that a report opens, with its first clock."""

    step: CaseOpened
    case: Case
    clock: DeadlineSet | None
    """None while it is set aside."""
    aside: CaseSetAside | None = None


@dataclass(slots=True)
class Batch:
    """Everything that a batch of reports makes."""

    placed: list[InLine] = field(default_factory=list)
    opened: list[Opening] = field(default_factory=list)
    joined: dict[CaseId, list[Joined]] = field(default_factory=dict)
    versions: dict[CaseId, int] = field(default_factory=dict)
    """Which version of its case the joining stands on."""
    clocks: dict[tuple[str, str, date], DeadlineSet] = field(default_factory=dict)
    """The last clock that was set for a pack, a category and a day."""
    figures: dict[CaseId, float] = field(default_factory=dict)
    """Of cases that were opened: how far their reporters are believed, where not neutral."""
    raised: dict[CaseId, float] = field(default_factory=dict)
    """Of cases that were joined: the figure of whoever of those is believed most."""

    def believe(self, case: CaseId, value: float) -> None:
        """Somebody joined: the case stands where whoever is believed most puts it."""
        of = self.figures if case in self.figures else self.raised
        of[case] = best((of.get(case, 0.0), value))

    def joinings(self, now: datetime) -> dict[CaseId, ReportsJoined]:
        """One event for each case, however many joined it."""
        return {
            case: ReportsJoined(at=now, by=SYSTEM, joined=tuple(joined))
            for case, joined in self.joined.items()
        }


@dataclass(frozen=True, slots=True)
class Sorting:
    """The second half."""

    records: Records
    clocks: Clocks

    def place(self, waiting: Sequence[WaitingReport], known: Known) -> Batch:
        """Decide for each where it belongs. `known` is kept up to date on the way."""
        batch = Batch()
        for each in waiting:
            self._place(each, known, batch)
        return batch

    def _place(self, waiting: WaitingReport, known: Known, batch: Batch) -> None:
        report = waiting.report
        policy = self.records.policy(report.pack)
        respondent = known.respondents.get(waiting.account) if waiting.account else None
        young = joining.is_young(
            policy.joining.flood, known.since.get(report.reporter), report.received_at
        )
        mark = Mark(self.records.parties.wording(waiting.statement), young)
        crowd = known.crowds[report.subject.key].take(mark)
        who = (report.reporter, report.subject.key, report.category)
        last = known.last.get(who)
        known.last[who] = report.received_at
        limit = None if report.category in known.always else known.limits.get(report.reporter)
        if limit is not None:
            opening = self._set_aside(report, respondent, limit)
            batch.opened.append(opening)
            batch.placed.append(InLine(waiting, opening.case.id, respondent, mark, None))
            return
        believed = known.figures.get((report.reporter, report.category), NEUTRAL)
        held = _joins(known, report, respondent)
        if held is None:
            opening = self._open(report, respondent, batch)
            held = OpenCase(opening.case.id, 1, respondent)
            known.cases.setdefault(_alike(report), []).append(held)
            batch.opened.append(opening)
            apart = None
            batch.figures[held.id] = believed
        else:
            apart = joining.apart(policy.joining, mark, crowd, last, report.received_at)
            joined = Joined(report.id, report.reporter, apart)
            batch.joined.setdefault(held.id, []).append(joined)
            batch.versions[held.id] = held.version
            if apart is None:
                batch.believe(held.id, believed)
        batch.placed.append(InLine(waiting, held.id, respondent, mark, apart))

    def _open(self, report: Report, respondent: PersonId | None, batch: Batch) -> Opening:
        new = CaseId(self.records.new_id())
        step = rules.open_case(new, report, respondent, Actor(Role.REPORTER, report.reporter))
        case = opened(step)
        return Opening(step, case, self._clock(case, batch))

    def _set_aside(self, report: Report, respondent: PersonId | None, limit: Limit) -> Opening:
        """A case of its own that waits, with no clock: its reporter is under a measure."""
        new = CaseId(self.records.new_id())
        step = rules.open_case(new, report, respondent, Actor(Role.REPORTER, report.reporter))
        aside = rules.set_aside(limit.measure, limit.until, self.records.clock())
        return Opening(step, after(opened(step), aside), None, aside)

    def _clock(self, case: Case, batch: Batch) -> DeadlineSet:
        """Cases of one kind and one day have the same time, where it is counted in days."""
        alike = str(case.pack), case.category, in_china(case.opened_at).date()
        like = batch.clocks.get(alike)
        if like is None or like.span.unit is Unit.HOURS:
            batch.clocks[alike] = like = self.clocks.acceptance_set(case)
            return like
        deadline = DeadlineId(self.records.new_id())
        return replace(
            like, deadline=deadline, case=case.id, about=case.id, starts_at=case.opened_at
        )


def _alike(report: Report) -> Alike:
    return report.subject.key, report.category, str(report.pack)


def _joins(known: Known, report: Report, respondent: PersonId | None) -> OpenCase | None:
    """The case that a report joins. Nobody's report joins a case against themselves."""
    for case in known.cases.get(_alike(report), ()):
        fits = respondent is None or respondent == case.respondent
        if fits and case.respondent != report.reporter:
            return case
    return None
