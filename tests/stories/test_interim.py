"""Measures that hold until a case is decided: with reasons, for a while, undone whole."""

import pytest
from django.db import IntegrityError, connection, transaction
from tests.stories.stage import REASONS, Stage, refused, violation
from tests.stories.webhooks_of import told

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.interim.model import Because, Interim, InterimId
from gongdao.domain.kernel.errors import MovedOn, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.spans import Span
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.interim import InterimKind
from gongdao.storage.rebuild import differences

FOLD = InterimKind.FOLD
WHY = "同样的内容一小时内发了三十次，等到决定就太晚了。"
DAY = Span.parse("24h")


def held(
    stage: Stage, receipt: Receipt, by: Caller, span: Span = DAY, kind: InterimKind = FOLD
) -> InterimId:
    """Let a measure hold."""
    return stage.app.holding.impose(receipt.case, kind, span, WHY, by)


def now(stage: Stage, interim: InterimId) -> Interim:
    """How a measure stands."""
    return stage.records.interims.get(interim).now


def test_it_holds_with_its_reasons_and_ends_by_itself(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    interim = held(stage, receipt, ana)

    letter = stage.last_letter(receipt.case, "interim_imposed")
    english = stage.last_letter(receipt.case, "interim_imposed", "en")
    for part in (WHY, "暂时折叠", "没有认定违规", "post-81"):
        assert part in letter
    assert "Folded for now" in english
    statement = stage.records.opened(now(stage, interim).statement_zh)
    assert statement in letter
    assert stage.tick(hours=23, minutes=59) == 0
    assert now(stage, interim).in_force

    assert stage.tick(minutes=1) == 1
    assert now(stage, interim).because is Because.OVER
    assert stage.told(receipt.case, Reader.RESPONDENT) == ["interim_imposed", "interim_lifted"]
    assert stage.tick() == 0


def test_a_decision_lifts_it_in_the_same_transaction(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    interim = held(stage, receipt, ana)
    with refused("decision.unknown_clause"):
        stage.app.deciding.decide(receipt.case, violation("no.such"), ana)
    assert now(stage, interim).in_force

    stage.app.deciding.decide(receipt.case, violation(), ana)
    assert now(stage, interim).because is Because.CASE_ENDED
    assert now(stage, interim).lifted_at == stage.clock()
    assert stage.strikes("li_si") == 1, "the decision counts, the measure before it does not"
    with refused("interim.case_closed"):
        held(stage, receipt, ana)


def test_a_withdrawal_that_ends_the_case_lifts_it_and_says_not_by_whom(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, stage.account("zhang_san"))
    interim = held(stage, receipt, ana)
    stage.app.reporting.withdraw(receipt.case, "已经和好了。", stage.account("zhang_san"))

    assert not now(stage, interim).in_force
    view = stage.app.files.open(receipt.case, stage.account("li_si"))
    lifted = next(entry for entry in view.timeline if entry.kind == "interim.lifted")
    assert lifted.role == "system"


def test_a_reviewer_lifts_it_with_reasons_and_only_once(stage: Stage) -> None:
    ana, bo = (stage.hire(name, Role.REVIEWER) for name in ("ana", "bo"))
    interim = held(stage, stage.accepted(ana), ana)
    stage.app.holding.lift(interim, REASONS, bo)

    assert now(stage, interim).because is Because.REVIEWER
    assert REASONS in stage.last_letter(now(stage, interim).case, "interim_lifted")
    with refused("interim.not_in_force"):
        stage.app.holding.lift(interim, REASONS, bo)


def test_nothing_makes_it_longer_than_the_rules_allow(stage: Stage) -> None:
    """Again and again in pieces: together never longer than the longest from the first on."""
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    with refused("interim.too_long"):
        held(stage, receipt, ana, Span.parse("9d"))
    first = held(stage, receipt, ana, Span.parse("100h"))
    cap = now(stage, first).cap_ends_at
    with refused("interim.in_force"):
        held(stage, receipt, ana)
    stage.tick(hours=100)
    with refused("interim.too_long", until=cap):
        held(stage, receipt, ana, Span.parse("100h"))
    second = held(stage, receipt, ana, Span.parse("48h"))
    assert now(stage, second).ends_at <= cap == now(stage, second).cap_ends_at
    stage.tick(days=5)
    with refused("interim.used_up"):
        held(stage, receipt, ana, Span.parse("1h"))


def test_only_where_the_rules_allow_it_and_somebody_can_be_told(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    with refused("interim.not_allowed", known="fold"):
        held(stage, stage.accepted(ana), ana, kind=InterimKind.HOLD_PAYOUT)
    with refused("interim.nobody_to_tell"):
        held(stage, stage.accepted(ana, account=None, subject_ref="post-9"), ana)
    receipt = stage.accepted(ana, stage.account("zhang_san"), subject_ref="post-10")
    with refused("decision.names_reporter"):
        stage.app.holding.impose(receipt.case, FOLD, DAY, f"zhang_san 说：{WHY}", ana)
    with refused("reasons.too_short"):
        stage.app.holding.impose(receipt.case, FOLD, DAY, "急", ana)
    for other in (stage.account("li_si"), stage.hire("ou", Role.AUDITOR, Role.OPERATOR)):
        with refused("not_found", NotFound):
            held(stage, receipt, other)


def test_who_sees_it_and_who_took_part(stage: Stage) -> None:
    ana, bo = (stage.hire(name, Role.REVIEWER) for name in ("ana", "bo"))
    receipt = stage.accepted(ana)
    held(stage, receipt, bo)

    assert bo.person in stage.case(receipt.case).took_part
    theirs = stage.app.files.open(receipt.case, stage.account("li_si"))
    assert theirs.seat is Seat.RESPONDENT
    assert [one.title_zh for one in theirs.interim] == ["暂时折叠"]
    assert [e.kind for e in theirs.timeline if e.kind.startswith("interim")] == ["interim.imposed"]
    assert stage.sees(receipt).interim == ()
    assert not any(e.kind.startswith("interim") for e in stage.sees(receipt).timeline)
    staffs = stage.app.files.open(receipt.case, ana)
    assert {"lift_interim", "decide"} <= set(staffs.can)
    assert "interim" not in staffs.can, "the one measure that the rules allow holds already"


def test_the_app_is_told_when_it_begins_and_when_it_ends(stage: Stage) -> None:
    house = told(stage)
    ana = house.stage.hire("ana", Role.REVIEWER)
    receipt = house.stage.accepted(ana)
    held(house.stage, receipt, ana)
    house.stage.app.deciding.decide(receipt.case, violation(), ana)
    house.work_off()

    assert house.receiver.types()[:3] == [
        "interim_measure.imposed", "interim_measure.lifted", "decision.made",
    ]  # fmt: skip
    texts = "".join(body for _, _, body in house.receiver.came)
    assert WHY not in texts
    assert '"because":"case_ended"' in texts


def hours_pass(stage: Stage, hours: int) -> None:
    """The worker looks every hour: measures here last whole hours."""
    for _ in range(hours):
        stage.tick(hours=1)


@pytest.mark.parametrize("turns", ["i", "it", "id", "iw", "itid", "ilid", "tiilid", "iltilt"])
def test_whatever_happens_every_measure_is_lifted_at_its_end_at_the_latest(
    fakes: Stage, turns: str
) -> None:
    """Impose, lift, tick, decide, withdraw, in many orders; then time passes."""
    ana, zhang = fakes.hire("ana", Role.REVIEWER), fakes.account("zhang_san")
    receipt = fakes.accepted(ana, zhang)
    imposed: list[InterimId] = []
    for turn in turns:
        match turn:
            case "i" if not any(now(fakes, one).in_force for one in imposed):
                imposed.append(held(fakes, receipt, ana, Span.parse("30h")))
            case "l":
                fakes.app.holding.lift(imposed[-1], REASONS, ana)
            case "t":
                hours_pass(fakes, 7)
            case "d":
                fakes.app.deciding.decide(receipt.case, violation(), ana)
            case "w":
                fakes.app.reporting.withdraw(receipt.case, "", zhang)
    open_now = fakes.case(receipt.case).stage.value == "investigating"
    assert open_now or not any(now(fakes, one).in_force for one in imposed)
    hours_pass(fakes, 30)
    for one in imposed:
        lifted = now(fakes, one).lifted_at
        assert lifted is not None
        assert lifted <= now(fakes, one).ends_at <= now(fakes, one).cap_ends_at


def test_of_a_decision_and_a_measure_at_one_moment_the_second_reads_again(postgres: Stage) -> None:
    ana = postgres.hire("ana", Role.REVIEWER)
    receipt = postgres.accepted(ana)
    before = postgres.records.cases.get(receipt.case)
    held(postgres, receipt, ana)
    with pytest.raises(MovedOn), transaction.atomic():
        postgres.records.cases.add(
            receipt.case, [postgres.records.cases.history(receipt.case)[-1].event],
            after=before.version,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("ends_at = ends_at + interval '1 hour'", "interim_not_extended"),
        ("cap_ends_at = cap_ends_at + interval '1 day'", "interim_not_extended"),
        ("statement = repeat('0', 64)", "interim_not_extended"),
    ],
)
def test_the_database_lets_nobody_make_it_longer(
    postgres: Stage, change: str, refusal: str
) -> None:
    ana = postgres.hire("ana", Role.REVIEWER)
    held(postgres, postgres.accepted(ana), ana)
    with pytest.raises(IntegrityError, match=r".*") as said, transaction.atomic():
        execute(UPDATE + change)
    assert refusal in repr(said.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ("now(), now(), now(), repeat('0', 64)", "interim_has_statement"),
        ("now(), now() + interval '2 d', now() + interval '1 d', s", "interim_within_cap"),
        ("imposed_at, ends_at + interval '9 d', ends_at + interval '9 d', s", "interim_within_cap"),
    ],
)
def test_the_database_refuses_one_without_a_statement_or_beyond_its_cap(
    postgres: Stage, columns: str, refusal: str
) -> None:
    ana = postgres.hire("ana", Role.REVIEWER)
    interim = held(postgres, postgres.accepted(ana), ana)
    postgres.app.holding.lift(interim, REASONS, ana)
    with pytest.raises(IntegrityError) as said, transaction.atomic():
        execute(COPY.format(columns=columns))
    assert refusal in repr(said.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


UPDATE = "update interim_row set "
COPY = """
    insert into interim_row (id, version, "case", respondent, measure, imposed_at, ends_at,
                             cap_ends_at, statement)
    select gen_random_uuid(), 1, "case", respondent, measure, {columns}
    from (select *, statement as s from interim_row) r
"""


def execute(sql: str) -> None:
    """Go past our own code."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_record_is_whole_and_a_changed_row_is_found(postgres: Stage) -> None:
    ana = postgres.hire("ana", Role.REVIEWER)
    held(postgres, postgres.accepted(ana), ana)
    assert list(differences(Weighing(postgres.records.packs))) == []
    execute("update interim_row set lifted_at = now(), because = 'over'")
    assert {(d.what, d.field) for d in differences(Weighing(postgres.records.packs))} == {
        ("interim", "lifted_at"),
        ("interim", "because"),
    }
