"""A grade that restricts is told before it does, heard by a person, and better again by itself."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import DECIDERS, must_be, not_found
from gongdao.domain.deadlines.model import DeadlineKind
from gongdao.domain.flows.file_clocks import Limit, meet, start
from gongdao.domain.flows.firming import Firming
from gongdao.domain.flows.grade_letters import announce, statement, tell, when
from gongdao.domain.flows.graded import Graded, graded, involved
from gongdao.domain.flows.one_by_one import noted, raise_first
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.repetition import place_again
from gongdao.domain.flows.telling import Gap
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held, Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.standing import account_rules as rules
from gongdao.domain.standing.account_rules import Ruling
from gongdao.domain.standing.accounts import (
    Account,
    AccountStep,
    Because,
    GradeContested,
    GradeFell,
    GradeLooked,
    GradeRose,
    Item,
    Ruled,
    StandingId,
)
from gongdao.domain.standing.grades import better_at


@dataclass(frozen=True, slots=True)
class Regrading:
    """Everything that happens to the grade of an account."""

    records: Records

    def reconsider(self, person: PersonId | None, because: Because = Because.OVERTURNED) -> None:
        """What changed of what counts, within the unit of work that changed it."""
        found = graded(self.records, person, lock=True) if person is not None else None
        if found is None:
            return
        if rules.falls(found.grade, found.account, found.policy):
            self._fall(found)
        elif found.held is not None:
            self._better(found, found.held, because)
        else:
            return
        self._enact(found.person)

    def catch_up(self, person: PersonId) -> None:
        """Before a violation: what time has changed meanwhile, so that a fall is told anew."""
        self._if_told(person, Because.TIME)

    def spoken_for(self, person: PersonId) -> None:
        """Something new speaks for an account; if its grade is better by that, it is told."""
        self._if_told(person, Because.DEED)

    def _if_told(self, person: PersonId, because: Because) -> None:
        if self.records.grades.of_person(person) is not None:
            self.reconsider(person, because)

    def contest(self, grounds: str, caller: Caller) -> None:
        """Appeal against the grade; a person who took no part hears it."""
        r, person = self.records, _own(caller)
        with r.work():
            found = graded(r, person, lock=True)
            if found is None:
                raise not_found()
            rules.check_contest(found.account, found.policy, r.clock())
            told, account = found.policy.told, _told(found)
            text = rules.check_text(told, grounds)
            limit = Limit(told.heard_within, told.source)
            due = start(r, DeadlineKind.HEARING, account.now.id, account.now.id, limit)
            by = Actor(Role.RESPONDENT, person)
            step = GradeContested(
                at=r.clock(), by=by, grounds=r.texts.seal(text, person), hear_by=due.at
            )
            after = r.grades.add(account.now.id, [step], after=account.version).now
            tell(r, after, "standing_appeal_received", when(due.at))
            announce(r, found, after)

    def hear(self, standing: StandingId, ruling: Ruling, reasons: str, caller: Caller) -> None:
        """A person ends an appeal; everything is folded again in the same transaction."""
        must_be(caller, *DECIDERS)
        r = self.records
        by = _decider(caller)
        with r.work():
            person = r.grades.get(standing).now.person
            found = graded(r, person, lock=True)
            if found is None:
                raise not_found()
            account = _told(found)
            rules.check_hearer(account.now, involved(r, found), by)
            told = found.policy.told
            text = rules.check_text(told, reasons)
            until = _until(found, ruling)
            step = rules.hear(
                ruling, until, r.texts.seal(text, person), found.stands, by, r.clock()
            )
            held = r.grades.add(standing, [step], after=account.version)
            meet(r, standing, DeadlineKind.HEARING, by)
            template = "standing_appeal_upheld"
            if step.ruled is not Ruled.UPHELD:
                template = "standing_appeal_granted"
            tell(r, held.now, template, Gap(both={"reasons": text}))
            if step.ruled is Ruled.UPHELD:
                announce(r, found, held.now)
            self.reconsider(person, Because.APPEAL)

    def late(self, standing: str) -> None:
        """Nobody heard an appeal in time: the effects rest, and the app hears of that."""
        r = self.records
        with suppress(NotFound):
            account = r.grades.get(standing).now
            found = graded(r, account.person)
            if found is not None:
                announce(r, found, account)
                self._enact(account.person)

    def look(self, limit: int) -> int:
        """What time alone changes: a grade is better, or begins to restrict; how many."""
        r, done, problems = self.records, 0, list[Exception]()
        for seen in r.grades.to_look_at(r.clock(), limit):
            with noted(problems), r.work():
                self.reconsider(seen.now.person, Because.TIME)
                done += 1
        raise_first(problems)
        return done

    def waiting(self, caller: Caller, limit: int = 100) -> list[Account]:
        """Appeals against grades that wait for somebody, for those who may hear them."""
        must_be(caller, *DECIDERS, Role.OPERATOR)
        return [a for a in self.records.grades.waiting(limit) if a.person != caller.person]

    def _fall(self, found: Graded) -> None:
        """The statement first, then the step, both before anything is restricted."""
        r, told = self.records, found.policy.told
        standing = found.account.id if found.account else StandingId(r.new_id())
        effects_at = found.at + told.before.flat()
        until = r.calendar.due(found.at, told.contest_within, roll=True).at
        said = statement(r, found, effects_at, until)
        step = GradeFell(
            at=found.at,
            by=SYSTEM,
            standing=standing,
            person=found.person,
            grade=found.grade,
            before=found.in_effect,
            items=_items(found),
            pack=found.pack.ref,
            effects_at=effects_at,
            contest_until=until,
            statement_zh=r.texts.seal(said.zh, found.person),
            statement_en=r.texts.seal(said.en, found.person),
            next_look=_look(found, effects_at),
        )
        after = found.held.version if found.held else 0
        account = r.grades.add(standing, [step], after=after).now
        letter = Gap(zh={"statement": said.zh}, en={"statement": said.en})
        tell(r, account, "standing_fell", letter, when(until))
        announce(r, found, account)

    def _better(self, found: Graded, held: Held[Account], because: Because) -> None:
        begins = held.now.fall.effects_at
        r, look = self.records, _look(found, begins if begins > found.at else None)
        step: AccountStep
        if held.now.told in found.policy.restricting and rules.rises(found.grade, held.now):
            step = GradeRose(
                at=found.at, by=SYSTEM, grade=found.grade, because=because, next_look=look
            )
        elif held.now.next_look != look:
            step = GradeLooked(at=found.at, by=SYSTEM, next_look=look)
        else:
            return
        account = r.grades.add(held.now.id, [step], after=held.version).now
        if isinstance(step, GradeRose):
            title = found.policy.rule(found.grade).title
            grade = Gap(zh={"grade": title.zh}, en={"grade": title.en})
            tell(r, account, f"standing_rose_{because.value}", grade)
            announce(r, found, account)

    def _enact(self, person: PersonId) -> None:
        """Whatever is kept and depends on the effects follows them: a firm's lane, open cases."""
        Firming(self.records).reconsider(person)
        place_again(self.records, person)


