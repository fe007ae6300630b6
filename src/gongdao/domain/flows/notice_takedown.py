"""Notice, measure, counter-notice, silence, restoration: what the two sides and time do (B8).

Staff judge a notice (`rights_desk.py`); a counter-notice is passed on as it comes, since the law
asks nobody to judge it. The right holder's period begins when it reached them, not when it was
sent; where it passes in silence everything is restored, by the worker, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import NOBODY, Caller, FileParties, Seat
from gongdao.domain.access.rules import not_found, seat
from gongdao.domain.counter_notices import papers, rules
from gongdao.domain.counter_notices.events import (
    Because,
    Paper,
    Proceeding,
    RightsNoticeId,
    RightsStep,
    Via,
)
from gongdao.domain.counter_notices.identity import read, shared
from gongdao.domain.counter_notices.model import RightsNotice, Stage
from gongdao.domain.deadlines.model import (
    Deadline,
    DeadlineMissed,
    DeadlineReminded,
    DeadlineResumed,
    DeadlineStep,
)
from gongdao.domain.flows.announcing import Announcing
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.rights_clock import RightsClock
from gongdao.domain.flows.rights_letters import RightsLetters
from gongdao.domain.flows.rights_measures import RightsMeasures
from gongdao.domain.flows.rights_papers import Given, enclose, masked, write
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import Gap
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held, Role
from gongdao.domain.kernel.ids import CaseId, PackRef, PersonId, Sealed
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.counter_notices import CounterNoticePolicy

_NUMBER = 10
PROCEEDINGS = {
    Proceeding.SUIT: Words(zh="起诉", en="suit"),
    Proceeding.COMPLAINT: Words(zh="投诉", en="complaint"),
}
WHY = {
    Because.SILENCE: Words(
        zh="法定期限内没有收到权利人已经投诉或者起诉的证明。",
        en="In the legal period the right holder showed neither a suit nor a complaint.",
    ),
    Because.WITHDRAWN: Words(zh="通知已撤回。", en="The notice was withdrawn."),
}


@dataclass(frozen=True, slots=True)
class RightsReceipt:
    """What whoever gave a notice gets at once."""

    notice: RightsNoticeId
    number: str
    code: str
    leaf: str


@dataclass(frozen=True, slots=True)
class NoticeTakedown:
    """Everything that the two sides do, and what the passing of time does for them."""

    records: Records

    @property
    def letters(self) -> RightsLetters:
        """What tells people."""
        return RightsLetters(self.records)

    @property
    def clock(self) -> RightsClock:
        """The right holder's period."""
        return RightsClock(self.records)

    @property
    def measures(self) -> RightsMeasures:
        """What tells the operator's app."""
        return RightsMeasures(self.records, Announcing(self.records))

    def policy_now(self) -> tuple[PackRef, CounterNoticePolicy]:
        """The rules by which a notice that comes in now is judged."""
        r = self.records
        ref = pack_of_the_day(r.packs, r.clock()).ref
        return ref, r.counter_notices(ref)

    def give(self, paper: Given, caller: Caller = NOBODY) -> RightsReceipt:
        """Take a notice in; Refused, and nothing is kept, where it would not be effective."""
        r = self.records
        ref, policy = self.policy_now()
        right, told = papers.right_of(policy, paper.right), paper.told()
        papers.check_paper(policy, told, right, Paper.NOTICE)
        with r.work():
            r.decisions.cite(ref, r.packs.digest(ref))
            notifier = self._notifier(paper, told.identity.contact, caller)
            account = paper.account.strip()
            respondent = r.parties.by_account(account) if account else None
            new_id = RightsNoticeId(r.new_id())
            number = r.parties.subject_key("rights_notice", new_id)[:_NUMBER].upper()
            written = write(r, told, paper.files, notifier)
            step = rules.give(
                new_id, number, right, told, written, notifier, respondent, ref, r.clock()
            )
            kept = r.rights_notices.add(new_id, [step], after=0).now
            title = Gap(zh={"right": right.title.zh}, en={"right": right.title.en})
            self.letters.to_notifier(kept, "received", title)
            code = r.codes.issue(CaseId(new_id), notifier)
        return RightsReceipt(new_id, number, code, r.rights_notices.history(new_id)[0].leaf)

    def supplement(
        self, notice: RightsNoticeId, text: str, files: Sequence[str], caller: Caller
    ) -> None:
        """Add what staff asked for."""
        r = self.records
        check_characters(text)
        with r.work():
            held, by = self._mine(notice, caller, Seat.REPORTER)
            sizes = r.counter_notices(held.now.pack).sizes
            papers.check_length(papers.STATEMENT, text, 1, sizes.statement_max)
            papers.check_count(papers.FILES, len(held.now.files) + len(files), sizes.files_max)
            rules.supplement(held.now, held.now.statement, (), r.clock())  # before files are taken
            brought = enclose(r, files, held.now.notifier)
            seal = r.texts.seal(text.strip(), by.person)
            self._add(held, [rules.supplement(held.now, seal, brought, r.clock())])

    def withdraw(self, notice: RightsNoticeId, caller: Caller) -> None:
        """Take one's notice back; what held for it is undone at once."""
        r = self.records
        with r.work():
            held, by = self._mine(notice, caller, Seat.REPORTER)
            now = self._add(held, rules.withdraw(held.now, by, r.clock())).now
            self.clock.stop(now, "withdrawn", by)
            if held.now.holds:
                self.measures.lifted(now)
            if held.now.stage.is_judged:
                self.letters.to_both(now, "withdrawn")
            else:
                self.letters.to_notifier(now, "withdrawn")

    def counter(self, notice: RightsNoticeId, paper: Given, caller: Caller) -> None:
        """Take a counter-notice in and pass it on; Refused where it would not be effective."""
        r = self.records
        told = paper.told()
        with r.work():
            held, by = self._mine(notice, caller, Seat.RESPONDENT)
            policy = r.counter_notices(held.now.pack)
            right = papers.right_of(policy, held.now.right)
            papers.check_paper(policy, told, right, Paper.COUNTER)
            person = _person(by)
            if r.parties.address(person) is None:
                r.parties.reachable(person, told.identity.contact)
            held = self.arrived(held, Via.PAGE, r.clock(), by)
            steps: list[RightsStep] = [
                rules.counter(held.now, told, write(r, told, paper.files, person), by, r.clock())
            ]
            held = self._add(held, steps)
            letter = self.letters.to_notifier(held.now, "counter_forwarded", *self._counter(held))
            held = self._add(held, [rules.forward_counter(letter, r.clock())])
            self.letters.to_respondent(held.now, "counter_received", self._period(held.now))

    def show_proof(
        self, notice: RightsNoticeId, kind: Proceeding, text: str, files: Sequence[str],
        caller: Caller,
    ) -> None:  # fmt: skip
        """The right holder shows that they sued or complained: the measure stays."""
        r = self.records
        with r.work():
            held, by = self._mine(notice, caller, Seat.REPORTER)
            held = self.arrived(held, Via.PAGE, r.clock(), by)
            said = self._said(held.now, text, by)
            brought = enclose(r, files, held.now.notifier)
            due = self.clock.due_at(held.now)
            step = rules.show_proof(held.now, due, kind, said, brought, by, r.clock())
            if held.now.stage is Stage.PAUSED:
                self.clock.resume(held.now, by)
            now = self._add(held, [step]).now
            self.clock.hold(now, by)
            named = PROCEEDINGS[kind]
            gap = Gap(zh={"proceeding": named.zh}, en={"proceeding": named.en})
            self.letters.to_both(now, "proof_shown", gap)

    def pause(
        self, notice: RightsNoticeId, text: str, files: Sequence[str], caller: Caller
    ) -> None:
        """The right holder shows that a notary takes time: the period is held, up to the cap."""
        r = self.records
        with r.work():
            held, by = self._mine(notice, caller, Seat.REPORTER)
            held = self.arrived(held, Via.PAGE, r.clock(), by)
            said = self._said(held.now, text, by)
            brought = enclose(r, files, held.now.notifier)
            halt = r.counter_notices(held.now.pack).halt
            step = rules.pause(held.now, halt.code, said, brought, by, r.clock())
            self.clock.pause(held.now, by)
            now = self._add(held, [step]).now
            gap = Gap(
                {"cap": str(halt.cap.amount) + " 个工作日", "source": halt.source},
                {"halt": halt.title.zh},
                {"halt": halt.title.en, "cap": f"{halt.cap.amount} working days"},
            )
            self.letters.to_both(now, "paused", gap)

    def resume(self, notice: RightsNoticeId, caller: Caller) -> None:
        """What took time is done: the period runs on."""
        with self.records.work():
            held, by = self._mine(notice, caller, Seat.REPORTER)
            self.run_on(held, by)

    def run_on(self, held: Held[RightsNotice], by: Actor) -> None:
        """The same, for whoever may say so; within a unit of work."""
        rules.end_pause(held.now, by, self.records.clock())
        self._runs_on(held, self.clock.resume(held.now, by), by)

    def opened(self, notice: RightsNoticeId, caller: Caller) -> RightsNotice:
        """Somebody with a part in it looks: what was passed on to them has arrived by now."""
        r = self.records
        with r.work():
            held = r.rights_notices.get(notice)
            chair = self.seat_of(held.now, caller)
            side = {Seat.REPORTER: Role.REPORTER, Seat.RESPONDENT: Role.RESPONDENT}.get(chair)
            if side is None:
                return held.now
            return self.arrived(held, Via.PAGE, r.clock(), Actor(side, caller.person)).now

    def holder(self, code: str) -> tuple[RightsNoticeId, Caller]:
        """Whom a code lets in, and to which notice; NotFound for any other code."""
        case, person = self.records.codes.opens(code)
        self.records.rights_notices.get(case)
        return RightsNoticeId(case), Caller(person, only_case=case)

    def seat_of(self, notice: RightsNotice, caller: Caller) -> Seat:
        """The chair that a caller has in the matter; NotFound for everybody else."""
        who = FileParties(CaseId(notice.id), frozenset({notice.notifier}), notice.respondent)
        chair = seat(caller, who)
        if chair is Seat.RESPONDENT and notice.forwarded_at is None:
            raise not_found()  # nothing has happened to them, and nobody has judged it
        return chair

    def look_for_arrivals(self, limit: int) -> int:
        """What arrived by mail or was read in the inbox; called by the worker again and again."""
        r = self.records
        with r.work():
            found = r.rights_notices.arrived(limit)
            for held in found:
                self.arrived(held, None, r.clock(), SYSTEM)
        return len(found)

    def time_passed(self, deadline: Deadline, steps: Sequence[DeadlineStep]) -> None:
        """What the clock of a period brought; within the worker's unit of work."""
        r = self.records
        held = r.rights_notices.get(deadline.about)
        for step in steps:
            if isinstance(step, DeadlineResumed) and held.now.stage is Stage.PAUSED:
                held = self._runs_on(held, deadline, SYSTEM)
            elif isinstance(step, DeadlineReminded) and held.now.stage is Stage.WAITING:
                self.letters.to_notifier(held.now, "reminder", self._due(deadline))
            elif isinstance(step, DeadlineMissed):
                self._silence(held)

    def _silence(self, held: Held[RightsNotice]) -> None:
        steps = rules.restore_in_silence(held.now, self.records.clock())
        if steps:
            now = self._add(held, steps).now
            self.clock.stop(now, "restored", SYSTEM)
            self.measures.restored(now, WHY[Because.SILENCE])

    def arrived(
        self, held: Held[RightsNotice], via: Via | None, now: datetime, by: Actor
    ) -> Held[RightsNotice]:
        """Note what has reached its reader; earlier, if a mail or the inbox says so.

        Whoever opens a page has only what was passed on to their own side.
        """
        found = self._delivery(held.now) or ((via, now) if via else None)
        if found is None:
            return held
        how, at = found
        theirs = held.now.counter is not None
        reader = Role.REPORTER if theirs else Role.RESPONDENT
        if via is Via.PAGE and by.role is not reader:
            return held
        if not theirs:
            reached = rules.arrive(held.now, how, at, by, now)
            return self._add(held, [reached]) if reached else held
        begun = rules.counter_arrives(held.now, how, at, by, now)
        if begun is None:
            return held
        held = self._add(held, [begun])
        self.clock.start(held.now, at)
        return held

    def _delivery(self, notice: RightsNotice) -> tuple[Via, datetime] | None:
        """How and when the letter under way arrived, as far as its own record says."""
        if notice.under_way is None:
            return None
        letter = self.records.notices.get(notice.under_way).now
        known = ((Via.MAIL, letter.emailed_at), (Via.INBOX, letter.read_at))
        ways = [(at, how) for how, at in known if at is not None]
        if not ways:
            return None
        at, how = min(ways)
        return how, at

    def _runs_on(
        self, held: Held[RightsNotice], deadline: Deadline, by: Actor
    ) -> Held[RightsNotice]:
        held = self._add(held, [rules.end_pause(held.now, by, self.records.clock())])
        self.letters.to_both(held.now, "runs_on", self._due(deadline))
        return held

    def _due(self, deadline: Deadline) -> Gap:
        return self.letters.due(deadline.due_at, provisional=deadline.provisional)

    def _period(self, notice: RightsNotice) -> Gap:
        period = self.records.counter_notices(notice.pack).period(notice.right)
        return Gap(
            {"source": period.source}, {"period": period.title.zh}, {"period": period.title.en}
        )

    def _counter(self, held: Held[RightsNotice]) -> tuple[Gap, ...]:
        """What the right holder reads of the counter-notice."""
        r, counter = self.records, held.now.counter
        rule = r.counter_notices(held.now.pack).identity
        if counter is None:
            return ()
        who = read(r.texts.open(counter.identity))
        seen = shared(who, rule) if who else None
        said = masked(r.opened(counter.statement), who, rule, r.clock())
        name = {"name": seen.name, "id_number": seen.number} if seen else {}
        return Gap({"statement": said, **name}), self._period(held.now)

    def _said(self, notice: RightsNotice, text: str, by: Actor) -> Sealed:
        check_characters(text)
        sizes = self.records.counter_notices(notice.pack).sizes
        papers.check_length(papers.STATEMENT, text, sizes.reasons_min, sizes.reasons_max)
        return self.records.texts.seal(text.strip(), by.person)

    def _notifier(self, paper: Given, contact: str, caller: Caller) -> PersonId:
        if caller.person is not None and caller.only_case is None:
            return caller.person
        return self.records.parties.newcomer(contact, paper.language)

    def _mine(
        self, notice: RightsNoticeId, caller: Caller, wanted: Seat
    ) -> tuple[Held[RightsNotice], Actor]:
        held = self.records.rights_notices.get(notice)
        if self.seat_of(held.now, caller) is not wanted:
            raise not_found()
        return held, Actor(Role(wanted.value), caller.person)

    def _add(self, held: Held[RightsNotice], steps: Sequence[RightsStep]) -> Held[RightsNotice]:
        return self.records.rights_notices.add(held.now.id, steps, after=held.version)


def _person(by: Actor) -> PersonId:
    if by.person is None:
        raise Refused("rights_notice.nobody", hint_noop("Come in with your code, or signed in."))
    return by.person
