"""The invariants of the design, by number; each test would catch the breach of its invariant."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from tests.fakes.house import shipped_packs
from tests.stories.behind_the_back import (
    column,
    database_refuses,
    everything,
    fails_at_every_write,
    receipts_until_killed,
    slip_in,
    sql,
)
from tests.stories.stage import (
    GROUNDS,
    REASONS,
    Stage,
    declined,
    no_violation,
    refused,
    stage_on_postgres,
    violation,
)
from tests.stories.test_bad_input import packs_where

from gongdao.domain.access.model import Caller
from gongdao.domain.appeals import rules as appeal_rules
from gongdao.domain.appeals.model import AppealStage
from gongdao.domain.decisions.model import Measure
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.errors import NotFound, PackInvalid
from gongdao.domain.kernel.events import SYSTEM, Role
from gongdao.domain.kernel.ids import AppealId, CaseId, Sealed
from gongdao.domain.kernel.people import Staff
from gongdao.domain.policy.book import PackBook, guard_cited
from gongdao.domain.policy.model import CasePolicy, Penalty, Scope
from gongdao.domain.policy.pack import digest

WARNING = Measure(Penalty.WARNING, Scope.CONTENT)
CONTACT = "zhang.san@example.org"


def appealed(stage: Stage) -> tuple[AppealId, Caller, Caller]:
    """An appeal that bo hears, against a restriction that ana decided."""
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    stage.decided(ana)
    appeal = stage.appealed(stage.decided(ana, subject_ref="post-82", contact=CONTACT))
    return appeal, ana, bo


# --- 1: acknowledged means committed ------------------------------------------------------------


def test_invariant_1_a_killed_process_loses_no_acknowledged_report(
    transactional_db: None, server_url: str
) -> None:
    name = connection.settings_dict["NAME"]
    promised = receipts_until_killed(urlunsplit(urlsplit(server_url)._replace(path=name)), 25)
    assert len(promised) >= 25

    stage = stage_on_postgres()
    for code, report, leaf, number in promised:
        view, _ = stage.app.files.by_code(code)
        kept = [(mine.id, mine.leaf, mine.statement) for mine in view.reports]
        assert kept == [(report, leaf, f"第 {number} 份举报。")]
        assert stage.told(view.id) == ["report_received"]
    cases = column('select "case" from report_case')
    reports = [r for case in cases for r in reports_of(stage, case)]
    assert len(reports) == len(set(reports))
    assert len(promised) <= len(reports) <= len(promised) + 1
    assert column("select count(*) from event where kind = 'case.opened'") == [len(reports)]


def reports_of(stage: Stage, case: CaseId) -> list[str]:
    """What was reported in a case, in the reporters' words."""
    found = stage.records.reports.several(stage.case(CaseId(str(case))).reports)
    return [stage.records.opened(report.statement) for report in found]


def test_invariant_1_a_report_is_kept_whole_or_not_at_all(stage: Stage) -> None:
    writes = fails_at_every_write(stage, lambda broken: broken.report(contact=CONTACT))
    assert writes > 5


# --- 2: the reviewer never took part ------------------------------------------------------------


def test_invariant_2_the_rule_refuses_a_reviewer_who_took_part(stage: Stage) -> None:
    appeal, ana, bo = appealed(stage)
    held = stage.records.appeals.get(appeal).now
    assert held.reviewer == bo.person
    took_part = stage.case(held.case).took_part
    assert took_part == {ana.person}
    filed = replace(held, stage=AppealStage.FILED, reviewer=None)
    for reviewer in (*took_part, held.appellant):
        with refused("appeal.not_independent"):
            appeal_rules.assign_reviewer(filed, reviewer, took_part, stage.clock())
    staff = [Staff(person, ana.roles) for person in took_part]
    assert appeal_rules.choose_reviewer(staff, took_part, senior=False) is None


def test_invariant_2_the_database_refuses_it_too(postgres: Stage) -> None:
    appeal, ana, bo = appealed(postgres)
    held = postgres.records.appeals.get(appeal).now
    with database_refuses("appeal_reviewer_independent"):
        slip_in(appeal, "appeal.assigned", "system", None, f'{{"reviewer": "{ana.person}"}}')
    for person in (ana.person, held.appellant):
        with database_refuses("appeal_reviewer_independent"):
            sql("update appeal_row set reviewer = %s where id = %s", person, appeal)
    with database_refuses("appeal_reviewer_independent"):
        sql('insert into took_part ("case", person) values (%s, %s)', held.case, bo.person)
    with database_refuses("appeal_closed_by_its_reviewer"):
        slip_in(appeal, "appeal.upheld", "reviewer", ana.person)
    with database_refuses("append_only"):
        sql("delete from took_part")


