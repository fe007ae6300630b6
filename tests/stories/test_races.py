"""Two at once, on real connections: the second acts on what the first left, and once."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import pytest
from django.db import connection
from tests.stories.posts_of import BAD, hand_in, with_three_words
from tests.stories.stage import REASONS, Stage, no_violation, refused, stage_on_postgres, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.posts_over_time import PostsOverTime
from gongdao.domain.kernel.errors import MovedOn
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.notices.model import Reader
from gongdao.domain.screening.posts import HeldPostId

T = TypeVar("T")


@pytest.fixture
def real(transactional_db: None) -> Stage:
    """Give a house whose transactions are real ones."""
    return stage_on_postgres()


def in_a_thread(act: Callable[[], T]) -> T:
    """Act on a connection of its own, and close it."""
    try:
        return act()
    finally:
        connection.close()


def somebody_waits() -> bool:
    """Whether another connection waits for what this one holds."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where not granted")
        (waiting,) = cursor.fetchone()
    return bool(waiting)


@contextmanager
def behind(stage: Stage, act: Callable[[], T]) -> Iterator[list[Future[T]]]:
    """
    Let somebody act while the transaction within is still open.

    What happens within comes first and is kept when it ends; by then the other one has read what
    was there before, and waits.
    """
    with ThreadPoolExecutor(1) as threads:
        second: list[Future[T]] = []
        with stage.records.work():
            yield second
            second.append(threads.submit(in_a_thread, act))
            until = time.monotonic() + 10
            while not somebody_waits() and not second[0].done() and time.monotonic() < until:
                time.sleep(0.01)


def test_reviewers_who_pull_at_once_are_never_given_the_same_case(real: Stage) -> None:
    staff = [real.hire(f"r{number}", Role.REVIEWER) for number in range(4)]
    cases = {real.report(subject_ref=f"p-{n}", account=f"a-{n}").case for n in range(20)}
    with ThreadPoolExecutor(4) as threads:
        pulls = [
            threads.submit(
                in_a_thread, lambda who=who: [real.app.pulling.next(who) for _ in "12345"]
            )
            for who in staff
        ]
        given = [case for pull in pulls for case in pull.result()]
    assert len(given) == 20
    assert set(given) == cases


def test_of_two_deciders_the_second_finds_it_decided(real: Stage) -> None:
    ana, bo = real.hire("ana", Role.REVIEWER), real.hire("bo", Role.REVIEWER)
    receipt = real.accepted(ana)
    decide = real.app.deciding.decide
    with behind(real, lambda: decide(receipt.case, no_violation(), bo)) as second:
        decide(receipt.case, violation(), ana)
    with refused("case.wrong_stage"):
        second[0].result()
    assert real.case(receipt.case).outcome == "violation"
    assert real.told(receipt.case).count("decision_to_reporter_no_violation") == 0


def test_two_violations_of_one_person_decided_at_once_are_two_strikes(real: Stage) -> None:
    ana, bo = real.hire("ana", Role.REVIEWER), real.hire("bo", Role.REVIEWER)
    one, other = real.accepted(ana), real.accepted(ana, subject_ref="post-82")
    real.decided(ana, account="wang_wu")
    decide = real.app.deciding.decide
    with behind(real, lambda: decide(other.case, violation(), bo)) as second:
        decide(one.case, violation(), ana)
    second[0].result()
    assert real.measures(one.case) == [("warning", "in_force")]
    assert real.measures(other.case) == [("restriction", "in_force")]


def test_an_appeal_sent_twice_at_once_is_one_appeal(real: Stage) -> None:
    ana = real.hire("ana", Role.REVIEWER)
    real.hire("bo", Role.REVIEWER)
    decision = real.decided(ana)
    with behind(real, lambda: real.appealed(decision)) as second:
        real.appealed(decision)
    with refused("appeal.already_filed"):
        second[0].result()
    assert len(real.records.appeals.of_decision(decision)) == 1