def _look(found: Graded, begins: datetime | None) -> datetime | None:
    """When time alone changes something: effects begin, it heals, or a grade set is over."""
    moments: list[datetime | None] = []
    lasting = found.account.set_grade if found.account else None
    if lasting is not None and lasting.until > found.at:
        moments.append(lasting.until)
    if found.stands.grade in found.policy.restricting:
        moments += [better_at(found.known, found.policy, found.at), begins]
    return min((moment for moment in moments if moment is not None), default=None)


def _items(found: Graded) -> tuple[Item, ...]:
    return tuple(
        Item(
            each.violation.sanction,
            each.violation.decision,
            each.violation.case,
            round(each.points * 1000),
        )
        for each in found.stands.weighing
    )


def _until(found: Graded, ruling: Ruling) -> datetime | None:
    if ruling.ruled is not Ruled.SET:
        return None
    most = found.policy.told.set_most.flat()
    if not timedelta(0) < timedelta(days=ruling.days) <= most:
        raise Refused(
            "standing.bad_days",
            hint_noop("Set it for 1 to {most} days."),
            most=most.days,
        )
    return found.at + timedelta(days=ruling.days)


def _told(found: Graded) -> Held[Account]:
    if found.held is None:
        raise not_found()
    return found.held


def _own(caller: Caller) -> PersonId:
    if caller.person is None:
        raise not_found()
    return caller.person


def _decider(caller: Caller) -> Actor:
    if caller.person is None:
        raise not_found()
    role = Role.SENIOR_REVIEWER if Role.SENIOR_REVIEWER in caller.roles else Role.REVIEWER
    return Actor(role, caller.person)