# --- 4: no restriction without a statement of reasons -------------------------------------------


def test_invariant_4_the_statement_is_there_before_the_sanction(stage: Stage) -> None:
    appeal, *_ = appealed(stage)
    decision = stage.decision(stage.records.appeals.get(appeal).now.decision)
    with stage.records.work():
        (held,) = stage.records.sanctions.of_decision(decision.id)
    assert held.now.statement == decision.statement_zh
    assert "abuse.insult" in stage.records.opened(held.now.statement)
    assert held.now.imposed_at >= decision.decided_at
    assert "decision_to_respondent" in stage.told(decision.case)


def test_invariant_4_the_database_refuses_a_sanction_without_one(postgres: Stage) -> None:
    appealed(postgres)
    assert column(
        "select max(e.position) filter (where kind = 'decision.made')"
        " < max(e.position) filter (where kind = 'sanction.imposed') from event e"
    ) == [True]
    copy = """
        insert into sanction_row (id, version, decision, "case", respondent, clause, penalty, scope,
            imposed_at, ends_at, strike_expires_at, state, statement)
        select gen_random_uuid(), version, decision, "case", respondent, clause, penalty, scope,
            imposed_at - %s::interval, ends_at, strike_expires_at, state, coalesce(%s, statement)
        from sanction_row limit 1
    """
    with database_refuses("sanction_has_statement"):
        sql(copy, "0", "no such seal")
    with database_refuses("sanction_after_statement"):
        sql(copy, "1 second", None)


# --- 5: an overturned decision restores everything, at once -------------------------------------


def test_invariant_5_an_overturned_decision_restores_everything_or_nothing(stage: Stage) -> None:
    appeal, _, bo = appealed(stage)
    held = stage.records.appeals.get(appeal).now
    assert stage.strikes("li_si") == 2
    writes = fails_at_every_write(
        stage, lambda broken: broken.app.reviewing.overturn(appeal, REASONS, bo)
    )
    assert writes > 10
    assert stage.measures(held.case) == [("restriction", "lifted")]
    assert stage.strikes("li_si") == 1
    assert stage.decision(held.decision).state == "overturned"
    assert stage.told(held.case)[-2:] == ["appeal_overturned", "appeal_overturned_to_reporter"]


def test_invariant_5_a_decision_too_is_kept_whole_or_not_at_all(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, contact=CONTACT)
    writes = fails_at_every_write(
        stage, lambda broken: broken.app.deciding.decide(receipt.case, violation(), ana)
    )
    assert writes > 10
    assert stage.measures(receipt.case) == [("warning", "in_force")]


# --- 6: a closed report has an answer to its reporter -------------------------------------------


def _withdrawn(stage: Stage, ana: Caller, receipt: Receipt) -> None:
    holder = stage.app.files.by_code(receipt.code)[1]
    stage.app.reporting.withdraw(receipt.case, "", holder)


def _ends(outcome: Callable[[], Ruling]) -> Callable[[Stage, Caller, Receipt], None]:
    def end(stage: Stage, ana: Caller, receipt: Receipt) -> None:
        stage.app.deciding.decide(receipt.case, outcome(), ana)

    return end


def _appeal_ends(how: str) -> Callable[[Stage, Caller, Receipt], None]:
    def end(stage: Stage, ana: Caller, receipt: Receipt) -> None:
        bo = stage.hire("bo", Role.REVIEWER)
        decision = stage.app.deciding.decide(receipt.case, violation("abuse.harassment"), ana)
        appeal = stage.appealed(decision)
        if how == "changed":
            stage.app.reviewing.change(appeal, WARNING, REASONS, bo)
        else:
            getattr(stage.app.reviewing, how)(appeal, REASONS, bo)

    return end


