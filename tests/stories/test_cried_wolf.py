"""A reporter who cried wolf is warned, limited and healed; nothing that they sent is lost."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from tests.stories.stage import (
    REASONS,
    Stage,
    declined,
    no_violation,
    person_of,
    refused,
    violation,
)

from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.flows.misusing import Misusing, Weighed
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.flows.taking_up import TakingUp
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.notices.model import Reader
from gongdao.domain.standing.misuse import (
    Factors,
    Limited,
    Mark,
    Measure,
    MeasureId,
    Misuse,
    MisuseId,
    ObjectionHeard,
    WarningId,
    misuse_id,
)

WHY = "帖子里没有这句话，打开链接就能看到。"
WEIGHED = Weighed("都针对同一家店铺，占用了十次核查。", "被提醒后仍然重复提交。", WHY, days=14)
UNFOUNDED = Mark.MANIFESTLY_UNFOUNDED


def misusing(stage: Stage) -> Misusing:
    return stage.app.standing.misusing


def taking_up(stage: Stage) -> TakingUp:
    return stage.app.standing.taking_up


def cried(stage: Stage, wolf: Caller, by: Caller, times: int = 1) -> list[Receipt]:
    """Reports of nothing, each declined and marked."""
    found = []
    for _ in range(times):
        found.append(stage.report(wolf))
        stage.app.deciding.decide(found[-1].case, declined(), by)
        misusing(stage).mark(found[-1].case, 1, UNFOUNDED, WHY, by)
        stage.clock.pass_(hours=1)
    return found


def limited(stage: Stage, wolf: Caller, by: Caller) -> Receipt:
    """The same until a measure is in force; the last case comes back."""
    last = cried(stage, wolf, by, 3)[-1]
    misusing(stage).warn(last.case, 1, WHY, by)
    stage.clock.pass_(hours=1)
    last = cried(stage, wolf, by)[-1]
    misusing(stage).limit(last.case, 1, WEIGHED, by)
    return last


def file_of(stage: Stage, who: Caller) -> Misuse:
    return stage.records.misuses.get(misuse_id(person_of(who))).now


def letters(stage: Stage, who: Caller) -> list[str]:
    return stage.told(misuse_id(person_of(who)), Reader.REPORTER)


@pytest.fixture
def ana(stage: Stage) -> Caller:
    return stage.hire("ana", Role.REVIEWER)


@pytest.fixture
def bo(stage: Stage) -> Caller:
    return stage.hire("bo", Role.REVIEWER)


@pytest.fixture
def wolf(stage: Stage) -> Caller:
    return stage.account("wang_wu")


def test_no_measure_without_a_warning_and_something_since(fakes: Stage) -> None:
    of, ana, wolf = misusing(fakes), fakes.hire("ana", Role.REVIEWER), fakes.account("wang_wu")
    cases = cried(fakes, wolf, ana, 2)
    with refused("misuse.too_little", marks=3):
        of.warn(cases[-1].case, 1, WHY, ana)
    with refused("misuse.not_warned"):
        of.limit(cases[-1].case, 1, WEIGHED, ana)
    (last,) = cried(fakes, wolf, ana)
    of.warn(last.case, 1, WHY, ana)
    assert letters(fakes, wolf) == ["misuse_warned"]
    with refused("misuse.warned_already"):
        of.warn(last.case, 1, WHY, ana)
    with refused("misuse.nothing_since"):
        of.limit(last.case, 1, WEIGHED, ana)
    fakes.clock.pass_(hours=1)
    (last,) = cried(fakes, wolf, ana)
    for days in (0, 31, 10**6):
        with refused("misuse.bad_length", BadInput, days=30):
            of.limit(last.case, 1, replace(WEIGHED, days=days), ana)
    with refused("misuse.no_words", BadInput):
        of.limit(last.case, 1, replace(WEIGHED, gravity=" "), ana)
    of.limit(last.case, 1, WEIGHED, ana)
    factors = file_of(fakes, wolf).measures[0].factors
    assert (factors.decided, factors.marked, factors.share_percent) == (4, 4, 100)
    fakes.clock.pass_(days=200)
    with refused("misuse.not_warned"):
        of.limit(last.case, 1, WEIGHED, ana)
    with refused("misuse.too_late"):
        of.object(file_of(fakes, wolf).measures[0].id, WHY, wolf)


def test_warned_limited_and_healed(stage: Stage, ana: Caller, wolf: Caller) -> None:
    limited(stage, wolf, ana)
    kept = stage.report(wolf)
    assert stage.sees(kept).stage == "set_aside"
    assert stage.records.reports.leaf(kept.report) == kept.leaf
    assert stage.told(kept.case) == ["report_set_aside"]
    assert "先搁置" in stage.last_letter(kept.case, "report_set_aside")
    assert stage.records.queues.get(kept.case) is None
    assert stage.app.pulling.next(ana) is None
    assert stage.sees(stage.report(subject_ref="post-81")).stage == "received"
    grave = stage.report(wolf, category="threat", statement="他说今晚要到我家里来打我。")
    assert stage.sees(grave).stage == "received"
    assert stage.app.pulling.next(ana) == grave.case

    stage.clock.pass_(days=14)
    assert not file_of(stage, wolf).measures[0].in_force(stage.clock())
    assert stage.sees(stage.report(wolf)).stage == "received"
    assert stage.sees(kept).stage == "set_aside"
    taking_up(stage).grave(kept.case, ana)
    assert stage.sees(kept).stage == "received"
    assert stage.told(kept.case)[-1] == "report_revived"
    with refused("case.wrong_stage"):
        taking_up(stage).grave(kept.case, ana)


def test_an_overturned_measure_revives_every_report(
    stage: Stage, ana: Caller, bo: Caller, wolf: Caller
) -> None:
    of = misusing(stage)
    limited(stage, wolf, ana)
    kept = [stage.report(wolf) for _ in range(3)]
    about = file_of(stage, wolf).measures[0].id
    with refused("not_found", NotFound):
        of.object(about, WHY, stage.account("somebody_else"))
    of.object(about, "我报告的内容后来被作者改掉了，截图在附件里。", wolf)
    (waits,) = stage.app.standing.credibility.to_hear(bo, "zh")
    assert waits.about.grounds.startswith("我报告的内容")
    with refused("misuse.not_independent"):
        of.hear(misuse_id(person_of(wolf)), about, REASONS, ana, overturned=True)
    file = misuse_id(person_of(wolf))
    of.hear(file, about, "四件里有两件确有其事。", bo, overturned=True)
    assert [stage.sees(each).stage for each in kept] == ["received"] * 3
    assert letters(stage, wolf)[-1] == "misuse_measure_ended"
    assert stage.sees(stage.report(wolf)).stage == "received"
    assert stage.app.standing.credibility.to_hear(bo, "zh") == ()


def test_a_measure_falls_with_the_decision_that_it_rests_on(
    stage: Stage, ana: Caller, bo: Caller, wolf: Caller
) -> None:
    last = limited(stage, wolf, ana)
    kept = stage.report(wolf)
    decision = stage.case(last.case).decision
    assert decision is not None
    appeal = stage.app.appealing.file(decision, "原帖当时就是这样写的，请看快照。", wolf)
    by = stage.reviewer_of(appeal, ana, bo)
    stage.app.reviewing.overturn(appeal, "快照里确实有这句话，应当调查。", by)
    assert stage.sees(kept).stage == "received"
    found = file_of(stage, wolf)
    assert found.measures[0].lifted_at is not None
    mine = stage.app.standing.credibility.mine(wolf, "zh")
    assert mine is not None
    assert [mark.holds for mark in mine.marks] == [True, True, True, False]


def test_what_can_be_marked(fakes: Stage) -> None:
    of, ana = misusing(fakes), fakes.hire("ana", Role.REVIEWER)
    wolf = fakes.account("wang_wu")
    receipt = fakes.accepted(ana, wolf)
    with refused("misuse.not_decided"):
        of.mark(receipt.case, 1, UNFOUNDED, WHY, ana)
    fakes.app.deciding.decide(receipt.case, violation(), ana)
    with refused("misuse.was_upheld"):
        of.mark(receipt.case, 1, UNFOUNDED, WHY, ana)
    anonymous = fakes.report()
    fakes.app.deciding.decide(anonymous.case, declined(), ana)
    with refused("misuse.no_record"):
        of.mark(anonymous.case, 1, UNFOUNDED, WHY, ana)
    with refused("not_found", NotFound):
        of.mark(anonymous.case, 2, UNFOUNDED, WHY, ana)
    for nobody in (NOBODY, wolf, fakes.account("li_si")):
        with refused("not_found", NotFound):
            of.mark(receipt.case, 1, UNFOUNDED, WHY, nobody)
    (marked,) = cried(fakes, wolf, ana)
    of.unmark(marked.case, 1, "看错了，帖子当时还在。", ana)
    with refused("misuse.no_mark"):
        of.unmark(marked.case, 1, "看错了，帖子当时还在。", ana)
    assert file_of(fakes, wolf).marks == ()


def test_a_report_that_was_not_upheld_counts_nothing_against(fakes: Stage) -> None:
    """Disagreement alone is no malice, however often it comes."""
    ana, honest = fakes.hire("ana", Role.REVIEWER), fakes.account("wang_wu")
    for _ in range(12):
        receipt = fakes.accepted(ana, honest)
        fakes.app.deciding.decide(receipt.case, no_violation(), ana)
    mine = fakes.app.standing.credibility.mine(honest, "zh")
    assert mine is not None
    assert (mine.neutral, mine.counts["not_upheld"]) == (True, 12)
    last = fakes.report(honest)
    waiting = fakes.records.queues.get(last.case)
    assert waiting is not None
    assert waiting.credibility == 0.5


def test_the_order_alone_changes(stage: Stage, ana: Caller, wolf: Caller) -> None:
    good = stage.account("zhao_liu")
    for _ in range(8):
        receipt = stage.accepted(ana, good)
        stage.app.deciding.decide(receipt.case, violation(), ana)
    cried(stage, wolf, ana, 8)
    low = stage.report(wolf)
    stage.clock.pass_(minutes=1)
    plain, high = stage.report(), stage.report(good)
    figures = [stage.records.queues.get(each.case) for each in (low, plain, high)]
    first, second, third = (each.credibility for each in figures if each is not None)
    assert first < 0.5 == second < third
    assert [stage.app.pulling.next(ana) for _ in range(3)] == [high.case, plain.case, low.case]
    stage.report(good, subject_ref="post-joined")
    stage.report(wolf, subject_ref="post-joined")
    with_low = stage.app.reporting.records.queues.get(stage.report(subject_ref="post-joined").case)
    assert with_low is not None
    assert with_low.credibility == third


def the_database_forbids(
    stage: Stage, file: MisuseId, step: Limited | ObjectionHeard, why: str
) -> None:
    held = stage.records.misuses.get(file)
    with (
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
        stage.records.work(),
    ):
        stage.records.misuses.add(file, [step], after=held.version)


def test_the_database_holds_invariant_12(postgres: Stage) -> None:
    """A warning before, four factors, an end, a person; and another person hears the appeal."""
    ana, bo = postgres.hire("ana", Role.REVIEWER), postgres.hire("bo", Role.REVIEWER)
    wolf = postgres.account("wang_wu")
    last = cried(postgres, wolf, ana, 3)[-1]
    r, now = postgres.records, postgres.clock()
    with r.work():
        seal = r.texts.seal("…", wolf.person)
    by, file = Actor(Role.REVIEWER, ana.person), misuse_id(person_of(wolf))
    good = Limited(
        at=now, by=by, measure=MeasureId(r.new_id()), warning=WarningId(r.new_id()),
        factors=Factors(3, 3, 100, seal, seal), reasons=seal, until=now + timedelta(days=9),
        appeal_closes=now, statement_zh=seal, statement_en=seal,
    )  # fmt: skip

    forbids = partial(the_database_forbids, postgres, file)
    forbids(good, "no warning that stands")
    good = replace(good, warning=misusing(postgres).warn(last.case, 1, WHY, ana))
    postgres.clock.pass_(hours=1)
    good = replace(good, at=postgres.clock())
    forbids(good, "nothing was marked")
    cried(postgres, wolf, ana)
    good = replace(good, at=postgres.clock())
    forbids(replace(good, until=good.at), "has no end")
    forbids(replace(good, factors=Factors(0, 0, 0, seal, seal)), "four factors")
    forbids(replace(good, factors=replace(good.factors, gravity="")), "four factors")  # type: ignore[arg-type]  # what must not be
    forbids(replace(good, by=Actor(Role.SYSTEM)), "a person decides")
    misusing(postgres).limit(last.case, 1, WEIGHED, ana)
    about = file_of(postgres, wolf).measures[0]
    assert isinstance(about, Measure)
    misusing(postgres).object(about.id, "这四件都是真的。请您再看一遍。", wolf)
    heard = ObjectionHeard(
        at=postgres.clock(), by=by, about=about.id, overturned=False, reasons=seal
    )
    forbids(heard, "took part")
    misusing(postgres).hear(file, about.id, REASONS, bo, overturned=False)
    assert letters(postgres, wolf)[-1] == "misuse_upheld"


def test_fifty_who_agree_come_no_further_than_one_who_is_believed(fakes: Stage) -> None:
    ana, good = fakes.hire("ana", Role.REVIEWER), fakes.account("zhao_liu")
    for _ in range(8):
        receipt = fakes.accepted(ana, good)
        fakes.app.deciding.decide(receipt.case, violation(), ana)
    one = fakes.report(good, subject_ref="post-one")
    for number in range(50):
        ring = fakes.report(fakes.account(f"ring_{number}"), subject_ref="post-ring")
    places = [fakes.app.pulling.standing(each.case, ana) for each in (one, ring)]
    alone, together = (place.points for place in places if place is not None)
    assert together < alone
