"""Training is reproducible and calibrated; a model's file is read again, a damaged one refused."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongdao.adapters.screening import model_file, training
from gongdao.adapters.screening.model_file import MAGIC
from gongdao.adapters.screening.tables import words
from gongdao.bootstrap import screening
from gongdao.bootstrap.pack_shelf import pack_root
from gongdao.bootstrap.screening import letters
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.policy.screening import Category, Lane, ScreeningPolicy
from gongdao.domain.screening.grams import reader
from gongdao.domain.screening.heads import Head, Model
from gongdao.domain.screening.learning import Example, Settings, isotonic, learn
from gongdao.domain.screening.lexicon import Lexicon
from gongdao.domain.screening.model import Finding, Source
from gongdao.domain.screening.rules import ORDER, suggested

READER = reader(letters().folding)


@pytest.fixture(scope="module")
def head() -> Head:
    return learned()


def learned() -> Head:
    read = READER.read
    goods = ["花", "鸟", "鱼", "虫", "山", "水", "风", "月", "云", "雨"]
    texts = [f"{one}真{how}{two}" for how in ("好看", "难看") for one in goods for two in goods]
    examples = [Example(read(each), "难看" in each) for each in texts]
    return learn(Category.ABUSE, examples, Settings(held_out=4), lambda place: texts[place])


def test_it_learns_what_makes_the_difference(head: Head) -> None:
    model = Model("test", READER, (head,))
    bad, good = model.hear("雪真难看雪")[0], model.hear("雪真好看雪")[0]
    assert bad.share > 0.9
    assert good.share < 0.1
    assert "难" in "雪真难看雪"[bad.start : bad.end]


def test_the_same_texts_give_the_same_bytes(head: Head) -> None:
    assert model_file.dump("1", [head], {}) == model_file.dump("1", [learned()], {})


def test_a_file_gives_the_model_back(head: Head) -> None:
    content = model_file.dump("7", [head], {"examples": 3})
    again = model_file.load(content, letters().folding)
    assert again.version == "7"
    assert again.heads[0].calibration == head.calibration
    assert (again.heads[0].weights == head.weights).all()
    assert model_file.card(content) == {"examples": 3}


@pytest.mark.parametrize("place", [0, 25, 60, -40, -1])
def test_one_changed_byte_is_found(head: Head, place: int) -> None:
    content = bytearray(model_file.dump("7", [head], {}))
    content[place] ^= 1
    with pytest.raises(BadInput) as refused:
        model_file.load(bytes(content), letters().folding)
    assert refused.value.code == "model.damaged"


@pytest.mark.parametrize("content", [b"", MAGIC, b"PK\x03\x04" * 20])
def test_what_is_no_model_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        model_file.load(content, letters().folding)


def sealed(content: bytes) -> bytes:
    """The same with a digest that fits."""
    return content[:-32] + sha256(content[:-32]).digest()


def test_a_model_of_the_version_before_is_still_read(head: Head) -> None:
    before = MAGIC.replace(b"2", b"1") + model_file.dump("7", [head], {})[len(MAGIC) :]
    assert model_file.load(sealed(before), letters().folding).heads[0].words is None


def test_a_model_of_a_later_version_or_of_other_words_is_refused_by_name(head: Head) -> None:
    later = MAGIC.replace(b"2", b"3") + model_file.dump("7", [head], {})[len(MAGIC) :]
    others = replace(head, words=replace(words(), digest="0" * 64))
    for content in (sealed(later), model_file.dump("7", [others], {})):
        with pytest.raises(BadInput) as refused:
            model_file.load(content, letters().folding)
        assert refused.value.code == "model.other_version"


def read_in_words(text: str) -> list[str]:
    folded = READER.read(text)
    ranks, places = words().find(folded.codes)
    ends = [int(np.ceil(int(key).bit_length() / 15)) for key in words().keys[ranks]]
    return [folded.text[a : a + n] for a, n in zip(places.tolist(), ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("ab, 12。", []),
        ("他們都是學生", ["他们", "都", "是", "学生"]),
        ("ab人民cd", ["人民"]),
        ("中华人民共和国", ["中华", "华人", "人民", "共和国"]),
    ],
)
def test_words_are_the_longest_that_lie_in_no_other(text: str, found: list[str]) -> None:
    assert read_in_words(text) == found


def test_a_word_never_seen_is_judged_by_others_of_like_meaning(tmp_path: Path) -> None:
    foolish = ["笨蛋", "傻瓜", "蠢人", "白痴", "呆子"]
    others = ["桌子", "椅子", "窗户", "杯子", "书包"]
    texts = [f"{one}在{two}" for one in (*foolish, *others) for two in "东南西北上下左右前后"]
    examples = [Example(READER.read(each), each[:2] in foolish) for each in texts]
    settings_of = Settings(ridge=1.0, held_out=4, meanings=2.0)
    learned_of = learn(Category.ABUSE, examples, settings_of, lambda place: texts[place], words())
    path = tmp_path / "model.bin"
    path.write_bytes(model_file.dump("1", [learned_of], {}))
    hear = screening.read_model(path).hear
    assert hear("傻子在这")[0].share > hear("柜子在这")[0].share


def test_a_model_that_reads_no_words_needs_no_list_of_them(
    head: Head, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_file, "words", None)
    monkeypatch.setattr(training, "words", None)
    texts = [
        training.Labelled(f"{one}{two}真难看", two == "很") for one in "花鸟鱼虫" for two in "很不"
    ]
    bare = training.head(Category.FRAUD, texts, READER, training.OWN)
    again = model_file.load(model_file.dump("1", [head, bare], {}), letters().folding)
    assert [each.words for each in again.heads] == [None, None]


def test_without_its_model_the_lexicon_works_on(tmp_path: Path) -> None:
    damaged = tmp_path / "model.bin"
    damaged.write_bytes(b"nothing")
    lists = screening.read_lists([pack_root() / "house" / "lexicon"])
    ready = screening.make(lists, damaged)
    found = ready.look("诚信代开发票", screening.policy())
    assert found.model_failed == "model.damaged"
    assert [each.category for each in found.findings] == [Category.ADVERTISING]
    assert screening.make(Lexicon(), tmp_path / "none").model_failed == "model.not_there"


@given(st.lists(st.tuples(st.floats(-9, 9), st.booleans()), min_size=1, max_size=40))
@settings(max_examples=40, deadline=None)
def test_a_calibration_rises_and_stays_a_share(pairs: list[tuple[float, bool]]) -> None:
    sums = np.array([each for each, _ in pairs])
    true = np.array([each for _, each in pairs], np.float64)
    found = isotonic(sums, true, np.ones(len(pairs)))
    assert list(found.shares) == sorted(found.shares)
    assert all(0 < each < 1 for each in found.shares)
    assert found.share(-1e9) <= found.share(0.0) <= found.share(1e9)


def policy(**changes: object) -> ScreeningPolicy:
    known = {"source": "house", "as_of": "2026-11-22", "basis": "house"}
    lanes = {"delay": 0.5, "second_look": 0.7, "third_look": 0.9, **known}
    whole = {"most": 9, "entry_score": 0.6, "disguise": 0.8, "lanes": lanes, **known}
    return ScreeningPolicy.model_validate_json(json.dumps(whole | changes))


@pytest.mark.parametrize(
    ("scores", "lane"),
    [
        ([], Lane.PUBLISH),
        ([0.49], Lane.PUBLISH),
        ([0.5], Lane.DELAY),
        ([0.69, 0.69, 0.69], Lane.DELAY),
        ([0.1, 0.7], Lane.SECOND_LOOK),
        ([0.9], Lane.THIRD_LOOK),
    ],
)
def test_the_weightiest_finding_decides_the_lane(scores: list[float], lane: Lane) -> None:
    found = [Finding(Category.FRAUD, 0, 1, Source.MODEL, "", each) for each in scores]
    assert suggested(found, policy()) is lane


def test_no_lane_deletes() -> None:
    assert set(ORDER) == set(Lane)
    assert not any("delet" in each or "remov" in each for each in Lane)


def test_thresholds_have_to_rise() -> None:
    lanes = {"delay": 0.8, "second_look": 0.7, "third_look": 0.9}
    known = {"source": "house", "as_of": "2026-11-22", "basis": "house"}
    with pytest.raises(ValueError, match="have to rise"):
        policy(lanes=lanes | known)
