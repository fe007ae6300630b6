"""What decisions say of screening is kept as a label; a review that overturns one takes it back.

Looking at a text takes longer than a decision may wait for, so the outbox promises it: with the
decision or not at all, and it is done soon after.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.decisions.model import Decision, Outcome
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.ids import AppealId, DecisionId, PersonId
from gongdao.domain.policy.screening import Category, TeachingPolicy
from gongdao.domain.screening.labels import Label, Noted, Said
from gongdao.domain.screening.model import Finding

TEACH = "teach_screening"
"""The outbox topic that does so."""
Look = Callable[[str], Sequence[Finding]]
"""What screening finds in a text now."""


def promise(r: Records, case: Case, decision: Decision, appeal: AppealId | None = None) -> None:
    """Promise the label of a decision, or of the appeal that overturned it, where it teaches."""
    if _lesson(r, case, decision, overturned=appeal is not None) is None:
        return
    said = {"decision": decision.id, "at": r.clock().isoformat()}
    if appeal is not None:
        said["appeal"] = appeal
    r.outbox.post(TEACH, appeal or decision.id, said)


@dataclass(frozen=True, slots=True)
class Teaching:
    """The handler of the outbox topic."""

    records: Records
    look: Look

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Look at the text as it was reported, and keep what was said of it."""
        del last  # tried again like any other; what is given up is seen at the desk
        r, overturned = self.records, "appeal" in payload
        decision = r.decisions.get(DecisionId(payload["decision"])).now
        case = r.cases.get(decision.case).now
        lesson = _lesson(r, case, decision, overturned=overturned)
        text = r.texts.open(case.subject.snapshot)
        if lesson is None or text is None:
            return  # it was erased meanwhile
        category, true = lesson
        found = [each for each in self.look(text) if each.category is category]
        of = payload.get("appeal", decision.id)
        label = Label(
            id=of,  # it says one thing, and a job that is done twice says it once
            text=case.subject.snapshot,
            category=category,
            true=true,
            said=Said.REVIEW if overturned else Said.DECISION,
            of=of,
            at=datetime.fromisoformat(payload["at"]),
            findings=tuple(Noted(each.category, each.evidence, each.score) for each in found),
            by=self._speaker(decision, AppealId(of) if overturned else None),
            author=decision.respondent,
        )
        with r.work():
            r.labels.keep(label)

    def _speaker(self, decision: Decision, appeal: AppealId | None) -> PersonId | None:
        """Who decided it, or who heard the appeal."""
        if appeal is None:
            return decision.decided_by
        return self.records.appeals.get(appeal).now.reviewer


def _lesson(
    r: Records, case: Case, decision: Decision, *, overturned: bool
) -> tuple[Category, bool] | None:
    """Of which category the text is said to be or not to be; None where nothing is taught.

    What a machine decided teaches no machine, unless a person has overturned it.
    """
    policy = _teaching(r, decision)
    category = policy.clauses.get(decision.clause or "") if policy else None
    if policy is None or category is None or case.subject.kind not in policy.subjects:
        return None
    if overturned:
        return (category, False) if decision.outcome is Outcome.VIOLATION else None
    if decision.automated or decision.outcome is Outcome.NOT_ACCEPTED:
        return None
    return category, decision.outcome is Outcome.VIOLATION


def _teaching(r: Records, decision: Decision) -> TeachingPolicy | None:
    rules = r.pack(decision.pack).screening
    return rules.teaching if rules else None
