"""What is promised of exams and of ways back, and what the database itself refuses of them."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from tests.fakes.exams import MemoryExams
from tests.stories.stage import Stage, refused, stage_on_postgres, violation

from gongdao.adapters.quiz_files import LEAST, FileExams, read_bank
from gongdao.bootstrap import pack_root
from gongdao.domain.flows.ways_shown import WaysShown
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import SYSTEM, Role
from gongdao.domain.kernel.ids import Sealed
from gongdao.domain.policy.ways_back import ExamStep
from gongdao.domain.training.ports import Exams
from gongdao.domain.ways_back.model import ProofAccepted, WayBackFulfilled
from gongdao.storage.streams import append

FOLDER = pack_root() / "house" / "quizzes"


class ExamsPromise:
    """Held by whoever puts questions."""

    @pytest.fixture
    def exams(self) -> Exams:
        raise NotImplementedError

    def test_a_seed_asks_the_same_again_and_another_asks_others(self, exams: Exams) -> None:
        paper = exams.paper("inducement", "seed", 10)
        assert exams.paper("inducement", "seed", 10) == paper
        assert len(set(paper.codes)) == 10
        assert exams.paper("inducement", "another", 10).codes != paper.codes

    def test_one_of_the_options_is_right_and_no_code_says_which(self, exams: Exams) -> None:
        paper = exams.paper("inducement", "seed", 10)
        assert all(
            [o.code for o in q.options] == [str(n + 1) for n in range(len(q.options))]
            for q in paper.questions
        )
        first = exams.mark("inducement", "seed", paper.codes, dict.fromkeys(paper.codes, "1"))
        rights = {each.asked.code: each.right for each in first.answers}
        assert len(set(rights.values())) > 1
        marked = exams.mark("inducement", "seed", paper.codes, rights)
        assert (marked.right, marked.missed, marked.edition) == (10, (), paper.edition)
        assert marked.passes(100)
        assert not first.passes(100)

    def test_every_question_is_answered_with_one_of_its_options(self, exams: Exams) -> None:
        paper = exams.paper("inducement", "seed", 3)
        with refused("quiz.unanswered", open="1, 2, 3"):
            exams.mark("inducement", "seed", paper.codes, {paper.codes[0]: "9"})

    def test_there_is_no_other_quiz(self, exams: Exams) -> None:
        for code in ("../pack", "nothing"):
            with refused("quiz.unknown", NotFound):
                exams.paper(code, "seed", 3)


class TestMemoryExams(ExamsPromise):
    @pytest.fixture
    def exams(self) -> Exams:
        return MemoryExams()


class TestFileExams(ExamsPromise):
    @pytest.fixture
    def exams(self) -> Exams:
        return FileExams(FOLDER)

    def test_every_quiz_of_the_house_can_be_asked(self, exams: Exams) -> None:
        assert isinstance(exams, FileExams)
        assert len(exams.codes()) >= 3
        for code in exams.codes():
            bank = read_bank(FOLDER / f"{code}.yaml")
            assert len(bank.questions) >= LEAST
            assert all(q.ask.zh != q.ask.en and q.why.zh and q.why.en for q in bank.questions)


def test_every_exam_of_the_pack_has_its_quiz_and_every_rung_its_clause(stage: Stage) -> None:
    pack = stage.records.packs.versions("house")[0]
    ways, cases = pack.ways_back, pack.cases
    assert ways is not None
    assert cases is not None
    exams = FileExams(FOLDER)
    for step in ways.steps():
        if isinstance(step, ExamStep):
            assert len(exams.paper(step.quiz, "s", step.questions).questions) == step.questions
    earned = [rung for way in ways.ways for rung in way.rungs]
    for rung in [*earned, *(rung for way in ways.none for rung in way.rungs)]:
        clause = cases.clause(rung.clause)
        assert clause is not None, rung
        assert any(rung.is_of(clause, r.penalty, r.scope, r.duration) for r in clause.ladder), rung


def begun(stage: Stage, clause: str, category: str) -> str:
    """The id of a way back that has opened."""
    ana = stage.hire("ana", Role.REVIEWER)
    case = stage.case_of(stage.decided(ana, violation(clause), category=category))
    (way,) = WaysShown(stage.records).of(case)
    return str(way.way_back)


@pytest.mark.django_db
def test_the_database_takes_no_second_end_and_no_proof_that_a_machine_checked() -> None:
    stage = stage_on_postgres()
    way = begun(stage, "marketing.false_claim", "marketing")
    gone = WayBackFulfilled(
        at=stage.clock(), by=SYSTEM, lifted=True, ends_at=None, strike_expires_at=None
    )
    append(way, [gone], 1)
    with pytest.raises(IntegrityError, match="way_back_fulfilled_once"), transaction.atomic():
        append(way, [replace(gone, lifted=False)], 2)
    step = "proof.claims_corrected"
    checked = ProofAccepted(at=stage.clock(), by=SYSTEM, step=step, reasons=Sealed("0" * 64))
    with pytest.raises(IntegrityError, match="checked by a reviewer"), transaction.atomic():
        append(way, [checked], 2)
