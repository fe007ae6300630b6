"""The period in which a right holder shows that they sued or complained."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.counter_notices.model import RightsNotice
from gongdao.domain.deadlines import rules
from gongdao.domain.deadlines.model import Deadline, DeadlineKind, DeadlineStage, RuleRef
from gongdao.domain.deadlines.rules import Term
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held
from gongdao.domain.kernel.ids import CaseId, DeadlineId

PROCEEDINGS = "proceedings"
"""What holds the clock once a suit or complaint was shown."""


@dataclass(frozen=True, slots=True)
class RightsClock:
    """Moves that clock; called within the unit of work of the step that moves it."""

    records: Records

    def start(self, notice: RightsNotice, delivered_at: datetime) -> Deadline:
        """It runs from the moment at which the counter-notice reached the right holder."""
        r = self.records
        period = r.counter_notices(notice.pack).period(notice.right)
        term = Term(
            case=CaseId(notice.id),
            kind=DeadlineKind.PROCEEDING,
            about=notice.id,
            rule=RuleRef(f"{notice.pack.platform}.{period.code}", period.source),
            span=period.within,
            remind_before=period.remind_before,
            roll=period.roll,
        )
        new_id = DeadlineId(r.new_id())
        step = rules.set_deadline(new_id, term, delivered_at, r.calendar, by=SYSTEM, now=r.clock())
        return r.deadlines.add(new_id, [step], after=0).now

    def of(self, notice: RightsNotice) -> Deadline | None:
        """How it stands; None before it began and after it ended."""
        held = self._held(notice)
        return held.now if held else None

    def due_at(self, notice: RightsNotice) -> datetime | None:
        """Until when; None while it stands still or does not run."""
        held = self._held(notice)
        runs = held is not None and held.now.stage is not DeadlineStage.PAUSED
        return held.now.due_at if held is not None and runs else None

    def pause(self, notice: RightsNotice, by: Actor) -> None:
        """Hold it for a notary; all such pauses together no longer than the pack allows."""
        r, held = self.records, self._must(notice)
        halt = r.counter_notices(notice.pack).halt
        step = rules.pause(held.now, halt.code, halt.cap, r.calendar, by=by, now=r.clock())
        r.deadlines.add(held.now.id, [step], after=held.version)

    def resume(self, notice: RightsNotice, by: Actor) -> Deadline:
        """Let it run on."""
        code = self.records.counter_notices(notice.pack).halt.code
        return self._resume(notice, code, by)

    def hold(self, notice: RightsNotice, by: Actor) -> None:
        """A suit or a complaint was shown: it stands still until somebody finds it was none."""
        r, held = self.records, self._must(notice)
        step = rules.pause(held.now, PROCEEDINGS, None, r.calendar, by=by, now=r.clock())
        r.deadlines.add(held.now.id, [step], after=held.version)

    def release(self, notice: RightsNotice, by: Actor) -> Deadline:
        """What was shown was none: it runs on, and a notary's pause is over, too."""
        r = self.records
        halt = r.counter_notices(notice.pack).halt.code
        held = self._must(notice)
        if any(h.is_open and h.pause.reason == halt for h in held.now.halts):
            self._resume(notice, halt, by)
        return self._resume(notice, PROCEEDINGS, by)

    def stop(self, notice: RightsNotice, because: str, by: Actor) -> None:
        """It binds nobody any more."""
        r, held = self.records, self._held(notice)
        if held is not None:
            step = rules.cancel(held.now, because, by=by, now=r.clock())
            r.deadlines.add(held.now.id, [step], after=held.version)

    def _resume(self, notice: RightsNotice, reason: str, by: Actor) -> Deadline:
        r, held = self.records, self._must(notice)
        step = rules.resume(held.now, reason, r.calendar, by=by, now=r.clock())
        return r.deadlines.add(held.now.id, [step], after=held.version).now

    def _held(self, notice: RightsNotice) -> Held[Deadline] | None:
        running = self.records.deadlines.running_about(notice.id)
        return next((h for h in running if h.now.kind is DeadlineKind.PROCEEDING), None)

    def _must(self, notice: RightsNotice) -> Held[Deadline]:
        held = self._held(notice)
        if held is None:
            raise Refused(
                "rights_notice.no_clock",
                hint_noop("No period runs in this matter. Its page says where it stands."),
            )
        return held