ENDINGS: dict[str, Callable[[Stage, Caller, Receipt], None]] = {
    "withdrawn": _withdrawn,
    "violation": _ends(violation),
    "no_violation": _ends(no_violation),
    "upheld": _appeal_ends("uphold"),
    "changed": _appeal_ends("changed"),
    "overturned": _appeal_ends("overturn"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_invariant_6_a_closed_report_is_answered(stage: Stage, ending: str) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    ENDINGS[ending](stage, ana, receipt)
    is_answered(stage, receipt)


def test_invariant_6_a_declined_report_is_answered(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.report()
    stage.app.deciding.decide(receipt.case, declined(), ana)
    is_answered(stage, receipt)


def is_answered(stage: Stage, receipt: Receipt) -> None:
    """The last that happened is that the reporter was told, by a notice in their inbox."""
    assert stage.case(receipt.case).told
    last = stage.records.cases.history(receipt.case)[-1].event
    assert last.kind == "case.reporter_told"
    reporter = stage.records.reports.get(receipt.report).reporter
    newest = stage.records.notices.inbox(reporter, 1)[0]
    assert getattr(last, "notice", None) == newest.id
    assert len(stage.records.opened(newest.zh.body)) > 50


# --- 7: nothing that weighs is decided by a machine alone ---------------------------------------


def test_invariant_7_a_machine_never_closes_an_appeal(stage: Stage) -> None:
    appeal, *_ = appealed(stage)
    held = stage.records.appeals.get(appeal).now
    for close in (appeal_rules.uphold, appeal_rules.change, appeal_rules.overturn):
        with refused("appeal.needs_a_person"):
            close(held, Sealed("reasons"), SYSTEM, stage.clock())
    stage.tick(days=100)
    assert stage.records.appeals.get(appeal).now.stage == "under_review"
    assert "deadline_delayed" in stage.told(held.case)


def test_invariant_7_nor_does_the_database_let_it(postgres: Stage) -> None:
    appeal, _, bo = appealed(postgres)
    for kind in ("appeal.upheld", "appeal.changed", "appeal.overturned"):
        for role, actor in (("system", None), ("system", bo.person), ("reviewer", None)):
            with database_refuses("appeal_closed_by_a_person"):
                slip_in(appeal, kind, role, actor)


def test_invariant_7_a_machine_finds_no_violation_and_a_person_can_be_asked(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    receipt = stage.accepted(ana)
    with refused("decision.needs_a_person"):
        stage.app.deciding.decide(receipt.case, replace(violation(), automated=True), ana)
    automated = replace(no_violation(), automated=True)
    decision = stage.app.deciding.decide(receipt.case, automated, ana)
    view, holder = stage.app.files.by_code(receipt.code)
    assert view.can == ("ask_review",)
    assert view.decision is not None
    assert view.decision.statement_zh is not None
    assert "由程序作出" in view.decision.statement_zh.text()
    appeal = stage.app.appealing.file(decision, GROUNDS, holder)
    stage.app.reviewing.overturn(appeal, REASONS, bo)
    assert stage.sees(receipt).stage == "investigating"


# --- 8: what was cited stays as it was ----------------------------------------------------------


def longer_windows(policy: CasePolicy) -> CasePolicy:
    """The same policy with another limit: a change in place."""
    limits = policy.limits.model_copy(update={"statement_max": 9})
    return policy.model_copy(update={"limits": limits})


def test_invariant_8_a_cited_version_can_be_neither_changed_nor_deleted(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    house = stage.app.packs.in_force("house", stage.clock().date())
    cited_before = stage.records.decisions.cited()  # type: ignore[attr-defined]
    assert cited_before == {}
    first, second = stage.accepted(ana), stage.accepted(ana)
    stage.app.deciding.decide(first.case, violation(), ana)
    cited = stage.records.decisions.cited()  # type: ignore[attr-defined]
    assert cited == {house.ref: digest(house)}

    changed = packs_where(longer_windows)
    assert [p.code for p in guard_cited(changed, cited)] == ["pack.cited_changed"]
    assert [p.code for p in guard_cited(PackBook.of([]), cited)] == ["pack.cited_missing"]
    assert guard_cited(shipped_packs(), cited) == []
    before = everything(stage)
    with refused("pack.cited_changed", PackInvalid):
        stage.with_(packs=changed).app.deciding.decide(second.case, violation(), ana)
    with refused("pack.unknown", NotFound):
        stage.with_(packs=PackBook.of([])).app.deciding.decide(second.case, violation(), ana)
    assert everything(stage) == before


def test_invariant_8_every_decision_cites_its_version(postgres: Stage) -> None:
    ana = postgres.hire("ana", Role.REVIEWER)
    for ruling in (violation(), no_violation()):
        postgres.decided(ana, ruling)
    assert set(column("select pack from decision_row")) == set(
        column("select platform || '@' || version from cited_pack")
    )
    for change in ("update cited_pack set digest = 'x'", "delete from cited_pack"):
        with database_refuses("append_only"):
            sql(change)


# --- beneath them all ---------------------------------------------------------------------------


RECORDED = {"event": "kind", "report": "body", "took_part": "person", "cited_pack": "digest"}


@pytest.mark.parametrize(("table", "name"), RECORDED.items())
def test_what_was_recorded_is_neither_changed_nor_deleted(
    postgres: Stage, table: str, name: str
) -> None:
    appealed(postgres)
    for change in (f"update {table} set {name} = {name}", f"delete from {table}"):  # noqa: S608
        with database_refuses("append_only"):
            sql(change)
