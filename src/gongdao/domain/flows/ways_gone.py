"""A way back comes to its end: the sanction becomes lighter in the same transaction."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.decisions.model import Sanction, SanctionState
from gongdao.domain.flows.records import Records, missing
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.telling import Gap, Telling, shown
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.events import SYSTEM, Actor, Held
from gongdao.domain.kernel.ids import PackRef
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.ways_back import Way, WaysBackPolicy
from gongdao.domain.ways_back import rules
from gongdao.domain.ways_back.model import WayBack, WayBackStep
from gongdao.domain.ways_back.rules import Ends


def terms_of(records: Records, standing: WayBack) -> tuple[WaysBackPolicy, Way]:
    """By what a way back is judged: the pack that its decision cites."""
    return terms(records, standing.pack, standing.way)


def terms(records: Records, pack: PackRef, code: str) -> tuple[WaysBackPolicy, Way]:
    """The same by the pack and the way's code."""
    policy = records.pack(pack).ways_back
    way = policy.way(code) if policy else None
    if policy is None or way is None:
        raise missing()
    return policy, way


@dataclass(frozen=True, slots=True)
class WayGone:
    """Adds what happened on a way back, and sees whether it is gone to its end."""

    records: Records
    telling: Telling
    sanctioning: Sanctioning

    def add(self, held: Held[WayBack], steps: list[WayBackStep], by: Actor) -> WayBack:
        """Keep what happened; where nothing is left, make the sanction lighter and say so.

        Runs within the unit of work of the step. Waits that are over count at once, whether the
        worker was here or not.
        """
        r = self.records
        over = rules.waits_over(held.now, r.clock())
        held = r.ways_back.add(held.now.id, [*over, *steps], after=held.version)
        _, way = terms_of(r, held.now)
        sanction = r.sanctions.get(held.now.sanction)
        if sanction.now.state is not SanctionState.IN_FORCE:
            return held.now
        step = rules.fulfil(way, held.now, self._ends(way, sanction.now), by, r.clock())
        if step is None:
            return held.now
        gone = r.ways_back.add(held.now.id, [step], after=held.version).now
        self.sanctioning.ease(sanction, gone, by)
        self._tell(way, sanction.now, gone)
        return gone

    def _ends(self, way: Way, sanction: Sanction) -> Ends:
        due, begun = self.records.calendar.due, sanction.imposed_at
        shorter, counts = way.does.shorten_to, way.does.strike_expires
        return Ends(
            sanction=sanction.ends_at,
            shortened=due(begun, shorter, roll=False).at if shorter else None,
            strike=begun + counts.flat() if counts else None,
        )

    def _tell(self, way: Way, sanction: Sanction, gone: WayBack) -> None:
        case = self.records.cases.get(gone.case).now
        said = Gap(zh={"effect": way.effect.zh}, en={"effect": way.effect.en})
        named = self.sanctioning.named(case, sanction.measure)
        template = "way_back_released" if gone.lifted else "way_back_eased"
        both = (said, named) if gone.lifted else (said, named, self._until(case, gone.ends_at))
        self.telling.tell(gone.respondent, Reader.RESPONDENT, template, case, *both)

    def _until(self, case: Case, ends_at: datetime | None) -> Gap:
        if ends_at is not None:
            return Gap(both={"ends_at": shown(ends_at)})
        zh, en = (self.telling.words(case, language) for language in ("zh", "en"))
        return Gap(zh={"ends_at": zh.no_end}, en={"ends_at": en.no_end})


@dataclass(frozen=True, slots=True)
class WaitsOver:
    """What the clock worker does for ways back."""

    records: Records
    telling: Telling
    sanctioning: Sanctioning

    def look(self, limit: int) -> int:
        """Go on with every way back whose waiting is over; how many there were.

        Each by itself, and its case first, as everybody does who acts in a case.
        """
        r, done = self.records, 0
        gone = WayGone(r, self.telling, self.sanctioning)
        for found in r.ways_back.to_look_at(r.clock(), limit):
            with r.work():
                r.cases.get(found.now.case)
                held = r.ways_back.get(found.now.id)
                if held.now.next_look is not None and held.now.next_look <= r.clock():
                    gone.add(held, [], SYSTEM)
                    done += 1
        return done
