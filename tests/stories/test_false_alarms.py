"""A false alarm is overturned; the entry that raised it is proposed, retired, and can come back."""

from dataclasses import replace

from tests.stories.stage import (
    INSULT,
    REASONS,
    Stage,
    declined,
    erase,
    no_violation,
    refused,
    stage_on_fakes,
    violation,
)

from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.retiring import Retiring
from gongdao.domain.flows.teaching import TEACH
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.entries import EntryStage
from gongdao.domain.screening.labels import Said

WORDS = "这所学校专门教智障的孩子，老师很有耐心"
WHY = "二十多份裁定都认定这是误报，先停用。"


def taught(stage: Stage) -> None:
    """Let the outbox do what it promised of labels."""
    jobs = stage.records.outbox.promised(TEACH)  # type: ignore[attr-defined]  # of the fake
    for payload in jobs.values():
        stage.app.screening.teaching(payload)


def decided(stage: Stage, by: Caller, ruling: Ruling, times: int, words: str = WORDS) -> None:
    for number in range(times):
        stage.decided(by, ruling, snapshot=f"{words}{number}。", account=f"author_{number}")
        stage.clock.pass_(minutes=1)


def staged() -> tuple[Stage, Caller, Retiring]:
    stage = stage_on_fakes()
    return stage, stage.hire("ana", Role.SENIOR_REVIEWER), stage.app.screening.retiring


class TestWhatDecisionsTeach:
    def test_a_decision_is_kept_as_a_label_with_what_was_found(self) -> None:
        stage, ana, _ = staged()
        decision = stage.decided(ana, snapshot="你就是个智障，活着浪费粮食。")
        assert list(stage.records.labels.counted()) == []
        taught(stage)
        (label,) = stage.records.labels.counted()
        assert (label.category, label.true, label.said) == (Category.ABUSE, True, Said.DECISION)
        assert label.of == decision
        assert label.text == stage.case_of(decision).subject.snapshot
        assert (label.by, label.author) == (ana.person, stage.case_of(decision).respondent)
        assert any(each.evidence.startswith("智障 (") for each in label.findings)

    def test_a_review_that_overturns_it_turns_the_label(self) -> None:
        stage, ana, _ = staged()
        bo = stage.hire("bo", Role.REVIEWER)
        decision = stage.decided(ana)
        stage.clock.pass_(days=1)
        appeal = stage.appealed(decision)
        stage.app.reviewing.overturn(appeal, REASONS, bo)
        taught(stage)
        (label,) = stage.records.labels.counted()
        assert (label.true, label.said, label.of) == (False, Said.REVIEW, appeal)
        assert label.by == bo.person

    def test_no_violation_is_a_false_alarm_and_a_declined_report_teaches_nothing(self) -> None:
        stage, ana, _ = staged()
        stage.decided(ana, no_violation())
        receipt = stage.report()
        stage.app.deciding.decide(receipt.case, declined(), ana)
        stage.decided(ana, violation("review.not_genuine"))
        taught(stage)
        assert [label.true for label in stage.records.labels.counted()] == [False]

    def test_what_a_machine_decided_teaches_no_machine(self) -> None:
        stage, ana, _ = staged()
        stage.decided(ana, replace(no_violation(), automated=True))
        taught(stage)
        assert list(stage.records.labels.counted()) == []

    def test_a_job_that_is_done_twice_keeps_one_label(self) -> None:
        stage, ana, _ = staged()
        stage.decided(ana)
        taught(stage)
        taught(stage)
        assert len(stage.records.labels.counted()) == 1

    def test_of_an_erased_text_no_label_is_kept(self) -> None:
        stage, ana, _ = staged()
        decision = stage.decided(ana)
        snapshot = stage.case_of(decision).subject.snapshot
        assert snapshot is not None
        erase(stage, snapshot)
        taught(stage)
        assert list(stage.records.labels.counted()) == []


