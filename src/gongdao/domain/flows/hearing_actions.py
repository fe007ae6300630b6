"""What somebody can do with an appeal while it is heard, as stable codes."""

from collections.abc import Sequence

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import DECIDERS
from gongdao.domain.appeals.model import Appeal, AppealStage
from gongdao.domain.flows.appealing import took_part
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.events import Role


def of_hearer(records: Records, case: Case, appeal: Appeal, caller: Caller) -> tuple[str, ...]:
    """The steps of a hearing that the rules would not refuse for who the caller is."""
    if appeal.stage is not AppealStage.UNDER_REVIEW or not caller.has(*DECIDERS):
        return ()
    if appeal.reviewer == caller.person:
        return tuple(_of_reviewer(appeal))
    if appeal.hearing.held is not None:
        return ("confirm_outcome",) if _may_confirm(records, case, appeal, caller) else ()
    if appeal.asked == caller.person:
        return ("second_opinion",)
    return ("appeal_note",) if appeal.hearing.opinion_of(caller.person) else ()


def of_appellant(appeals: Sequence[Appeal], caller: Caller) -> list[str]:
    """Whether a question awaits this caller's answer."""
    asked = any(
        a.stage.is_open and a.hearing.question is not None and a.appellant == caller.person
        for a in appeals
    )
    return ["answer_question"] if asked else []


def _of_reviewer(appeal: Appeal) -> list[str]:
    of = appeal.hearing
    found = ["opinion"] if of.opinion is None else []
    if of.held is None:
        found.append("hear_appeal")
        if of.question is None or of.question.lapsed:
            found.append("ask_appellant")
        if of.wanted is None:
            found.append("ask_second")
    return [*found, "appeal_note"]


def _may_confirm(records: Records, case: Case, appeal: Appeal, caller: Caller) -> bool:
    level = records.policy(case.pack).appeals.at(appeal.level)
    senior = level is not None and level.senior
    if senior and not caller.has(Role.SENIOR_REVIEWER):
        return False
    return caller.person not in took_part(case)
