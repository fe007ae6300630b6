"""What may happen to a report and its case: pure functions that return events or refuse."""

from datetime import datetime

from gongdao.domain.intake.model import (
    Answer,
    Answered,
    AnswerMissed,
    AnswerRequested,
    Apart,
    Case,
    CaseAccepted,
    CaseCompared,
    CaseDecided,
    CaseOpened,
    CaseRevived,
    CaseSetAside,
    CaseStage,
    CaseWithdrawn,
    Joined,
    NoteAdded,
    Rectified,
    Report,
    ReportsJoined,
)
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor
from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId, Sealed
from gongdao.domain.policy.model import CasePolicy, Category, SubjectKind, WithdrawalRule


def check_report(
    policy: CasePolicy,
    category: str,
    kind: SubjectKind,
    statement: str,
    snapshot: str,
    remedy: str | None,
) -> Category:
    """The category of a report that may be filed; Refused names what has to be mended."""
    found = policy.category(category)
    if found is None:
        raise Refused(
            "report.unknown_category",
            hint_noop("Pick one of the categories that the rules list: {known}."),
            known=", ".join(c.code for c in policy.categories),
        )
    if kind not in found.subjects:
        raise Refused(
            "report.category_does_not_fit",
            hint_noop("This category is for {fitting}. Pick another category or subject."),
            fitting=", ".join(found.subjects),
        )
    if not snapshot.strip():
        raise Refused(
            "report.no_snapshot",
            hint_noop("Add what was said or shown, as text: without it nobody can check it later."),
        )
    if remedy is not None and remedy not in {r.code for r in policy.remedies}:
        raise Refused(
            "report.unknown_remedy",
            hint_noop("Leave it open, or pick one of: {known}."),
            known=", ".join(r.code for r in policy.remedies),
        )
    _check_lengths(policy, statement, snapshot)
    return found


def _check_lengths(policy: CasePolicy, statement: str, snapshot: str) -> None:
    limits = policy.limits
    length = len(statement.strip())
    if length < limits.statement_min:
        raise Refused(
            "report.statement_too_short",
            hint_noop("Say in at least {least} characters what happened."),
            least=limits.statement_min,
        )
    if length > limits.statement_max:
        raise Refused(
            "report.statement_too_long",
            hint_noop("Shorten it to {most} characters; it has {length} now."),
            most=limits.statement_max,
            length=length,
        )
    if len(snapshot) > limits.snapshot_max:
        raise Refused(
            "report.snapshot_too_long",
            hint_noop("Keep the part that matters, at most {most} characters."),
            most=limits.snapshot_max,
        )


def check_reasons(policy: CasePolicy, text: str) -> str:
    """Reasons that somebody gives, trimmed; Refused if there are none or too many."""
    trimmed = text.strip()
    if len(trimmed) < policy.limits.reason_min:
        raise Refused(
            "reasons.too_short",
            hint_noop("Give your reasons in at least {least} characters."),
            least=policy.limits.reason_min,
        )
    if len(trimmed) > policy.limits.reason_max:
        raise Refused(
            "reasons.too_long",
            hint_noop("Shorten the reasons to {most} characters."),
            most=policy.limits.reason_max,
        )
    return trimmed


def open_case(case: CaseId, report: Report, respondent: PersonId | None, by: Actor) -> CaseOpened:
    """Open the case that a report begins."""
    return CaseOpened(
        at=report.received_at,
        by=by,
        case=case,
        report=report.id,
        reporter=report.reporter,
        respondent=respondent,
        subject=report.subject,
        category=report.category,
        pack=report.pack,
    )


def set_aside(measure: str, until: datetime, now: datetime) -> CaseSetAside:
    """Keep a case unprocessed while its reporter is under a measure."""
    return CaseSetAside(at=now, by=SYSTEM, measure=measure, until=until)


def revive(case: Case, by: Actor, now: datetime) -> CaseRevived:
    """Take up what was set aside."""
    _must_be(case, CaseStage.SET_ASIDE)
    return CaseRevived(at=now, by=by)


def join(report: Report, apart: Apart | None) -> ReportsJoined:
    """Let a report join the case about the same subject."""
    joined = Joined(report.id, report.reporter, apart)
    return ReportsJoined(at=report.received_at, by=SYSTEM, joined=(joined,))


def accept(case: Case, reasons: Sealed, by: Actor, now: datetime) -> CaseAccepted:
    """Take a report up for investigation."""
    _must_be(case, CaseStage.RECEIVED)
    return CaseAccepted(at=now, by=by, reasons=reasons)


def request_answer(case: Case, question: Sealed, by: Actor, now: datetime) -> AnswerRequested:
    """Ask the respondent for their side, once."""
    _must_be(case, CaseStage.INVESTIGATING)
    if case.respondent is None:
        raise Refused(
            "case.no_respondent",
            hint_noop("Nobody is known to answer for this subject. Decide on what is there."),
        )
    if case.answer is not Answer.NOT_ASKED:
        raise Refused("case.already_asked", hint_noop("The respondent was asked already."))
    return AnswerRequested(at=now, by=by, question=question)


