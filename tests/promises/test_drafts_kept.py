"""Drafts of appeals are kept by version, forgotten when told, and tidied; fake and real alike."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.stories.stage import Stage, stage_on_postgres

from gongdao.domain.appeals.drafts import Draft, write
from gongdao.domain.kernel.errors import BadInput, MovedOn
from gongdao.domain.kernel.ids import DecisionId

DAY = timedelta(days=1)


class TestDrafts:
    """The promises of the port."""

    @pytest.fixture
    def draft(self, stage: Stage) -> Draft:
        """Give the draft of somebody who has written nothing."""
        person = stage.records.parties.newcomer(None, "zh-hans")
        return stage.records.drafts.of(DecisionId(stage.records.new_id()), person)

    def keep(self, stage: Stage, draft: Draft, **texts: str) -> Draft:
        new = write(draft, texts, draft.version, "a window", stage.clock())
        with stage.records.work():
            stage.records.drafts.keep(new, draft.version, stage.clock() + DAY)
        return new

    def test_what_was_kept_is_read_again(self, stage: Stage, draft: Draft) -> None:
        first = self.keep(stage, draft, wish="lift", answer_what="经过“如此”。\n第二行")
        assert stage.records.drafts.of(draft.decision, draft.person) == first
        second = self.keep(stage, first, wish="milder")
        found = stage.records.drafts.of(draft.decision, draft.person)
        assert (found.version, found.text("wish")) == (2, "milder")
        assert found.passages["answer_what"].version == 1
        assert found == second

    def test_the_second_of_two_is_told(self, stage: Stage, draft: Draft) -> None:
        first = self.keep(stage, draft, wish="lift")
        with pytest.raises(MovedOn, match=r"draft\.moved_on"):
            self.keep(stage, draft, wish="milder")
        self.keep(stage, first, wish="correct")
        with pytest.raises(MovedOn, match=r"draft\.moved_on"):
            self.keep(stage, first, wish="milder")

    def test_others_have_drafts_of_their_own(self, stage: Stage, draft: Draft) -> None:
        self.keep(stage, draft, wish="lift")
        other = stage.records.parties.newcomer(None, "en")
        assert stage.records.drafts.of(draft.decision, other).texts == {}

    def test_it_is_forgotten_and_tidied(self, stage: Stage, draft: Draft) -> None:
        self.keep(stage, draft, wish="lift")
        assert stage.records.drafts.tidy(stage.clock() + DAY) == 0
        stage.records.drafts.forget(draft.decision, draft.person)
        assert stage.records.drafts.of(draft.decision, draft.person).version == 0
        self.keep(stage, draft, wish="lift")
        assert stage.records.drafts.tidy(stage.clock() + 2 * DAY) == 1
        assert stage.records.drafts.of(draft.decision, draft.person).version == 0

    def test_halves_of_characters_are_refused(self, stage: Stage, draft: Draft) -> None:
        with pytest.raises(BadInput, match=r"text\.broken"):
            self.keep(stage, draft, answer_what="\ud83d")


@pytest.mark.django_db
def test_nothing_of_a_draft_can_be_read_in_the_table() -> None:
    stage = stage_on_postgres()
    person = stage.records.parties.newcomer(None, "zh-hans")
    draft = stage.records.drafts.of(DecisionId(stage.records.new_id()), person)
    TestDrafts().keep(stage, draft, answer_what="secret words")
    with connection.cursor() as cursor:
        cursor.execute("select cipher from appeal_draft")
        (cipher,) = cursor.fetchone() or (b"",)
    assert cipher
    assert b"secret" not in bytes(cipher)
