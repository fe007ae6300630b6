"""What somebody can do with a case now, as stable codes: pages show just these."""

from collections.abc import Sequence

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS
from gongdao.domain.appeals.model import Appeal
from gongdao.domain.deadlines.model import DeadlineKind
from gongdao.domain.decisions.model import Decision, DecisionState, Outcome
from gongdao.domain.flows.hearing_actions import of_appellant, of_hearer
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.reopening import reopening
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
        heard = [code for a in appeals for code in of_hearer(records, case, a, caller)]
        return tuple(heard + _of_staff(case, caller) + _interim(records, case))
    if chair is Seat.REPORTER:
        theirs = _of_reporter(records, case, caller, decisions, appeals)
        return tuple(of_appellant(appeals, caller) + theirs)
    if chair is Seat.RESPONDENT:
        theirs = _of_respondent(records, case, caller, decisions, appeals)
        return tuple(of_appellant(appeals, caller) + theirs)
    return ()


def _of_staff(case: Case, caller: Caller) -> list[str]:
    found = []
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
    if case.stage is CaseStage.SET_ASIDE and caller.person is not None:
        file = records.misuses.of(caller.person)
        if file is None or file.now.measure(records.clock()) is None:
            found.append("take_up")
    if category is not None:
        rule = category.withdrawal
        open_stages = {CaseStage.RECEIVED, CaseStage.SET_ASIDE}
        if rule.until == "decided":
            open_stages.add(CaseStage.INVESTIGATING)
        if "reporter" in rule.by and case.stage in open_stages:
            found.append("withdraw")
    if decisions and decisions[-1].outcome is not Outcome.VIOLATION:
        found += _appeal(records, decisions[-1], appeals, caller, "ask_review")
    return found


def _of_respondent(
    records: Records,
    case: Case,
    caller: Caller,
    decisions: Sequence[Decision],
    appeals: Sequence[Appeal],
) -> list[str]:
    found = []
    answerable = {Answer.ASKED, Answer.MISSED}
    if case.stage is CaseStage.INVESTIGATING and case.answer in answerable:
        found.append("answer")
    running = records.deadlines.running(case.id)
    if any(held.now.kind is DeadlineKind.RECTIFICATION for held in running):
        found.append("rectify")
    if decisions and decisions[-1].outcome is Outcome.VIOLATION:
        found += _appeal(records, decisions[-1], appeals, caller, "appeal")
    return found


def _appeal(
    records: Records, decision: Decision, appeals: Sequence[Appeal], caller: Caller, code: str
) -> list[str]:
    policy = records.policy(decision.pack).appeals
    earlier = [a for a in appeals if a.decision == decision.id]
    open_now = any(a.stage.is_open for a in earlier)
    late = decision.appeal_closes is not None and passed(decision.appeal_closes, records.clock())
    possible = decision.state is not DecisionState.OVERTURNED and not open_now and not late
    if not possible:
        return []
    if policy.at(decision.level + 1) is not None:
        return [code]
    once_more = reopening(records, decision, earlier, caller.person)
    if once_more is None or once_more.used or not once_more.new:
        return []
    return [] if passed(once_more.until, records.clock()) else [code]
