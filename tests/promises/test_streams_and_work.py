"""What streams, units of work and sealed texts promise."""

from contextlib import suppress

import pytest
from tests.promises.makings import kept_case, note, opening, report
from tests.stories.stage import Stage, refused

from gongdao.domain.intake.crowd import Mark
from gongdao.domain.intake.model import CaseStage
from gongdao.domain.kernel.errors import BadInput, MovedOn, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PersonId, ReportId, Sealed
from gongdao.domain.kernel.work import ReadAhead

ABSENT = "00000000-0000-7000-8000-999999999999"


class StopError(Exception):
    """Something goes wrong in the middle."""


def person(stage: Stage) -> PersonId:
    """Somebody on the staff."""
    found = stage.hire("ana", Role.REVIEWER).person
    assert found is not None
    return found


class TestStreams:
    def test_what_was_added_is_folded_and_counted(self, stage: Stage) -> None:
        cases, ana = stage.records.cases, person(stage)
        with stage.records.work():
            first = opening(stage)
            held = cases.add(first.case, [first], after=0)
            assert (held.version, held.now.stage) == (1, CaseStage.RECEIVED)
            held = cases.add(first.case, [note(stage, ana), note(stage, ana)], after=1)
        assert held.version == 3
        assert cases.get(first.case) == held
        assert held.now.took_part == {ana}

    def test_history_is_what_was_added_in_order_with_its_leaves(self, stage: Stage) -> None:
        cases, ana = stage.records.cases, person(stage)
        with stage.records.work():
            first, second = opening(stage), note(stage, ana)
            cases.add(first.case, [first], after=0)
            cases.add(first.case, [second], after=1)
        history = cases.history(first.case)
        assert [recorded.event for recorded in history] == [first, second]
        assert [recorded.version for recorded in history] == [1, 2]
        assert len({recorded.leaf for recorded in history}) == 2
        assert all(len(bytes.fromhex(recorded.leaf)) == 32 for recorded in history)

    def test_nothing_added_changes_nothing(self, stage: Stage) -> None:
        case = kept_case(stage)
        with stage.records.work():
            assert stage.records.cases.add(case, [], after=1) == stage.records.cases.get(case)
        assert len(stage.records.cases.history(case)) == 1

    def test_who_comes_second_is_told_to_read_again(self, stage: Stage) -> None:
        case, ana = kept_case(stage), person(stage)
        with stage.records.work():
            stage.records.cases.add(case, [note(stage, ana)], after=1)
        for stale in (0, 1):
            with refused("stream.moved_on", MovedOn), stage.records.work():
                stage.records.cases.add(case, [note(stage, ana)], after=stale)
        assert stage.records.cases.get(case).version == 2

    def test_what_is_absent_is_not_found(self, stage: Stage) -> None:
        for absent in (ABSENT, "", "no id at all"):
            with refused("not_found", NotFound):
                stage.records.cases.get(absent)
        with refused("not_found", NotFound):
            stage.records.decisions.get(kept_case(stage))
        assert list(stage.records.cases.history(ABSENT)) == []


class TestWork:
    def test_an_error_keeps_nothing(self, stage: Stage) -> None:
        r = stage.records
        seals = []
        with suppress(StopError), r.work():
            first = opening(stage)
            r.cases.add(first.case, [first], after=0)
            seals.append(r.texts.seal("gone", None))
            code = r.codes.issue(first.case, first.reporter)
            raise StopError
        with refused("not_found", NotFound):
            r.cases.get(first.case)
        with refused("code.unknown", NotFound):
            r.codes.opens(code)
        assert r.texts.open(seals[0]) is None

    def test_one_within_another_can_fail_alone(self, stage: Stage) -> None:
        r, ana = stage.records, person(stage)
        with r.work():
            first = opening(stage)
            r.cases.add(first.case, [first], after=0)
            with suppress(StopError), r.work():
                r.cases.add(first.case, [note(stage, ana)], after=1)
                raise StopError
            assert r.cases.get(first.case).version == 1
        assert r.cases.get(first.case).version == 1

    def test_an_outer_error_takes_the_inner_one_with_it(self, stage: Stage) -> None:
        r = stage.records
        with suppress(StopError), r.work():
            with r.work():
                first = opening(stage)
                r.cases.add(first.case, [first], after=0)
            raise StopError
        assert list(r.cases.history(first.case)) == []


