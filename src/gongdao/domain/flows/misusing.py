"""Misuse of reporting: marks by reviewers, a warning, a measure for a time, and the appeal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import DECIDERS, decider, must_be, not_found
from gongdao.domain.deadlines.model import DeadlineKind
from gongdao.domain.flows.believing import Believing
from gongdao.domain.flows.file_clocks import Limit, meet, start
from gongdao.domain.flows.mailing import numbered
from gongdao.domain.flows.misuse_letters import (
    Letter,
    letter,
    sealed_letter,
    tell_of_reporting,
)
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.taking_up import TakingUp
from gongdao.domain.flows.telling import Gap, Telling, shown
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.errors import PackInvalid, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held, Role
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.standing import StandingPolicy
from gongdao.domain.standing import misuse_rules as rules
from gongdao.domain.standing.credibility import Decided
from gongdao.domain.standing.misuse import (
    Factors,
    Lifted,
    Limited,
    Mark,
    MarkWithdrawn,
    Measure,
    MeasureId,
    Misuse,
    MisuseId,
    MisuseOpened,
    MisuseStep,
    Objected,
    ObjectionHeard,
    ReportMarked,
    Warned,
    WarningId,
    misuse_id,
)

_FELL = Gap(
    zh={"reasons": "它所依据的处置被撤销或者改变了。"},
    en={"reasons": "What it rested on was overturned or taken back."},
)
"""Where nobody wrote a reason, because it fell by itself."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a person writes before a measure: two of the four factors are counted by us."""

    gravity: str
    intention: str
    reasons: str
    days: int


