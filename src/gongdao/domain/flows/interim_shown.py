"""Interim measures as the chairs of a case see them; a reporter sees none."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Seat
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.timeline import Entry, in_order
from gongdao.domain.intake.model import Case
from gongdao.domain.interim.model import InterimImposed, InterimLifted
from gongdao.domain.kernel.events import Role


@dataclass(frozen=True, slots=True)
class InterimView:
    """An interim measure as its respondent and staff see it."""

    id: str
    measure: str
    title_zh: str
    title_en: str
    imposed_at: datetime
    ends_at: datetime
    lifted_at: datetime | None
    because: str | None
    statement_zh: str
    statement_en: str

    @property
    def in_force(self) -> bool:
        """Whether it holds."""
        return self.lifted_at is None


def interim_shown(records: Records, case: Case, chair: Seat) -> tuple[InterimView, ...]:
    """Every interim measure of a case, oldest first."""
    if chair is Seat.REPORTER:
        return ()
    titles = {rule.measure: rule.title for rule in records.policy(case.pack).interim.measures}
    return tuple(
        InterimView(
            id=one.now.id,
            measure=one.now.measure.value,
            title_zh=titles[one.now.measure].zh if one.now.measure in titles else "",
            title_en=titles[one.now.measure].en if one.now.measure in titles else "",
            imposed_at=one.now.imposed_at,
            ends_at=one.now.ends_at,
            lifted_at=one.now.lifted_at,
            because=one.now.because.value if one.now.because else None,
            statement_zh=records.opened(one.now.statement_zh),
            statement_en=records.opened(one.now.statement_en),
        )
        for one in records.interims.of_case(case.id)
    )


def with_interim(
    records: Records, entries: tuple[Entry, ...], shown: tuple[InterimView, ...], chair: Seat
) -> tuple[Entry, ...]:
    """The timeline with what happened to those measures, in order."""
    found = []
    for view in shown:
        for recorded in records.interims.history(view.id):
            event, role = recorded.event, recorded.event.by.role
            if chair is Seat.RESPONDENT and role is Role.SENIOR_REVIEWER:
                role = Role.REVIEWER
            if chair is Seat.RESPONDENT and role is Role.REPORTER:
                role = Role.SYSTEM
            found.append(
                Entry(event.at, role.value, event.kind, _text(records, event), recorded.leaf)
            )
    return in_order(entries, found)


def _text(records: Records, event: InterimImposed | InterimLifted) -> str | None:
    return records.opened(event.reasons) if event.reasons else None