class TestTexts:
    @pytest.mark.parametrize("text", ["", "他骂人。", "a\nb\t\x00", "👩‍👩‍👧 ﷽", "長" * 5000])
    def test_a_text_comes_back_as_it_was(self, stage: Stage, text: str) -> None:
        assert stage.records.texts.open(stage.records.texts.seal(text, None)) == text

    def test_equal_texts_have_unequal_seals(self, stage: Stage) -> None:
        seal = stage.records.texts.seal
        seals = {seal("同样的话", None) for _ in range(3)}
        assert len(seals) == 3
        assert all(len(bytes.fromhex(each)) == 32 for each in seals)

    def test_half_a_character_is_no_text(self, stage: Stage) -> None:
        with refused("text.broken", BadInput):
            stage.records.texts.seal("他骂\ud83d人。", None)

    def test_what_was_never_sealed_or_is_erased_is_none(self, stage: Stage) -> None:
        assert stage.records.texts.open(Sealed("0" * 64)) is None
        assert stage.records.opened(Sealed("0" * 64)) == "—"

    def test_several_are_opened_at_once_and_the_absent_left_out(self, stage: Stage) -> None:
        seal = stage.records.texts.seal
        kept = {seal(text, None): text for text in ("一", "二", "三")}
        assert stage.records.texts.several([*kept, Sealed("0" * 64)]) == kept
        assert stage.records.texts.several([]) == {}

    def test_what_was_read_ahead_is_the_same_and_nothing_is_missing(self, stage: Stage) -> None:
        texts = stage.records.texts
        known, other = texts.seal("一", None), texts.seal("二", None)
        ahead = ReadAhead(texts, texts.several([known]))
        assert [ahead.open(s) for s in (known, other, Sealed("0" * 64))] == ["一", "二", None]
        assert ahead.several([known, other]) == {known: "一", other: "二"}
        assert texts.open(ahead.seal("三", None)) == "三"


class TestReports:
    def test_a_report_is_kept_with_its_leaf(self, stage: Stage) -> None:
        r = stage.records
        with r.work():
            kept = report(stage, r.parties.newcomer(None, "en"))
            leaf = r.reports.add(kept)
        assert r.reports.get(kept.id) == kept
        assert r.reports.leaf(kept.id) == leaf
        assert len(bytes.fromhex(leaf)) == 32

    def test_reports_of_a_case_oldest_first_and_of_a_person_newest_first(
        self, stage: Stage
    ) -> None:
        r = stage.records
        one, other = r.parties.newcomer(None, "en"), r.parties.newcomer(None, "en")
        case = CaseId(r.new_id())
        kept = []
        for reporter in (one, other, one):
            with r.work():
                kept.append(report(stage, reporter))
                r.reports.add(kept[-1])
                r.reports.join(case, kept[-1], Mark("w", young=False), None)
            stage.clock.pass_(minutes=1)
        wanted = [kept[2].id, ReportId(r.new_id()), kept[0].id]
        assert r.reports.several(wanted) == [kept[2], kept[0]]
        assert r.reports.of_case(case, one) == [kept[0], kept[2]]
        assert r.reports.of_reporter(one) == [kept[2], kept[0]]
        assert r.reports.of_case(CaseId(r.new_id()), one) == []
        assert r.reports.case_of(kept[1].id) == case
        ids = [each.id for each in kept]
        assert r.reports.leaves(ids) == {each: r.reports.leaf(each) for each in ids}
        assert r.reports.leaves([]) == {}

    def test_what_is_absent_is_not_found(self, stage: Stage) -> None:
        with refused("not_found", NotFound):
            stage.records.reports.get(ReportId(ABSENT))
        with refused("not_found", NotFound):
            stage.records.reports.leaf(ReportId(ABSENT))
        with refused("not_found", NotFound):
            stage.records.reports.case_of(ReportId(ABSENT))
