"""Cases that may be about the same matter: proposed to staff with the reason, never joined.

Whoever looks says whether two are the same. Both cases remember it: what was found to be another
matter is not proposed again, and the same one stands beside each until somebody finds otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import decider, not_found, seat
from gongdao.domain.flows.lists import CaseLine, CaseLists
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.intake import rules
from gongdao.domain.intake.likeness import most_alike
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.triage.rules import check_free

MOST = 8
"""So many are looked at, the latest first."""
_STATEMENTS = 3
"""So many of each case's latest statements are held against each other."""
_OF_GROUP = 50
_OPEN = {"received", "investigating"}


class Why(StrEnum):
    """Why a case is proposed."""

    ACCOUNT = "account"
    """It is about the same account."""
    GROUP = "group"
    """It lies in the same group."""
    FOUND = "found"
    """Somebody on the staff found it to be the same matter."""


@dataclass(frozen=True, slots=True)
class AlikeView:
    """A case that may be about the same matter, as staff see it."""

    case: CaseId
    stage: str
    subject_kind: str
    subject_ref: str
    category: str
    opened_at: datetime
    why: tuple[Why, ...]
    wording: int
    """How alike the statements are that are most alike, in hundredths."""
    same: bool
    """Whether staff found it to be the same."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Proposing, and saying which it is."""

    records: Records
    lists: CaseLists

    def of(self, case_id: CaseId, caller: Caller) -> list[AlikeView]:
        """What may be the same matter: for staff and the auditor; the most alike first."""
        case = self.records.cases.get(case_id).now
        if seat(caller, parties_of(case)) not in {Seat.STAFF, Seat.AUDITOR}:
            raise not_found()
        known = rules.found_of(case)
        same = [other for other, is_it in known.items() if is_it]
        # Of a closed case only what was found already: there is nothing to join it to any more.
        is_open = case.stage.value in _OPEN
        if not is_open and not same:
            return []
        in_group, about = (self._in_group(case), case.respondent) if is_open else ([], None)
        lines = self.lists.beside(case.id, about, [*same, *in_group], MOST + len(known))
        found = [
            (line, why)
            for line in lines
            if known.get(CaseId(line.id)) is not False
            and (why := _why(case, line, set(in_group), set(same)))
        ][:MOST]
        said = self._statements([case.id, *(CaseId(line.id) for line, _ in found)]) if found else {}
        views = [
            _view(line, why, most_alike(said[case.id], said[CaseId(line.id)]))
            for line, why in found
        ]
        return sorted(views, key=lambda view: (not view.same, -view.wording))

    def compare(self, case_id: CaseId, other_id: CaseId, *, same: bool, caller: Caller) -> None:
        """Say whether two open cases are about the same matter. Both remember it."""
        r = self.records
        with r.work():
            held = {each: r.cases.get(each) for each in sorted({case_id, other_id})}
            bys = {each: decider(caller, parties_of(held[each].now)) for each in held}
            check_free(r.queues.get(case_id), bys[case_id].person, r.clock())
            for each, beside in ((case_id, other_id), (other_id, case_id)):
                one, other = held[each], held[beside].now
                steps = rules.compare(one.now, other, bys[each], r.clock(), same=same)
                r.cases.add(each, steps, after=one.version)

    def _in_group(self, case: Case) -> list[CaseId]:
        """The cases of the group that this one lies in, where its owner is known."""
        tasks = self.records.owner_tasks
        groups = {held.now.group for held in tasks.of_case(case.id)}
        return [
            task.case
            for group in groups
            for task in tasks.of_group(group, _OF_GROUP)
            if task.case != case.id
        ]

    def _statements(self, cases: Sequence[CaseId]) -> dict[CaseId, list[str]]:
        """What the latest reports of each case say."""
        r = self.records
        latest = self.lists.latest_reports(cases, _STATEMENTS)
        reports = r.reports.several([report for each in latest.values() for report in each])
        texts = r.texts.several([report.statement for report in reports])
        said = {each.id: texts[each.statement] for each in reports if each.statement in texts}
        return {
            case: [said[report] for report in ids if report in said] for case, ids in latest.items()
        }


def _view(line: CaseLine, why: tuple[Why, ...], alike: float) -> AlikeView:
    return AlikeView(
        case=CaseId(line.id),
        stage=line.stage,
        subject_kind=line.subject_kind,
        subject_ref=line.subject_ref,
        category=line.category,
        opened_at=line.opened_at,
        why=why,
        wording=round(100 * alike),
        same=Why.FOUND in why,
    )


def _why(case: Case, line: CaseLine, in_group: set[CaseId], same: set[CaseId]) -> tuple[Why, ...]:
    """Nothing for a case of the group that is closed already."""
    found = [Why.FOUND] if line.id in same else []
    if line.stage in _OPEN and line.about is not None and line.about == case.respondent:
        found.append(Why.ACCOUNT)
    if line.stage in _OPEN and line.id in in_group:
        found.append(Why.GROUP)
    return tuple(found)
