"""An account's grade explained: to whom it is about, and to staff beside a case."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS, READERS, must_be, not_found, seat
from gongdao.domain.decisions.statement import measure_line
from gongdao.domain.flows.grade_letters import clause_title, effect_lines, title
from gongdao.domain.flows.graded import Graded, graded, involved, without
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.kernel.errors import PackInvalid, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId, SanctionId
from gongdao.domain.policy.grades import Act, Effects, GradeCode
from gongdao.domain.standing import account_rules as rules
from gongdao.domain.standing.accounts import Account, StandingId
from gongdao.domain.standing.grades import Counted, better_at, curve, stands

_BACK = timedelta(days=90)
_AHEAD = timedelta(days=400)
_PIECES = 60


@dataclass(frozen=True, slots=True)
class ItemView:
    """A violation, what it weighs now, and when that is gone."""

    sanction: SanctionId
    """This, the decision, the case and the title are empty behind the code of another case."""
    decision: DecisionId
    case: CaseId
    title: str
    measure: str
    at: datetime
    first: int
    points: float
    halves_in: timedelta
    gone_at: datetime
    earned_back: bool
    out: str
    """Why it does not count; empty where it does."""
    opens: bool
    """Whether whoever looks can open its case."""
    without: str
    """The grade without it, for whoever hears an appeal."""


@dataclass(frozen=True, slots=True)
class DeedView:
    """What speaks for an account."""

    act: str
    title: str
    percent: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RungView:
    """One grade of the ladder."""

    code: str
    title: str
    means: str
    effects: tuple[str, ...]
    from_points: int | None
    here: bool


@dataclass(frozen=True, slots=True)
class AppealView:
    """What the account was told, and its appeal against that."""

    statement: str = ""
    """Of the grade that restricts; empty where none does."""
    statement_apart: bool = False
    """Whether there is one that isn't shown here: it names other cases than the code opens."""
    possible: bool = False
    holds_back: bool = False
    """Whether what was told doesn't begin, if the account appeals now."""
    until: datetime | None = None
    grounds: str = ""
    """What was written in the appeal; empty without one."""
    hear_by: datetime | None = None
    """By when a person decides; None where none waits."""
    ruled: str = ""
    reasons: str = ""
    set_until: datetime | None = None
    """Until when a grade holds that was set after an appeal."""


@dataclass(frozen=True, slots=True)
class GradeView:
    """How an account stands, with everything that explains it."""

    grade: GradeCode
    title: str
    means: str
    points: float
    in_effect: GradeCode
    effects: tuple[str, ...]
    """What is restricted now, a line each."""
    restricts: bool
    settings: Effects
    coming: tuple[str, ...]
    """What will be restricted, where that was told and has not begun."""
    coming_settings: Effects
    coming_at: datetime | None
    items: tuple[ItemView, ...]
    deeds: tuple[DeedView, ...]
    clean_since: datetime | None
    better_at: datetime | None
    better_title: str
    rungs: tuple[RungView, ...]
    line: tuple[tuple[datetime, float], ...]
    """The points over time, as they were and will be if nothing happens."""
    at: datetime
    restricts_from: int
    """From so many points on a grade restricts."""
    appeal: AppealView


