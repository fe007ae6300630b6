"""Nobody deals with the record of somebody who reported them, and nobody learns by it who did."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from tests.stories.stage import REASONS, Stage, declined, person_of, refused
from tests.stories.test_cried_wolf import UNFOUNDED, WEIGHED, WHY, cried, file_of, limited, misusing

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.standing.misuse import (
    Lifted,
    MarkWithdrawn,
    MisuseOpened,
    MisuseStep,
    ObjectionHeard,
    ReportMarked,
    Warned,
    WarningId,
    misuse_id,
)


def reported(stage: Stage, wolf: Caller) -> Caller:
    """A reviewer about whom the same reporter reports something, in a case of its own."""
    person = stage.account("somebody_at_the_desk").person
    stage.report(wolf, account="somebody_at_the_desk", subject_ref="post-of-a-reviewer")
    return Caller(person, frozenset({Role.REVIEWER}))


def everything(
    stage: Stage, case: CaseId, about: str, by: Caller
) -> Sequence[Callable[[], object]]:
    """All that staff can do with a record."""
    of = misusing(stage)
    return (
        partial(of.mark, case, 1, UNFOUNDED, WHY, by),
        partial(of.unmark, case, 1, WHY, by),
        partial(of.warn, case, 1, WHY, by),
        partial(of.limit, case, 1, WEIGHED, by),
        partial(of.lift, case, 1, about, WHY, by),
        partial(of.revive_all, case, 1, by),
    )


def test_whoever_was_reported_does_nothing_to_the_one_who_did(stage: Stage) -> None:
    ana, wolf = stage.hire("ana", Role.REVIEWER), stage.account("wang_wu")
    rival = reported(stage, wolf)
    last = limited(stage, wolf, ana)
    measure = file_of(stage, wolf).measures[0].id
    for step in everything(stage, last.case, measure, rival):
        with refused("misuse.no_record"):
            step()
    assert stage.app.standing.credibility.of_reporter(last.case, 1, rival, "zh") is None
    misusing(stage).object(measure, "这四件都是真的。请您再看一遍。", wolf)
    assert stage.app.standing.credibility.to_hear(rival, "zh") == ()
    with refused("not_found", NotFound):
        misusing(stage).hear(misuse_id(person_of(wolf)), measure, REASONS, rival, overturned=False)


def test_it_looks_as_if_they_had_no_account(fakes: Stage) -> None:
    """Nobody can tell by a record that is closed to them who reported them."""
    ana, wolf = fakes.hire("ana", Role.REVIEWER), fakes.account("wang_wu")
    rival = reported(fakes, wolf)
    cases = [fakes.report(wolf).case, fakes.report().case]
    for case in cases:
        fakes.app.deciding.decide(case, declined(), ana)
        assert fakes.app.standing.credibility.of_reporter(case, 1, rival, "zh") is None
        with refused("misuse.no_record"):
            misusing(fakes).mark(case, 1, UNFOUNDED, WHY, rival)


def test_the_database_holds_it_too(postgres: Stage) -> None:
    ana, wolf = postgres.hire("ana", Role.REVIEWER), postgres.account("wang_wu")
    rival = reported(postgres, wolf)
    r, now, file = postgres.records, postgres.clock(), misuse_id(person_of(wolf))
    with r.work():
        seal = r.texts.seal("…", wolf.person)
    (last,) = cried(postgres, wolf, ana)
    marked = file_of(postgres, wolf).marks[0]
    by, theirs = Actor(Role.REVIEWER, rival.person), Actor(Role.REVIEWER, wolf.person)
    mark = ReportMarked(
        at=now, by=by, case=last.case, decision=marked.decision, mark=UNFOUNDED,
        reported_at=now, reasons=seal,
    )  # fmt: skip
    later = now + timedelta(days=1)
    steps: list[MisuseStep] = [
        mark,
        MarkWithdrawn(at=now, by=by, case=last.case, reasons=seal),
        MarkWithdrawn(at=now, by=theirs, case=last.case, reasons=seal),
        Warned(
            at=now, by=by, warning=WarningId(r.new_id()), reasons=seal, expires_at=later,
            appeal_closes=later,
        ),
        Lifted(at=now, by=by, about=r.new_id(), reasons=seal),
        ObjectionHeard(at=now, by=by, about=r.new_id(), overturned=False, reasons=seal),
    ]  # fmt: skip
    for step in steps:
        forbidden(postgres, file, [step], r.misuses.get(file).version)
    other = postgres.account("zhao_liu")
    postgres.report(other, account="somebody_at_the_desk", subject_ref="post-of-a-reviewer-2")
    new = misuse_id(person_of(other))
    opened = MisuseOpened(at=now, by=by, misuse=new, reporter=person_of(other))
    forbidden(postgres, new, [opened, mark], 0)


def forbidden(stage: Stage, file: str, steps: list[MisuseStep], after: int) -> None:
    with (
        pytest.raises(DatabaseError, match="a party of the reporter acts"),
        transaction.atomic(),
        stage.records.work(),
    ):
        stage.records.misuses.add(file, steps, after=after)


def test_whoever_marked_and_took_it_back_hears_no_appeal(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    wolf = stage.account("wang_wu")
    first = cried(stage, wolf, bo)[0]
    misusing(stage).unmark(first.case, 1, "看错了，帖子当时还在。", bo)
    limited(stage, wolf, ana)
    file = file_of(stage, wolf)
    misusing(stage).object(file.measures[0].id, "这四件都是真的。请您再看一遍。", wolf)
    with refused("misuse.not_independent"):
        misusing(stage).hear(file.id, file.measures[0].id, REASONS, bo, overturned=False)


def test_a_warning_falls_with_its_marks_and_a_measure_with_its_warning(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    wolf, of = stage.account("wang_wu"), misusing(stage)
    first = cried(stage, wolf, ana, 3)
    of.warn(first[-1].case, 1, WHY, ana)
    stage.clock.pass_(hours=1)
    (last,) = cried(stage, wolf, ana)
    of.limit(last.case, 1, WEIGHED, ana)
    kept = stage.report(wolf)
    decision = stage.case(first[0].case).decision
    assert decision is not None
    appeal = stage.app.appealing.file(decision, "原帖当时就是这样写的，请看快照。", wolf)
    by = stage.reviewer_of(appeal, ana, bo)
    stage.app.reviewing.overturn(appeal, "快照里确实有这句话，应当调查。", by)
    file = file_of(stage, wolf)
    assert file.warning(stage.clock()) is None
    assert file.measure(stage.clock()) is None
    assert stage.sees(kept).stage == "received"


def test_a_measure_falls_when_its_warning_is_overturned(fakes: Stage) -> None:
    ana, bo = fakes.hire("ana", Role.REVIEWER), fakes.hire("bo", Role.REVIEWER)
    wolf, of = fakes.account("wang_wu"), misusing(fakes)
    limited(fakes, wolf, ana)
    kept = fakes.report(wolf)
    file = file_of(fakes, wolf)
    of.object(file.warnings[0].id, "这三件都是真的。请您再看一遍。", wolf)
    of.hear(file.id, file.warnings[0].id, REASONS, bo, overturned=True)
    assert fakes.sees(kept).stage == "received"
    assert file_of(fakes, wolf).measure(fakes.clock()) is None
    with refused("misuse.not_warned"):
        of.limit(cried(fakes, wolf, ana)[0].case, 1, WEIGHED, ana)
    assert "—" not in fakes.records.opened(fakes.notices(file.id)[-1].letter("en").body)
