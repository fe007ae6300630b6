"""What somebody can do with a case now, as stable codes: pages show just these."""

from collections.abc import Sequence

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS
from gongdao.domain.appeals.model import Appeal, AppealStage
from gongdao.domain.deadlines.model import DeadlineKind
from gongdao.domain.decisions.model import Decision, DecisionState, Outcome
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import Answer, Case, CaseStage
from gongdao.domain.kernel.calendar import passed


def actions(
    records: Records,
    case: Case,
    chair: Seat,
    caller: Caller,
    decisions: Sequence[Decision],
    appeals: Sequence[Appeal],
) -> tuple[str, ...]:
    """The steps that the rules would not refuse for who they are; details may still be refused."""
    if chair is Seat.STAFF and caller.has(*DECIDERS):
        return tuple(_of_staff(case, caller, appeals) + _interim(records, case))
    if chair is Seat.REPORTER:
        return tuple(_of_reporter(records, case, caller, decisions, appeals))
    if chair is Seat.RESPONDENT:
        return tuple(_of_respondent(records, case, decisions, appeals))
    return ()


def _of_staff(case: Case, caller: Caller, appeals: Sequence[Appeal]) -> list[str]:
    mine = [
        a for a in appeals if a.stage is AppealStage.UNDER_REVIEW and a.reviewer == caller.person
    ]
    found = ["hear_appeal"] if mine else []
    if case.stage is CaseStage.RECEIVED:
        found += ["accept", "decline"]
    if case.stage is CaseStage.INVESTIGATING:
        found += ["note", "pause"]
        if case.answer is Answer.NOT_ASKED and case.respondent is not None:
            found.append("request_answer")
        if case.answer is not Answer.ASKED and caller.person not in case.decided_by:
            found.append("decide")
    return found


def _interim(records: Records, case: Case) -> list[str]:
    """Measures that may hold meanwhile, and lifting those that do."""
    if case.stage not in {CaseStage.RECEIVED, CaseStage.INVESTIGATING} or case.respondent is None:
        return []
    holding = [held.now.measure for held in records.interims.of_case(case.id) if held.now.in_force]
    allowed = records.policy(case.pack).interim_for(case.category, case.subject.kind)
    found = ["interim"] if any(rule.measure not in holding for rule in allowed) else []
    return found + (["lift_interim"] if holding else [])


def _of_reporter(
    records: Records,
    case: Case,
    caller: Caller,
    decisions: Sequence[Decision],
    appeals: Sequence[Appeal],
) -> list[str]:
    found: list[str] = []
    category = records.policy(case.pack).category(case.category)
    if caller.person in case.left:
        return found
    if category is not None:
        rule = category.withdrawal
        open_stages = {CaseStage.RECEIVED}
        if rule.until == "decided":
            open_stages.add(CaseStage.INVESTIGATING)
        if "reporter" in rule.by and case.stage in open_stages:
            found.append("withdraw")
    if decisions and decisions[-1].outcome is not Outcome.VIOLATION:
        found += _appeal(records, decisions[-1], appeals, "ask_review")
    return found


def _of_respondent(
    records: Records, case: Case, decisions: Sequence[Decision], appeals: Sequence[Appeal]
) -> list[str]:
    found = []
    answerable = {Answer.ASKED, Answer.MISSED}
    if case.stage is CaseStage.INVESTIGATING and case.answer in answerable:
        found.append("answer")
    running = records.deadlines.running(case.id)
    if any(held.now.kind is DeadlineKind.RECTIFICATION for held in running):
        found.append("rectify")
    if decisions and decisions[-1].outcome is Outcome.VIOLATION:
        found += _appeal(records, decisions[-1], appeals, "appeal")
    return found


def _appeal(
    records: Records, decision: Decision, appeals: Sequence[Appeal], code: str
) -> list[str]:
    policy = records.policy(decision.pack).appeals
    open_now = any(a.stage.is_open for a in appeals if a.decision == decision.id)
    late = decision.appeal_closes is not None and passed(decision.appeal_closes, records.clock())
    possible = decision.state is not DecisionState.OVERTURNED and not open_now and not late
    return [code] if possible and policy.at(decision.level + 1) is not None else []
