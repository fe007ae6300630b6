"""What was known of an appeal when it was filed, read from the records so that nothing later shows.

It is asked twice: before an appeal is sent, and again when it has been decided, to learn from it.
Both must be told the same.
"""

from collections.abc import Iterable, Mapping, Sequence

from gongdao.domain.appeals.likelihood import AtFiling, family_of
from gongdao.domain.appeals.model import Appeal, AppealStage, Side, Weighed
from gongdao.domain.decisions.model import DecisionMade, fold
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.ids import DecisionId, PersonId
from gongdao.domain.policy.pack import RulePack

LOOKED_AT = 50
"""So many of somebody's latest appeals are looked at."""


def at_filing(records: Records, appeal: Appeal, weighed: Weighed) -> AtFiling:
    """What was known of this appeal, and of what else had happened, when it was filed."""
    steps = [
        recorded.event
        for recorded in records.decisions.history(appeal.decision)
        if isinstance(recorded.event, DecisionMade) or recorded.event.level < appeal.level
    ]
    decision = fold(steps)
    subject = records.cases.get(appeal.case).now.subject
    refused = refused_before(appeal, past(records, appeal.appellant))
    family = family_of(decision.clause)
    return AtFiling(
        clause=decision.clause,
        subject=subject.kind,
        side=appeal.side,
        opened_at=steps[-1].at,
        closes_at=decision.appeal_closes,
        filed_at=appeal.filed_at,
        strikes=decision.strikes if appeal.side is Side.RESPONDENT else 0,
        refused=sum(family_of(_clause(records, each.decision)) == family for each in refused),
        complete=weighed.complete,
        tone=weighed.tone,
    )


def past(records: Records, person: PersonId) -> Sequence[Appeal]:
    """Somebody's latest appeals."""
    return records.outcomes.of_person(person, LOOKED_AT)


def refused_before(appeal: Appeal, past: Iterable[Appeal]) -> list[Appeal]:
    """Those that had been refused when this one was filed."""
    return [
        each
        for each in past
        if each.id != appeal.id
        and each.stage is AppealStage.UPHELD
        and each.closed_at is not None
        and each.closed_at <= appeal.filed_at
    ]


def tone_weights(pack: RulePack) -> Mapping[str, int]:
    """How much each kind of marked passage weighs at the most."""
    rules = pack.linting
    if rules is None:
        return {}
    found = {"absent_exhibit": rules.exhibits.weight, "personal_data": rules.personal.weight}
    for rule in rules.rules:
        found[rule.kind.value] = max(rule.weight, found.get(rule.kind.value, 0))
    return found


def _clause(records: Records, decision: DecisionId) -> str | None:
    return records.decisions.get(decision).now.clause