@dataclass(frozen=True, slots=True)
class Misusing:
    """Everything that staff and reporters do about misuse. A reporter is a number of a case."""

    records: Records
    believing: Believing
    telling: Telling
    taking_up: TakingUp

    def mark(
        self, case_id: CaseId, number: int, mark: Mark, reasons: str, caller: Caller
    ) -> MisuseId:
        """A reviewer finds a decided report manifestly unfounded or malicious, with reasons."""
        r = self.records
        with r.work():
            case, person, by = self._reporter(case_id, number, caller)
            (text,) = self._words(person, by, reasons)
            held, mine = self._held(person), self._of_case(person, case.id)
            decision = rules.check_markable(mine)
            step = ReportMarked(
                at=r.clock(),
                by=by,
                case=case.id,
                decision=decision,
                mark=mark,
                reported_at=r.reports.of_case(case.id, person)[0].received_at,
                reasons=r.texts.seal(text, person),
            )
            self._add(person, held, step, by)
            template = f"report_marked_{mark.value}"
            self.telling.tell(person, Reader.REPORTER, template, case, Gap(both={"reasons": text}))
        return misuse_id(person)

    def unmark(self, case_id: CaseId, number: int, reasons: str, caller: Caller) -> None:
        """A reviewer takes a mark back."""
        r = self.records
        with r.work():
            case, person, by = self._reporter(case_id, number, caller)
            (text,) = self._words(person, by, reasons)
            held = self._held(person)
            rules.check_marked(held.now if held else None, case.id)
            sealed = r.texts.seal(text, person)
            step = MarkWithdrawn(at=r.clock(), by=by, case=case.id, reasons=sealed)
            self._add(person, held, step, by)
            self._fallen(person)

    def warn(self, case_id: CaseId, number: int, reasons: str, caller: Caller) -> WarningId:
        """Warn a reporter; without that no measure comes, and in time the warning is over."""
        r, policy = self.records, self._policy()
        with r.work():
            _, person, by = self._reporter(case_id, number, caller)
            (text,) = self._words(person, by, reasons)
            counted = rules.counted(policy.misuse, self.believing.decided(person), r.clock())
            held = self._held(person)
            rules.check_warning(policy.misuse, held.now if held else None, counted, r.clock())
            step = Warned(
                at=r.clock(),
                by=by,
                warning=WarningId(r.new_id()),
                reasons=r.texts.seal(text, person),
                expires_at=r.clock() + policy.misuse.warning_lasts.flat(),
                appeal_closes=r.clock() + policy.misuse.appeal_within.flat(),
            )
            self._add(person, held, step, by)
            tell_of_reporting(
                r,
                person,
                "misuse_warned",
                Gap(
                    both={
                        "reasons": text,
                        "marked": str(counted.marked),
                        "decided": str(counted.decided),
                        "expires_at": shown(step.expires_at),
                        "appeal_closes": shown(step.appeal_closes),
                    }
                ),
            )
        return step.warning

    def limit(self, case_id: CaseId, number: int, weighed: Weighed, caller: Caller) -> MeasureId:
        """Set a reporter's reports aside for a time: warned before, weighed and told."""
        r, policy = self.records, self._policy()
        with r.work():
            _, person, by = self._reporter(case_id, number, caller)
            texts = self._words(person, by, weighed.gravity, weighed.intention, weighed.reasons)
            held, decided, now = self._held(person), self.believing.decided(person), r.clock()
            misuse = held.now if held else None
            length = timedelta(days=weighed.days)
            warning = rules.check_measure(policy.misuse, misuse, decided, length, now)
            counted = rules.counted(policy.misuse, decided, now)
            gravity, intention = (r.texts.seal(text, person) for text in texts[:2])
            written = Letter(
                counted=counted,
                texts=(texts[0], texts[1], texts[2]),
                warned_at=warning.at,
                until=now + length,
                appeal_closes=now + policy.misuse.appeal_within.flat(),
                pack=pack_of_the_day(r.packs, now),
            )
            zh, en = (letter(policy.misuse, written, language) for language in ("zh", "en"))
            step = Limited(
                at=now,
                by=by,
                measure=MeasureId(r.new_id()),
                warning=warning.id,
                factors=Factors(
                    counted.decided, counted.marked, round(100 * counted.share), gravity, intention
                ),
                reasons=r.texts.seal(texts[2], person),
                until=written.until,
                appeal_closes=written.appeal_closes,
                statement_zh=r.texts.seal(zh, person),
                statement_en=r.texts.seal(en, person),
            )
            self._add(person, held, step, by)
            tell_of_reporting(r, person, "misuse_limited", sealed_letter(written, zh, en))
        return step.measure

    def lift(self, case_id: CaseId, number: int, about: str, reasons: str, caller: Caller) -> None:
        """A reviewer ends a measure, or takes a warning back; what was set aside is taken up."""
        r = self.records
        with r.work():
            _, person, by = self._reporter(case_id, number, caller)
            (text,) = self._words(person, by, reasons)
            held = self._held(person)
            rules.check_lifting(held.now if held else None, about, r.clock())
            sealed = r.texts.seal(text, person)
            step = Lifted(at=r.clock(), by=by, about=about, reasons=sealed)
            self._end(person, held, step, by, text)

    def revive_all(self, case_id: CaseId, number: int, caller: Caller) -> int:
        """A reviewer takes up everything of a reporter's once the measure is over; how many."""
        with self.records.work():
            _, person, by = self._reporter(case_id, number, caller)
            self._check_open(person, by)
            return self.taking_up.all_of(person, by)

    def revive_mine(self, caller: Caller) -> int:
        """The reporter has everything of theirs taken up once the measure is over; how many."""
        return self.taking_up.all_mine(oneself(caller))

    def object(self, about: str, grounds: str, caller: Caller) -> None:
        """The reporter appeals against a warning or a measure."""
        r, policy, person = self.records, self._policy(), oneself(caller)
        with r.work():
            text = rules.check_words(policy.misuse, grounds)
            held = self._held(person)
            rules.check_objection(held.now if held else None, about, r.clock())
            limit = Limit(policy.misuse.heard_within, policy.misuse.source)
            due = start(r, DeadlineKind.HEARING, misuse_id(person), about, limit)
            by = Actor(Role.REPORTER, person)
            sealed = r.texts.seal(text, person)
            step = Objected(at=r.clock(), by=by, about=about, grounds=sealed, hear_by=due.at)
            self._add(person, held, step, by)

    def hear(
        self, file: MisuseId, about: str, reasons: str, caller: Caller, *, overturned: bool
    ) -> None:
        """Somebody who took no part in any of it decides on the appeal."""
        must_be(caller, *DECIDERS)
        r, policy = self.records, self._policy()
        with r.work():
            held = r.misuses.get(file)
            misuse = held.now
            if caller.person is None or has_a_part(r, misuse, caller.person):
                raise not_found()
            text = rules.check_words(policy.misuse, reasons)
            rules.check_hearing(misuse, about, caller.person, took_part(r, misuse))
            role = Role.SENIOR_REVIEWER if caller.has(Role.SENIOR_REVIEWER) else Role.REVIEWER
            by, sealed = Actor(role, caller.person), r.texts.seal(text, misuse.reporter)
            step = ObjectionHeard(
                at=r.clock(), by=by, about=about, overturned=overturned, reasons=sealed
            )
            meet(r, about, DeadlineKind.HEARING, by)
            if overturned:
                self._end(misuse.reporter, held, step, by, text)
            else:
                self._add(misuse.reporter, held, step, by)
                tell_of_reporting(r, misuse.reporter, "misuse_upheld", Gap(both={"reasons": text}))

    def marks_fell(self, case: Case) -> None:
        """A decision was overturned or reopened: a measure that rested on its mark ends with it.

        Called within the unit of work that did so.
        """
        for person in case.reporters if self.believing.policy() is not None else ():
            held = self._held(person)
            if held is not None and any(mark.case == case.id for mark in held.now.marks):
                self._fallen(person)

    def _fallen(self, person: PersonId) -> None:
        """A warning whose marks fell falls too, and a measure with its warning or its marks."""
        held, rule, now = self._held(person), self._policy().misuse, self.records.clock()
        if held is None:
            return
        decided, misuse = self.believing.decided(person), held.now
        warning, measure = misuse.warning(now), misuse.measure(now)
        if warning is not None and rules.warned_of_nothing(rule, misuse, warning, decided):
            self._end(person, held, self._falls(warning.id), SYSTEM, "")
        elif measure is not None and rules.rests_on_nothing(rule, misuse, measure, decided):
            self._end(person, held, self._falls(measure.id), SYSTEM, "")

    def _falls(self, about: str) -> Lifted:
        return Lifted(at=self.records.clock(), by=SYSTEM, about=about, reasons=None)

    def _end(
        self,
        person: PersonId,
        held: Held[Misuse] | None,
        step: Lifted | ObjectionHeard,
        by: Actor,
        reasons: str,
    ) -> None:
        """With a warning its measure ends, and with a measure all that was set aside is revived."""
        about = held.now.about(step.about) if held else None
        self._add(person, held, step, by)
        why = Gap(both={"reasons": reasons}) if reasons else _FELL
        if isinstance(about, Measure):
            revived = self.taking_up.everything(person, by)
            gap = Gap(both={"revived": str(revived)})
            tell_of_reporting(self.records, person, "misuse_measure_ended", why, gap)
        else:
            tell_of_reporting(self.records, person, "misuse_warning_ended", why)
            self._fallen(person)

    def _reporter(
        self, case_id: CaseId, number: int, caller: Caller
    ) -> tuple[Case, PersonId, Actor]:
        """A reporter as staff know them: by their number in a case. Who it is nobody learns."""
        case = self.records.cases.get(case_id).now
        by = decider(caller, parties_of(case))
        return case, numbered(case, number), by

    def _words(self, person: PersonId, by: Actor, *written: str) -> list[str]:
        """What was written, trimmed; Refused where the record is closed to whoever wrote it."""
        texts = [rules.check_words(self._policy().misuse, text) for text in written]
        self._check_open(person, by)
        return texts

    def _check_open(self, person: PersonId, by: Actor) -> None:
        if no_record_for(self.records, person, by.person):
            raise Refused(
                "misuse.no_record",
                hint_noop(
                    "You can do nothing here: they reported without an account, so that they are"
                    " neutral, or somebody else must look after this record."
                ),
            )

    def _of_case(self, person: PersonId, case: CaseId) -> Decided | None:
        return next((d for d in self.believing.decided(person) if d.case == case), None)

    def _held(self, person: PersonId) -> Held[Misuse] | None:
        return self.records.misuses.of(person)

    def _add(
        self, person: PersonId, held: Held[Misuse] | None, step: MisuseStep, by: Actor
    ) -> None:
        """Keep a step behind the file as it was checked: the second of two at once reads again."""
        r, file = self.records, misuse_id(person)
        steps: Sequence[MisuseStep] = [step]
        if held is None:
            opened = MisuseOpened(at=r.clock(), by=by, misuse=file, reporter=person)
            steps = [opened, step]
        r.misuses.add(file, steps, after=held.version if held else 0)

    def _policy(self) -> StandingPolicy:
        found = self.believing.policy()
        if found is None:
            raise PackInvalid(
                "pack.no_standing",
                hint_noop("The house's pack says nothing of credibility. Add its standing part."),
            )
        return found


