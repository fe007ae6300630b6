"""The owner of a group acts first where that is safe, and never learns who reported."""

from typing import Any

import pytest
from tests.stories.stage import Stage, declined, no_violation, refused, stage_on_fakes

from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.deadlines.model import DeadlineKind
from gongdao.domain.flows.group_views import OwnerTurn
from gongdao.domain.flows.lists import QueueName
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.owners.model import Action, Group
from gongdao.domain.policy.model import SubjectKind

APP = Caller(None, frozenset({Role.APP}))
DAY = {"hours": 24}
NOTE = "已经提醒他注意言辞。"


def group(stage: Stage, *owners: str, members: int = 80) -> Group:
    return stage.app.owning.name("g-1", owners or ("wang_wu",), "周末跑步群", members, APP)


def reported(stage: Stage, caller: Caller = NOBODY, **changes: Any) -> Receipt:
    return stage.report(caller, **{"group": "g-1", **changes})


def turn(stage: Stage, receipt: Receipt) -> OwnerTurn:
    auditor = Caller(None, frozenset({Role.AUDITOR}))
    return stage.app.files.open(receipt.case, auditor).owner_turns[-1]


def test_the_owner_warns_and_the_reviewer_sees_it(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    mine = group(stage)
    owner = stage.account("wang_wu")
    receipt = reported(stage)

    assert stage.app.owning.tasks(mine.id, owner) == []  # not before the day is over
    queue = stage.app.desk.queue(ana, QueueName.RECEIVED)
    assert receipt.case in {line.id for line in queue.lines}  # but the reviewers have it at once
    stage.tick(**DAY)
    (task,) = stage.app.owning.tasks(mine.id, owner)
    stage.app.owning.act(task.ref, Action.WARNED, NOTE, owner)

    seen = stage.app.files.open(receipt.case, ana)
    assert (seen.owner_turns[0].action, seen.owner_turns[0].note) == ("warned", NOTE)
    kinds = [(e.kind, e.detail) for e in seen.timeline if e.kind.startswith("owner_task")]
    assert kinds == [("owner_task.opened", None), ("owner_task.acted", "warned")]
    assert "owner" not in {clock.kind for clock in seen.clocks}
    stage.tick(hours=72)
    assert turn(stage, receipt).stage == "acted"


def test_no_answer_in_time_goes_to_the_operator(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    mine, receipt = group(stage), reported(stage)
    before = stage.app.owning.waits_until(stage.case(receipt.case))
    stage.tick(hours=20)

    assert before is not None
    assert stage.app.desk.queue(ana, QueueName.OVERDUE).lines == ()
    stage.tick(hours=28)

    assert turn(stage, receipt).stage == "missed"
    assert stage.app.owning.waits_until(stage.case(receipt.case)) is None
    assert [c.id for c in stage.app.desk.queue(ana, QueueName.OVERDUE).lines] == [receipt.case]
    (line,) = stage.app.owning.duty(mine.id, stage.account("wang_wu"))
    assert (line.stage, line.late) == ("missed", False)
    stage.app.owning.act(line.ref, Action.REMOVED, "", stage.account("wang_wu"))  # late, but said
    assert (turn(stage, receipt).action, turn(stage, receipt).late) == ("removed", True)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"category": "threat"}, "serious"),
        ({"account": "wang_wu"}, "conflict"),
        ({"statement": "群主 wang_wu 在群里骂我。"}, "conflict"),
        ({"account": None}, "unknown_author"),
    ],
)
def test_who_must_not_be_asked_is_never_asked(
    stage: Stage, changes: dict[str, Any], why: str
) -> None:
    mine = group(stage, "wang_wu", "zhao_liu")
    receipt = reported(stage, **changes)
    stage.tick(hours=72)

    for name in ("wang_wu", "zhao_liu"):
        assert stage.app.owning.tasks(mine.id, stage.account(name)) == []
        assert stage.app.owning.duty(mine.id, stage.account(name)) == []
    assert (turn(stage, receipt).stage, turn(stage, receipt).why) == ("skipped", why)


def test_an_owner_who_reports_gets_no_task_nor_one_who_joins_later(stage: Stage) -> None:
    mine, owner = group(stage), stage.account("wang_wu")
    first = reported(stage, owner)
    second = reported(stage, subject_ref="post-82")
    reported(stage, owner, subject_ref="post-82")
    stage.tick(**DAY)

    assert stage.app.owning.tasks(mine.id, owner) == []
    assert turn(stage, first).why == "conflict"
    ref = stage.records.owner_tasks.of_case(second.case)[0].now.ref
    with refused("not_found", NotFound):
        stage.app.owning.act(ref, Action.NOTHING, "", owner)


