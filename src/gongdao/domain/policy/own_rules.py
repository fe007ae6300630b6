"""
An operator's own case policy in the rows that packs about outside platforms have.

So that both stand in one comparison: clauses as violations with their ladders, categories as
complaint types with the condition for taking a report back.
"""

from gongdao.domain.policy.figures import Figure, Length, LengthOrWords
from gongdao.domain.policy.model import Basis, CasePolicy, Category, Clause, Rung, Words
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.platform import ComplaintType, Step, Violation
from gongdao.domain.policy.statement_words import StatementTexts


def violations(pack: RulePack) -> tuple[Violation, ...]:
    """The clauses of a pack's own case policy, none where it has no cases."""
    clauses = pack.cases.clauses if pack.cases else ()
    return tuple(_violation(clause, pack.statement) for clause in clauses)


def complaints(pack: RulePack) -> tuple[ComplaintType, ...]:
    """The categories of a pack's own case policy, none where it has no cases."""
    if pack.cases is None:
        return ()
    return tuple(_complaint(category, pack.cases, pack) for category in pack.cases.categories)


def _violation(clause: Clause, words: StatementTexts | None) -> Violation:
    return Violation(
        source=clause.source,
        as_of=clause.as_of,
        basis=clause.basis,
        code=clause.code,
        title=clause.title,
        standard=clause.definition,
        in_force=clause.in_force,
        ladder=tuple(_step(rung, clause, words) for rung in clause.ladder),
    )


def _step(rung: Rung, clause: Clause, words: StatementTexts | None) -> Step:
    asked = (rung.penalty, rung.scope, rung.duration)
    said = words and Words(zh=words.zh.measure(*asked), en=words.en.measure(*asked))
    return Step(
        source=clause.source,
        as_of=clause.as_of,
        basis=clause.basis,
        strikes=rung.strikes,
        then=said or Words(zh=rung.penalty, en=rung.penalty),
    )


def _complaint(category: Category, cases: CasePolicy, pack: RulePack) -> ComplaintType:
    decision = cases.procedure.decision
    cited = {"source": decision.source, "as_of": decision.as_of, "basis": decision.basis}
    span = Length.parse(str(decision.span))
    return ComplaintType(
        source=pack.platform,
        as_of=pack.in_force.from_,
        basis=Basis.HOUSE,
        code=category.code,
        title=category.title,
        subjects=category.subjects,
        withdrawal=category.withdrawal.why,
        handling=(Figure[LengthOrWords].model_validate({"value": span, **cited}),),
    )