@dataclass(frozen=True, slots=True)
class Explaining:
    """Grades behind their doors."""

    records: Records

    def own(self, caller: Caller, language: str) -> GradeView:
        """One's own grade; by a code it is the respondent's of that case alone."""
        r = self.records
        if caller.person is None:
            raise not_found()
        if caller.only_case is not None:
            case = r.cases.get(caller.only_case).now
            if seat(caller, parties_of(case)) is not Seat.RESPONDENT:
                raise not_found()
        whole = caller.only_case is None
        return self._view(_found(r, caller.person), language, caller.only_case, reports=whole)

    def beside(self, case_id: CaseId, caller: Caller, language: str) -> GradeView | None:
        """The grade of whom a case is about, for staff: so that like is treated alike."""
        case = self.records.cases.get(case_id).now
        if seat(caller, parties_of(case)) is not Seat.STAFF:
            raise not_found()
        if case.respondent is None:
            return None
        found = graded(self.records, case.respondent)
        return self._view(found, language) if found else None

    def of_account(self, account: str, caller: Caller, language: str) -> GradeView:
        """The grade of an account by its name, for staff and the operator's app."""
        must_be(caller, *READERS, Role.APP)
        person = self.records.parties.known(account)
        if person is None or person == caller.person:
            raise not_found()
        return self._view(_found(self.records, person), language)

    def to_hear(self, standing: StandingId, caller: Caller, language: str) -> GradeView:
        """A grade with its appeal, for whoever may hear it."""
        must_be(caller, *DECIDERS, Role.OPERATOR)
        found = _found(self.records, self.records.grades.get(standing).now.person)
        if found.person == caller.person:
            raise not_found()
        return self._view(found, language)

    def may_hear(self, standing: StandingId, caller: Caller) -> bool:
        """Whether somebody took part in nothing that counts there."""
        found = _found(self.records, self.records.grades.get(standing).now.person)
        return caller.has(*DECIDERS) and caller.person not in involved(self.records, found)

    def _view(
        self, found: Graded, language: str, only: CaseId | None = None, *, reports: bool = False
    ) -> GradeView:
        """All of it; with `reports` for nobody but who sent them, since a day tells the case."""
        policy, account, coming = found.policy, found.account, _coming(found)
        rule, better = policy.rule(found.grade), better_at(found.known, policy, found.at)
        next_one = stands(found.known, policy, better).grade if better else None

        def said(effects: Effects) -> tuple[str, ...]:
            return effect_lines(found.pack, effects, language)

        return GradeView(
            grade=found.grade,
            title=rule.title.in_(language),
            means=rule.means.in_(language),
            points=found.stands.points,
            in_effect=found.in_effect,
            effects=said(found.effects),
            restricts=found.effects.restrict,
            settings=found.effects,
            coming=said(policy.rule(coming).effects) if coming else (),
            coming_settings=policy.rule(coming).effects if coming else Effects(),
            coming_at=account.fall.effects_at if coming and account else None,
            items=tuple(self._item(found, each, language, only) for each in found.stands.counted),
            deeds=_deeds(found, language, reports=reports),
            clean_since=found.stands.clean_since,
            better_at=better,
            better_title=title(found, next_one, language) if next_one else "",
            rungs=_rungs(found, language),
            line=_line(found),
            at=found.at,
            restricts_from=_restricts_from(found),
            appeal=self._appeal(found, account, language, only) if account else AppealView(),
        )

    def _appeal(
        self, found: Graded, account: Account, language: str, only: CaseId | None
    ) -> AppealView:
        opened, fall, lasting = self.records.opened, account.fall, account.set_grade
        asked = account.contest
        said = fall.statement_zh if language == "zh" else fall.statement_en
        restricts = account.told in found.policy.restricting
        apart = only is not None and any(item.case != only for item in fall.items)
        possible = rules.may_contest(account, found.policy, found.at)
        in_time = found.policy.told.waits_for_hearing and found.at < fall.effects_at
        return AppealView(
            statement=opened(said) if restricts and not apart else "",
            statement_apart=restricts and apart,
            possible=possible,
            holds_back=possible and in_time,
            until=fall.contest_until,
            grounds=opened(asked.grounds) if asked else "",
            hear_by=asked.hear_by if asked and asked.ruled is None else None,
            ruled=asked.ruled.value if asked and asked.ruled else "",
            reasons=opened(asked.reasons) if asked and asked.reasons else "",
            set_until=lasting.until if lasting and lasting.until > found.at else None,
        )

    def _item(self, found: Graded, each: Counted, language: str, only: CaseId | None) -> ItemView:
        violation = each.violation
        opens = only in {None, violation.case}
        sanction = self.records.sanctions.get(violation.sanction).now
        words = found.pack.statement.in_(language) if found.pack.statement else None
        without_it = without(found, [violation.sanction]).grade
        return ItemView(
            sanction=violation.sanction if opens else SanctionId(""),
            decision=violation.decision if opens else DecisionId(""),
            case=violation.case if opens else CaseId(""),
            title=clause_title(found.pack, violation.clause, language) if opens else "",
            measure=measure_line(sanction.measure, words) if words else violation.penalty.value,
            at=violation.at,
            first=each.first,
            points=each.points,
            halves_in=each.halves_in,
            gone_at=violation.gone_at,
            earned_back=violation.earned_back,
            out=each.out.value if each.out else "",
            opens=opens,
            without=title(found, without_it, language),
        )


def _found(r: Records, person: PersonId) -> Graded:
    found = graded(r, person)
    if found is None:
        raise PackInvalid(
            "pack.no_standing",
            hint_noop("The pack of today says nothing of grades. Add its standing part."),
        )
    return found


def _coming(found: Graded) -> GradeCode | None:
    """The grade whose effects were told and have not begun; None where nothing is to come."""
    account = found.account
    if account is None or found.grade.depth <= found.in_effect.depth:
        return None
    return found.grade if found.grade in found.policy.restricting else None


def _deeds(found: Graded, language: str, *, reports: bool) -> tuple[DeedView, ...]:
    acts = found.policy.acts
    return tuple(
        DeedView(
            each.act.value, acts[each.act].title.in_(language), acts[each.act].percent, each.at
        )
        for each in found.stands.deeds
        if reports or each.act is not Act.REPORT
    )


def _restricts_from(found: Graded) -> int:
    lines = [rule.from_points for rule in found.policy.rules if rule.effects.restrict]
    return min((line for line in lines if line is not None), default=0)


def _rungs(found: Graded, language: str) -> tuple[RungView, ...]:
    return tuple(
        RungView(
            code=rule.code.value,
            title=rule.title.in_(language),
            means=rule.means.in_(language),
            effects=effect_lines(found.pack, rule.effects, language),
            from_points=rule.from_points,
            here=rule.code is found.grade,
        )
        for rule in found.policy.rules
    )


def _line(found: Graded) -> tuple[tuple[datetime, float], ...]:
    """From some time back to when next to nothing is left; nothing where nothing weighs."""
    if not found.stands.weighing:
        return ()
    gone = max(each.violation.gone_at for each in found.stands.weighing)
    end = min(gone, found.at + _AHEAD)
    return tuple(curve(found.known, found.policy, found.at - _BACK, end, _PIECES))