def has_a_part(r: Records, misuse: Misuse, person: PersonId) -> bool:
    """Whether somebody is a party beside or against a reporter: they read and hear none of it.

    Whoever a report was about would learn from the appeal who had reported them, and could repay.
    """
    if person == misuse.reporter or r.tracks.reported(misuse.reporter, person):
        return True
    return any(person in r.cases.get(each).now.reporters for each in misuse.touched)


def took_part(r: Records, misuse: Misuse) -> set[PersonId]:
    """Everybody who had a hand in what an appeal is about: none of them hears it."""
    cases = [r.cases.get(case).now for case in misuse.touched]
    staff = {who for case in cases for who in (*case.took_part, *case.decided_by)}
    return staff | misuse.acted


def no_record_for(r: Records, reporter: PersonId, staff: PersonId | None) -> bool:
    """Whether a reporter's record is closed to somebody who may handle the case.

    So it is for all where nothing is kept of a reporter, and for whoever that reporter reported in
    any other case. Both are answered alike: nobody learns by it who reported them.
    """
    if r.parties.known_since(reporter) is None or staff is None:
        return True
    return r.tracks.reported(reporter, staff)


def oneself(caller: Caller) -> PersonId:
    """Somebody signed in; whoever holds a code is neutral, and there is nothing to see for them."""
    if caller.person is None or caller.only_case is not None:
        raise not_found()
    return caller.person