def clocks_of_owner(stage: Stage, receipt: Receipt) -> int:
    running = stage.records.deadlines.running(receipt.case)
    return sum(held.now.kind is DeadlineKind.OWNER for held in running)


def test_a_later_report_that_names_an_owner_takes_the_case_to_the_operator(stage: Stage) -> None:
    mine, owner = group(stage, "wang_wu", "zhao_liu"), stage.account("wang_wu")
    receipt = reported(stage, subject_ref="post-82")
    stage.tick(hours=20)
    (shown,) = stage.app.owning.tasks(mine.id, owner)
    assert (shown.stage, clocks_of_owner(stage, receipt)) == ("open", 1)
    reported(stage, subject_ref="post-82", statement="又来一次，还是同样的脏话。")
    assert turn(stage, receipt).stage == "open"

    reported(stage, subject_ref="post-82", statement="群主 Zhao_Liu 也跟着一起骂，请处理。")
    assert (turn(stage, receipt).stage, turn(stage, receipt).why) == ("skipped", "conflict")
    assert clocks_of_owner(stage, receipt) == 0
    assert stage.app.owning.waits_until(stage.case(receipt.case)) is None
    for name in ("wang_wu", "zhao_liu"):  # they see what they see of any case that is over
        (task,) = stage.app.owning.tasks(mine.id, stage.account(name))
        (duty,) = stage.app.owning.duty(mine.id, stage.account(name))
        assert (task.stage, duty.why) == ("skipped", "case_closed")
    with refused("owners.case_closed"):
        stage.app.owning.act(shown.ref, Action.NOTHING, "", owner)


def test_an_owner_who_joins_ends_the_turn_of_all_of_them(stage: Stage) -> None:
    group(stage, "wang_wu", "zhao_liu")
    receipt = reported(stage, subject_ref="post-82")
    reported(stage, stage.account("zhao_liu"), subject_ref="post-82")
    assert turn(stage, receipt).why == "conflict"


