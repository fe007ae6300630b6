"""What is promised of labels."""

from dataclasses import replace
from datetime import timedelta

from tests.stories.stage import Stage

from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.labels import Label, Noted, Said

NOTED = (Noted(Category.ABUSE, "废物 (plain)", 0.6), Noted(Category.ABUSE, "screening-1", 0.8))


def label(stage: Stage, words: str = "你就是个废物", **changes: object) -> Label:
    """A label of a new text, changed where a test wants it changed."""
    r = stage.records
    with r.work():
        text = r.texts.seal(words, None)
    of, at = r.new_id(), stage.clock()
    by, author = PersonId(r.new_id()), PersonId(r.new_id())
    plain = Label(
        r.new_id(), text, Category.ABUSE, True, Said.DECISION, of, at, NOTED, by, author
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names the fields


class TestLabels:
    def test_what_was_kept_is_read_as_it_was_the_oldest_first(self, stage: Stage) -> None:
        labels = stage.records.labels
        assert list(labels.counted()) == []
        later = label(stage, findings=(), true=False, said=Said.RULING, by=None, author=None)
        earlier = label(stage, at=stage.clock() - timedelta(hours=1))
        with stage.records.work():
            labels.keep(later)
            labels.keep(earlier)
        assert list(labels.counted()) == [earlier, later]
        assert list(labels.counted(stage.clock())) == [later]

    def test_of_the_same_text_and_category_the_latest_counts(self, stage: Stage) -> None:
        labels = stage.records.labels
        first = label(stage)
        turned = replace(
            label(stage), text=first.text, true=False, said=Said.REVIEW,
            at=first.at + timedelta(days=1),
        )  # fmt: skip
        other = replace(label(stage), text=first.text, category=Category.FRAUD)
        with stage.records.work():
            for each in (turned, first, other):
                labels.keep(each)
        assert list(labels.counted()) == [other, turned]
        assert list(labels.counted(first.at + timedelta(hours=1))) == [turned]

    def test_an_older_word_does_not_count_again_because_of_a_bound(self, stage: Stage) -> None:
        labels = stage.records.labels
        old = label(stage, at=stage.clock() - timedelta(days=9))
        with stage.records.work():
            labels.keep(old)
        assert list(labels.counted(stage.clock() - timedelta(days=1))) == []

    def test_the_same_label_kept_twice_counts_once(self, stage: Stage) -> None:
        labels, one = stage.records.labels, label(stage)
        with stage.records.work():
            labels.keep(one)
            labels.keep(replace(one, true=False))
        assert list(labels.counted()) == [one]