def test_a_clock_that_runs_out_passes_over_what_is_just_being_answered(real: Stage) -> None:
    ana = real.hire("ana", Role.REVIEWER)
    receipt = real.accepted(ana)
    real.app.investigating.request_answer(receipt.case, "请您说明当时的情况。", ana)
    real.tick()  # staff are told of their courses of the quarter
    real.clock.pass_(hours=49)
    with behind(real, real.app.passing.tick) as second:
        real.app.investigating.answer(receipt.case, REASONS, real.account("li_si"))
    assert second[0].result() == 0
    assert real.tick() == 0
    case = real.case(receipt.case)
    assert (case.answer, case.raise_by) == ("given", 0)


def test_an_answer_behind_a_clock_that_ran_out_is_taken_and_late(real: Stage) -> None:
    ana = real.hire("ana", Role.REVIEWER)
    receipt = real.accepted(ana)
    real.app.investigating.request_answer(receipt.case, "请您说明当时的情况。", ana)
    real.clock.pass_(hours=49)
    li_si = real.account("li_si")
    answer = real.app.investigating.answer
    with behind(real, lambda: answer(receipt.case, REASONS, li_si)) as second:
        real.app.passing.tick()
    second[0].result()
    case = real.case(receipt.case)
    assert (case.answer, case.raise_by) == ("given", 1)


def test_two_clocks_do_everything_once(real: Stage) -> None:
    ana = real.hire("ana", Role.REVIEWER)
    cases = [real.accepted(ana, account=f"user_{n}").case for n in range(6)]
    for case in cases:
        real.app.investigating.request_answer(case, "请您说明当时的情况。", ana)
    real.tick()
    real.clock.pass_(hours=49)
    with ThreadPoolExecutor(2) as threads:
        ticks = [threads.submit(in_a_thread, real.app.passing.tick) for _ in range(2)]
        done = sum(tick.result() for tick in ticks)
    assert done == len(cases)
    for case in cases:
        assert real.told(case).count("answer_missed") == 1


def test_a_newcomer_named_twice_at_once_is_one_person(real: Stage) -> None:
    with behind(real, lambda: real.account("zhao_liu")) as second:
        first = real.account("zhao_liu")
    assert second[0].result() == first


def held_back(stage: Stage) -> tuple[Stage, str, Caller]:
    """A text that waits for a second look until just now, and a reviewer."""
    stage = with_three_words(stage)
    of = hand_in(stage, BAD)
    stage.clock.pass_(days=3)
    return stage, of, stage.hire("ana", Role.REVIEWER)


def outcomes(stage: Stage, of: str) -> list[str]:
    """How it came that a text appears."""
    kinds = [each.event.kind for each in stage.records.held_posts.history(HeldPostId(of))]
    return [kind for kind in kinds if kind in {"held_post.appeared", "held_post.released"}]


def test_a_clock_passes_over_a_text_that_is_just_being_released(real: Stage) -> None:
    stage, of, ana = held_back(real)
    clock = PostsOverTime(stage.records)
    with behind(stage, lambda: clock.look(10)) as second:
        stage.app.screening.looks.release(of, "", ana)
    assert second[0].result() == 0
    assert clock.look(10) == 0
    assert outcomes(stage, of) == ["held_post.released"]
    assert stage.told(CaseId(of), Reader.AUTHOR) == ["held_waits", "held_released"]


def test_a_reviewer_behind_the_clock_is_told_that_the_text_appeared(real: Stage) -> None:
    stage, of, ana = held_back(real)
    with behind(stage, lambda: stage.app.screening.looks.release(of, "", ana)) as second:
        assert PostsOverTime(stage.records).look(10) == 1
    with refused("stream.moved_on", MovedOn):
        second[0].result()
    assert outcomes(stage, of) == ["held_post.appeared"]
    assert stage.told(CaseId(of), Reader.AUTHOR) == ["held_waits", "held_unseen"]
    assert stage.records.labels.counted() == []