def test_what_is_reported_as_serious_too_is_no_owners_affair(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    mine, owner = group(stage), stage.account("wang_wu")
    plain = reported(stage, subject_ref="post-82")
    apart = reported(stage, subject_ref="post-83")
    serious = reported(stage, subject_ref="post-82", category="threat")
    again = reported(stage, subject_ref="post-82", category="marketing")
    assert [turn(stage, each).why for each in (plain, serious, again)] == ["serious"] * 3
    assert turn(stage, apart).stage == "open"
    stage.tick(**DAY)
    assert [t.subject_ref for t in stage.app.owning.tasks(mine.id, owner)] == ["post-83"]

    stage.app.deciding.decide(serious.case, declined(), ana)
    later = reported(stage, subject_ref="post-82", category="inducement")
    assert turn(stage, later).stage == "open", "nothing serious is open any more"


def test_a_small_group_is_not_asked_and_the_group_itself_can_be_reported(stage: Stage) -> None:
    mine = group(stage, members=4)
    small = reported(stage)
    group(stage)
    whole = stage.report(subject_kind=SubjectKind.GROUP, subject_ref="g-1", account=None)
    stage.tick(**DAY)

    assert turn(stage, small).why == "too_small"
    (task,) = stage.app.owning.tasks(mine.id, stage.account("wang_wu"))
    assert task.subject_kind == "group"
    assert turn(stage, whole).stage == "open"


def test_a_closed_case_asks_nothing_of_the_owner(stage: Stage) -> None:
    mine, owner = group(stage), stage.account("wang_wu")
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = reported(stage)
    stage.tick(**DAY)
    stage.app.investigating.accept(receipt.case, "内容清楚，予以受理并调查。", ana)
    stage.app.deciding.decide(receipt.case, no_violation(), ana)
    stage.tick(hours=72)

    (task,) = stage.app.owning.tasks(mine.id, owner)
    assert task.stage == "skipped"
    with refused("owners.case_closed"):
        stage.app.owning.act(task.ref, Action.WARNED, "", owner)


def test_a_stranger_finds_nothing(stage: Stage) -> None:
    mine, receipt = group(stage), reported(stage)
    stage.tick(**DAY)
    (task,) = stage.app.owning.tasks(mine.id, stage.account("wang_wu"))
    owning = stage.app.owning
    reporter = stage.app.files.by_code(receipt.code)[1]
    one_case = Caller(stage.account("wang_wu").person, only_case=receipt.case)
    for who in (NOBODY, stage.account("li_si"), reporter, one_case):
        for step in (
            lambda who=who: owning.tasks(mine.id, who),
            lambda who=who: owning.duty(mine.id, who),
            lambda who=who: owning.group(mine.id, who),
            lambda who=who: owning.tools_history(mine.id, who),
            lambda who=who: owning.act(task.ref, Action.WARNED, "", who),
            lambda who=who: owning.set_tools(mine.id, "", "", 0, who),
            lambda who=who: owning.named("g-1", who),
            lambda who=who: owning.name("g-1", ["li_si"], "别的群", 9, who),
        ):
            with refused("not_found", NotFound):
                step()
        assert owning.groups(who) == []


def test_an_owner_answers_once_and_a_lost_owner_no_more(stage: Stage) -> None:
    mine, owner = group(stage), stage.account("wang_wu")
    reported(stage)
    stage.tick(**DAY)
    (task,) = stage.app.owning.tasks(mine.id, owner)
    with refused("owners.note_too_long"):
        stage.app.owning.act(task.ref, Action.NOTHING, "字" * 501, owner)
    stage.app.owning.act(task.ref, Action.NOTHING, "", owner)
    with refused("owners.already_acted"):
        stage.app.owning.act(task.ref, Action.NOTHING, "", owner)

    group(stage, "zhao_liu")

    with refused("not_found", NotFound):
        stage.app.owning.tasks(mine.id, owner)
    assert [g.name for g in stage.app.owning.groups(stage.account("zhao_liu"))] == ["周末跑步群"]


def test_tools_are_kept_and_promised_to_the_app(stage: Stage) -> None:
    mine, owner = group(stage), stage.account("wang_wu")
    owning = stage.app.owning

    owning.set_tools(mine.id, "代购\n 代购 \nＶＸ加我\n", "您从哪里知道本群？", 30, owner)
    owning.set_tools(mine.id, "代购", "", 0, owner)

    view = owning.group(mine.id, owner)
    assert (view.words, view.questions, view.slow_seconds) == (("代购",), (), 0)
    assert [
        (c.words, c.questions, c.slow_seconds) for c in owning.tools_history(mine.id, owner)
    ] == [
        (1, 0, 0),
        (2, 1, 30),
    ]
    with refused("owners.too_many_words"):
        owning.set_tools(mine.id, "字" * 41, "", 0, owner)
    with refused("owners.too_many_questions"):
        owning.set_tools(mine.id, "", "\n".join("甲乙丙丁戊己"), 0, owner)
    with refused("owners.bad_slow_mode"):
        owning.set_tools(mine.id, "", "", 3601, owner)


def test_nobody_floods_the_app_by_changing_the_tools_for_ever() -> None:
    house = stage_on_fakes()
    mine, owner = group(house), house.account("wang_wu")
    for number in range(50):
        house.app.owning.set_tools(mine.id, f"代购{number}", "", 0, owner)
    with refused("owners.too_often", most=50):
        house.app.owning.set_tools(mine.id, "代购", "", 0, owner)
    house.tick(**DAY)
    house.app.owning.set_tools(mine.id, "代购", "", 0, owner)
    assert len(house.app.owning.tools_history(mine.id, owner)) == 50


def test_the_app_names_a_group_as_often_as_it_likes(stage: Stage) -> None:
    first, again = group(stage), group(stage)
    changed = group(stage, "wang_wu", "zhao_liu", members=81)

    assert first == again
    assert (changed.id, changed.members, len(changed.owners)) == (first.id, 81, 2)
    assert stage.app.owning.named("g-1", APP).owners == ("wang_wu", "zhao_liu")
    for owners, name, members, code in (
        ([], "群", 9, "owners.bad_owners"),
        (["a"], " ", 9, "owners.bad_name"),
        (["a"], "群", 0, "owners.bad_members"),
    ):
        with refused(code, BadInput):
            stage.app.owning.name("g-2", owners, name, members, APP)


def test_nothing_that_an_owner_reads_tells_when_or_by_whom(stage: Stage) -> None:
    mine, owner = group(stage), stage.account("wang_wu")
    words = "我在北门看见他这样骂人"
    reporter = stage.account("qian_qi")
    early = reported(stage, reporter, snapshot="qian_qi 你真是个废物。", statement=words)
    stage.clock.pass_(hours=9, minutes=13)
    late = reported(stage, subject_ref="post-82", statement=words)
    stage.tick(**DAY)

    said = stage.app.owning.tasks(mine.id, owner)
    shown = repr((said, stage.app.owning.duty(mine.id, owner), stage.app.owning.groups(owner)))

    assert "qian_qi" not in shown
    assert words not in shown
    for receipt in (early, late):
        for name in (receipt.case, receipt.report, receipt.code):
            assert name not in shown
    assert {task.day for task in said} == {stage.case(early.case).opened_at.date()}
    assert len({task.due_at for task in said}) == 1  # the hour of the report moves nothing
    assert {task.due_at.minute for task in said} == {0}