def answer(case: Case, text: Sealed, by: Actor, now: datetime) -> Answered:
    """Take the respondent's side to the file; a late one too, as long as nothing is decided."""
    if case.stage is not CaseStage.INVESTIGATING:
        raise Refused(
            "case.answer_closed",
            hint_noop("The case is already decided. You can appeal against the decision."),
        )
    if case.answer is Answer.NOT_ASKED:
        raise Refused("case.not_asked", hint_noop("No answer was asked for yet."))
    if case.answer is Answer.GIVEN:
        raise Refused("case.already_answered", hint_noop("Your answer is already in the file."))
    return Answered(at=now, by=by, answer=text)


def miss_answer(case: Case, raise_by: int, by: Actor, now: datetime) -> AnswerMissed:
    """The time to answer passed: the case moves on by policy, and says so."""
    _must_be(case, CaseStage.INVESTIGATING)
    if case.answer is not Answer.ASKED:
        raise Refused("case.no_answer_awaited", hint_noop("No answer is awaited."))
    return AnswerMissed(at=now, by=by, raise_by=raise_by)


def note(case: Case, text: Sealed, by: Actor, now: datetime) -> NoteAdded:
    """Write something down in the investigation."""
    _must_be(case, CaseStage.INVESTIGATING)
    return NoteAdded(at=now, by=by, note=text)


def decided(
    case: Case, decision: DecisionId, outcome: str, by: Actor, now: datetime
) -> CaseDecided:
    """Close the investigation with a decision.

    A declined report is decided from `received`; any other from the investigation. After a
    reopening the same person does not decide again.
    """
    wanted = CaseStage.RECEIVED if outcome == "not_accepted" else CaseStage.INVESTIGATING
    _must_be(case, wanted)
    if case.answer is Answer.ASKED:
        raise Refused(
            "case.answer_awaited",
            hint_noop("The respondent still has time to answer. Decide after that."),
        )
    if by.person in case.decided_by:
        raise Refused(
            "decision.same_decider",
            hint_noop("The case was reopened: somebody who did not decide it must decide now."),
        )
    return CaseDecided(at=now, by=by, decision=decision, outcome=outcome)


def rectify(case: Case, account: Sealed, by: Actor, now: datetime) -> Rectified:
    """Say that, and how, it was put right."""
    _must_be(case, CaseStage.DECIDED)
    return Rectified(at=now, by=by, account=account)


def withdraw(
    case: Case, rule: WithdrawalRule, reasons: Sealed | None, by: Actor, now: datetime
) -> CaseWithdrawn:
    """Take a report back, where the pack allows it."""
    if by.role.value not in rule.by:
        raise Refused(
            "withdrawal.not_yours",
            hint_noop("Only {who} can withdraw this kind of report."),
            who=" / ".join(rule.by),
        )
    if by.person in case.left:
        raise Refused("withdrawal.already", hint_noop("This report was already withdrawn."))
    late = case.stage in {CaseStage.DECIDED, CaseStage.WITHDRAWN}
    waits = case.stage in {CaseStage.RECEIVED, CaseStage.SET_ASIDE}
    if late or (rule.until == "accepted" and not waits):
        raise Refused(
            "withdrawal.too_late",
            hint_noop("The time to withdraw has passed: the case is {stage}."),
            stage=case.stage.value,
        )
    others = set(case.reporters) - case.left - {by.person}
    goes_on = rule.case_goes_on or bool(others)
    return CaseWithdrawn(at=now, by=by, reasons=reasons, goes_on=goes_on)


def found_of(case: Case) -> dict[CaseId, bool]:
    """Which cases staff found to be about the same matter, and which about another one."""
    return {step.other: step.same for step in case.compared}


def compare(case: Case, other: Case, by: Actor, now: datetime, *, same: bool) -> list[CaseCompared]:
    """Say whether another case is about the same matter; nothing where that is known."""
    if case.id == other.id:
        raise Refused("alike.itself", hint_noop("Choose another case to hold it against."))
    if {case.stage, other.stage} - {CaseStage.RECEIVED, CaseStage.INVESTIGATING}:
        raise Refused(
            "alike.closed", hint_noop("One of the two is closed. Only open cases are compared.")
        )
    if found_of(case).get(other.id) is same:
        return []
    return [CaseCompared(at=now, by=by, other=other.id, same=same)]


def received_on(case: Case) -> datetime:
    """When the report came in, on the clock that the rules run on."""
    return case.opened_at.astimezone(CHINA)


def _must_be(case: Case, stage: CaseStage) -> None:
    if case.stage is not stage:
        raise Refused(
            "case.wrong_stage",
            hint_noop("The case is {stage}; this step needs {needed}. Read it again."),
            stage=case.stage.value,
            needed=stage.value,
        )
