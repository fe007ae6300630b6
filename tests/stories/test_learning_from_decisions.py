"""A model is learned of what decisions say, of every category; no single voice decides what."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.stories.stage import Stage, erase, refused, stage_on_fakes
from tests.stories.test_models_change import BAD, GOOD, texts

from gongdao.adapters.screening import model_file, training
from gongdao.bootstrap import comparing, screening
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.bounds import fair
from gongdao.domain.screening.comparing import Verdict
from gongdao.domain.screening.labels import Label, Said

AD = Category.ADVERTISING


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Give a house that the command line works on."""
    found = stage_on_fakes()
    monkeypatch.setattr("gongdao.bootstrap.app", lambda: found.app)
    return found


def teach(stage: Stage, count: int, *, reviewers: int = 3, accounts: int = 40) -> None:
    """Keep so many labels of each kind, said by turns."""
    r = stage.records
    people = [PersonId(r.new_id()) for _ in range(reviewers)]
    authors = [PersonId(r.new_id()) for _ in range(accounts)]
    pairs = zip(texts(count, BAD), texts(count, GOOD), strict=True)
    for number, pair in enumerate(pairs):
        for text, true in zip(pair, (True, False), strict=True):
            with r.work():
                seal = r.texts.seal(text, None)
                r.labels.keep(
                    Label(
                        r.new_id(), seal, AD, true, Said.DECISION, r.new_id(),
                        stage.clock() + timedelta(minutes=number), (),
                        people[number % reviewers], authors[number % accounts],
                    )
                )  # fmt: skip


def train(folder: Path, **more: Any) -> tuple[Path, list[str]]:
    folding = screening.letters().folding
    said = list(
        training.train(None, folder, folding, comparing.lessons(), comparing.base(None), **more)
    )
    return folder / "model.bin", said


def test_a_category_of_ones_own_is_learned_and_the_others_are_taken_over(
    stage: Stage, tmp_path: Path
) -> None:
    teach(stage, 130)
    first = stage.records.labels.counted()[0]
    erase(stage, first.text)
    file, said = train(tmp_path)
    card = model_file.card(file.read_bytes())
    assert card["labels"] == comparing.lessons().card
    assert card["labels"]["trained_on"] == {"advertising.decision": 207}
    assert (card["labels"]["held_out"], card["labels"]["erased"]) == (52, 1)
    assert card["taken_over"]["heads"] == ["abuse", "fraud"]
    assert "learned: advertising" in said
    learned = model_file.load(file.read_bytes(), screening.letters().folding)
    heard = {each.category: each.share for each in learned.hear("滚开你这条狗呀")}
    assert set(heard) == {AD, Category.ABUSE, Category.FRAUD}
    assert heard[AD] > 0.5
    again, _ = train(tmp_path / "again")
    assert again.read_bytes() == file.read_bytes()
    json.dumps(card)
    labels, _ = comparing.labelled()
    found = comparing.compare(None, file, None, labels)
    (told,) = found.told
    assert (told.category, told.n, told.with_lists) == (AD, 52, True)
    assert (found.lost, found.verdict) == ((), Verdict.BETTER)


def test_what_one_reviewer_or_one_account_says_alone_is_not_learned(
    stage: Stage, tmp_path: Path
) -> None:
    teach(stage, 130, reviewers=1)
    assert comparing.lessons().card["left_out"] == 208
    with refused("model.too_few_labels", BadInput, least=100):
        train(tmp_path)
    assert not (tmp_path / "model.bin").exists()


def test_few_accounts_are_too_few_voices(stage: Stage, tmp_path: Path) -> None:
    teach(stage, 130, accounts=9)
    with refused("model.too_few_labels", BadInput):
        train(tmp_path)


def test_what_is_asked_for_and_cannot_be_learned_is_refused(stage: Stage, tmp_path: Path) -> None:
    with refused("model.no_labels", BadInput):
        comparing.lessons()
    teach(stage, 130)
    with refused("model.too_few_labels", BadInput):
        train(tmp_path, only=[AD, Category.PORN])
    file, said = train(tmp_path, only=[AD])
    assert file.exists()
    assert "learned: advertising" in said


@pytest.mark.parametrize(
    ("said", "share", "left"),
    [
        ("", 0.5, ""),
        ("aaaa", 0.5, ""),
        ("aaaa", 1.0, "aaaa"),
        ("abab", 0.5, "abab"),
        ("aaaaaab", 0.5, "ab"),
        ("aaaabbc", 0.4, "aabbc"),
        ("????", 0.3, "????"),
        ("aaa???", 0.25, "a???"),
        ("ab", 0.1, ""),
    ],
)
def test_nobody_is_more_than_a_share_of_what_is_left(said: str, share: float, left: str) -> None:
    found = fair(said, lambda each: None if each == "?" else each, share)
    assert "".join(found) == left