class TestAnEntryThatCriesWolf:
    def test_it_is_proposed_retired_and_restored(self) -> None:
        stage, ana, retiring = staged()
        decided(stage, ana, no_violation(), 24)
        decided(stage, ana, violation(INSULT), 1, "你是智障")
        taught(stage)
        assert retiring.round() == 1
        assert retiring.round() == 0
        (shown,) = retiring.listed(ana)
        entry = shown.entry
        assert (entry.entry, entry.stage) == ("智障", EntryStage.PROPOSED)
        assert (entry.true, entry.false) == (1, 24)
        look = stage.app.screening.now.find
        assert "智障" in str(look("你这个智障").findings)
        retiring.retire(entry.id, WHY, ana)
        assert not any("智障 (" in each.evidence for each in look("你这个智障").findings)
        (shown,) = retiring.listed(ana, EntryStage.RETIRED)
        assert (shown.reasons, shown.by) == (WHY, "ana")
        kinds = [each.event.kind for each in retiring.history(entry.id, ana)]
        assert kinds == ["lexicon.entry_proposed", "lexicon.entry_retired"]
        with refused("lexicon.entry_moved_on"):
            retiring.retire(entry.id, WHY, ana)
        retiring.restore(entry.id, "换了新的写法规则，可以再用。", ana)
        assert any("智障 (" in each.evidence for each in look("你这个智障").findings)

    def test_its_score_moves_with_what_decisions_say(self) -> None:
        stage, ana, retiring = staged()
        bo = stage.hire("bo", Role.REVIEWER)
        decided(stage, ana, no_violation(), 12)
        decided(stage, bo, violation(INSULT), 12, "你是智障")
        taught(stage)
        assert retiring.round() == 0
        scores = stage.records.lessons.now().scores
        given = stage.app.screening.now.given()[Category.ABUSE, "智障"]
        prior = 0.6 if given is None else given
        assert scores[Category.ABUSE, "智障"] == (12 + prior * 10) / 34
        found = stage.app.screening.now.find("你这个智障").findings
        hit = next(each for each in found if each.evidence.startswith("智障 ("))
        assert hit.score == scores[Category.ABUSE, "智障"]

    def test_one_reviewers_word_moves_no_score_and_proposes_to_a_person(self) -> None:
        stage, ana, retiring = staged()
        decided(stage, ana, no_violation(), 24)
        taught(stage)
        assert retiring.round() == 1
        assert stage.records.lessons.now().scores == {}
        (shown,) = retiring.listed(ana)
        assert (shown.reviewers, shown.left_out) == (1, 0)

    def test_one_accounts_texts_propose_nothing(self) -> None:
        stage, ana, retiring = staged()
        for number in range(30):
            stage.decided(
                ana, no_violation(), snapshot=f"{WORDS}{number}。", account=f"ring_{number % 3}"
            )
        taught(stage)
        assert retiring.round() == 0
        (counted,) = retiring.numbers(ana).by_entry
        assert counted.false == 30

    def test_one_that_was_kept_is_proposed_again_only_after_more(self) -> None:
        stage, ana, retiring = staged()
        decided(stage, ana, no_violation(), 22)
        taught(stage)
        assert retiring.round() == 1
        (shown,) = retiring.listed(ana)
        retiring.keep(shown.entry.id, "这个词在别处很有用，先留着。", ana)
        assert retiring.round() == 0
        decided(stage, ana, no_violation(), 20, "又一所教智障孩子的学校")
        taught(stage)
        assert retiring.round() == 1

    def test_few_false_alarms_propose_nothing(self) -> None:
        stage, ana, retiring = staged()
        decided(stage, ana, no_violation(), 19)
        taught(stage)
        assert retiring.round() == 0

    def test_whose_it_is_not_finds_nothing_and_reasons_are_needed(self) -> None:
        stage, ana, retiring = staged()
        decided(stage, ana, no_violation(), 22)
        taught(stage)
        retiring.round()
        (shown,) = retiring.listed(ana)
        with refused("lexicon.reasons", BadInput):
            retiring.retire(shown.entry.id, "太短", ana)
        junior = stage.hire("ju", Role.REVIEWER)
        with refused("not_found", NotFound):
            retiring.retire(shown.entry.id, WHY, junior)
        with refused("not_found", NotFound):
            retiring.numbers(stage.account("li_si"))
        assert retiring.numbers(junior).labels == 22
