"""What may happen to a report, where no story goes."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import reduce
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parts.decisions.test_ladder_rules import house
from tests.parts.storage.any_event import records
from tests.stories.stage import refused

from gongdao.domain.intake.model import (
    Case,
    CaseOpened,
    CaseStage,
    CaseStep,
    Joined,
    NoteAdded,
    ReportsJoined,
    Subject,
    after,
    fold,
    numbers_of,
    opened,
)
from gongdao.domain.intake.rules import check_reasons, check_report, withdraw
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import CaseId, PackRef, PersonId, ReportId, Sealed
from gongdao.domain.policy.model import SubjectKind, WithdrawalRule, Words

WHY = Words(zh="公开后别人也可能受害。", en="It can harm others too.")
OPERATOR = Actor(Role.OPERATOR, PersonId("op"))
REPORTER = Actor(Role.REPORTER, PersonId("zhang"))


def rule(*by: str, until: str = "decided", goes_on: bool = False) -> WithdrawalRule:
    """When a report may be taken back."""
    return WithdrawalRule(by=by, until=until, case_goes_on=goes_on, why=WHY)


@settings(max_examples=40)
@given(case=records(Case), by=st.sampled_from([OPERATOR, REPORTER]), goes_on=st.booleans())
def test_a_report_is_withdrawn_by_those_and_as_long_as_the_pack_says(
    case: Case, by: Actor, *, goes_on: bool
) -> None:
    for until, stages in (
        ("accepted", {CaseStage.RECEIVED, CaseStage.SET_ASIDE}),
        ("decided", {CaseStage.RECEIVED, CaseStage.SET_ASIDE, CaseStage.INVESTIGATING}),
    ):
        for allowed in (("reporter",), ("operator",), ("reporter", "operator")):
            said = rule(*allowed, until=until, goes_on=goes_on)
            fits = by.role.value in allowed and case.stage in stages
            if fits and by.person not in case.left:
                step = withdraw(case, said, None, by, case.changed_at)
                others = set(case.reporters) - case.left - {by.person}
                assert step.goes_on is (goes_on or bool(others))
            else:
                with pytest.raises(Refused, match=r"^withdrawal\."):
                    withdraw(case, said, None, by, case.changed_at)


@settings(max_examples=30)
@given(records(Case))
def test_only_whom_the_pack_names_may_withdraw(case: Case) -> None:
    with refused("withdrawal.not_yours", who="reporter"):
        withdraw(case, rule("reporter"), None, OPERATOR, case.changed_at)
    gone = replace(case, left=frozenset({PersonId("zhang")}), stage=CaseStage.RECEIVED)
    with refused("withdrawal.already"):
        withdraw(gone, rule("reporter"), None, REPORTER, case.changed_at)


@given(st.text(), st.text(), st.data())
def test_a_report_is_taken_or_refused_with_a_code_and_never_anything_else(
    statement: str, snapshot: str, data: st.DataObject
) -> None:
    policy = house()
    chosen = data.draw(st.sampled_from(policy.categories))
    kind = data.draw(st.sampled_from(chosen.subjects))
    fits = policy.limits.statement_min <= len(statement.strip()) <= policy.limits.statement_max
    if fits and snapshot.strip() and len(snapshot) <= policy.limits.snapshot_max:
        assert check_report(policy, chosen.code, kind, statement, snapshot, None) == chosen
    else:
        with pytest.raises(Refused, match=r"^report\."):
            check_report(policy, chosen.code, kind, statement, snapshot, None)


@given(st.text(max_size=40))
def test_reasons_are_trimmed_and_counted(text: str) -> None:
    policy = house()
    if len(text.strip()) >= policy.limits.reason_min:
        assert check_reasons(policy, text) == text.strip()
    else:
        with refused("reasons.too_short", least=policy.limits.reason_min):
            check_reasons(policy, text)


@given(opening=records(CaseOpened), steps=st.lists(records(ReportsJoined) | records(NoteAdded)))
def test_reports_that_join_in_a_row_stand_as_if_each_were_taken_alone(
    opening: CaseOpened, steps: list[CaseStep]
) -> None:
    assert fold([opening, *steps]) == reduce(after, steps, opened(opening))


def test_a_case_that_was_joined_a_hundred_thousand_times_is_read_in_a_moment() -> None:
    opening = CaseOpened(
        at=datetime(2026, 11, 2, tzinfo=UTC),
        by=SYSTEM,
        case=CaseId("c"),
        report=ReportId("first"),
        reporter=PersonId("first"),
        respondent=None,
        subject=Subject(SubjectKind.CONTENT, "key", Sealed("ref"), Sealed("snapshot")),
        category="abuse",
        pack=PackRef("house", "1"),
    )
    joinings = (
        ReportsJoined(
            at=opening.at, by=SYSTEM, joined=(Joined(ReportId(f"r{n}"), PersonId(f"p{n}")),)
        )
        for n in range(100_000)
    )
    begun = process_time()
    case = fold([opening, *joinings])
    assert process_time() - begun < 5, "the reports before it were copied for each that joined"
    assert (case.counted, len(case.reporters)) == (100_001, 100_001)
    wanted = frozenset({PersonId("p0"), PersonId("p99999")})
    assert numbers_of(case, wanted) == {PersonId("p0"): 2, PersonId("p99999"): 100_001}
