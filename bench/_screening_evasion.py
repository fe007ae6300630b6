"""Ten ways of hiding a word, seeded. They are our own, and so are the sentences."""

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from gongdao.adapters.screening.tables import tables

FOLDER = Path(__file__).parent / "screening"
_SEED = 7
_TABLES = tables()
_TRADITIONAL = {simple: full for full, simple in _TABLES.simplified.items()}
_PARTS = {whole: parts for parts, whole in _TABLES.splits.items()}
_LIKE: dict[str, list[str]] = {}
for _char, _sound in sorted(_TABLES.sounds.items()):
    if len(_char.encode("gb2312", "ignore")) == 2 and _char.encode("gb2312")[0] < 0xD8:
        _LIKE.setdefault(_sound, []).append(_char)  # the more common half alone

Way = Callable[[str, random.Random], str]


def carriers() -> list[tuple[str, str, str]]:
    """What stands before the word, the word, and what stands behind it."""
    lines = (FOLDER / "carriers.txt").read_text("utf-8").splitlines()
    found = [re.fullmatch(r"(.*)\[(.+)\](.*)", line) for line in lines if not line.startswith("#")]
    return [(each[1], each[2], each[3]) for each in found if each]


def hidden() -> Mapping[str, list[str]]:
    """Each way, and the forty sentences hidden by it; a word that it cannot change is left out."""
    chance = random.Random(_SEED)
    several: dict[str, list[str]] = {}
    for name, way in WAYS.items():
        for before, word, after in carriers():
            other = way(word, chance)
            if other != word:
                several.setdefault(name, []).append(before + other + after)
    return several


def plainly() -> list[str]:
    """The sentences with nothing hidden."""
    return ["".join(each) for each in carriers()]


def _form(word: str, _: random.Random) -> str:
    return "".join(_TRADITIONAL.get(char, char) for char in word)


def _separated(word: str, chance: random.Random) -> str:
    return chance.choice(["*", "-", ".", "_", " ", "·", "~", "/", "、", "|"]).join(word)


def _emoji(word: str, chance: random.Random) -> str:
    return chance.choice(["🌸", "👍", "❤️", "😀", "🔥"]).join(word)


def _invisible(word: str, chance: random.Random) -> str:
    return chance.choice(["\u200b", "\u200d", "\ufeff", "\u2060", "\u00ad"]).join(word)


def _marked(word: str, chance: random.Random) -> str:
    mark = chance.choice(["\u0336", "\u0301", "\u20dd", "\u0332"])
    return "".join(char + mark for char in word)


def _split(word: str, _: random.Random) -> str:
    return "".join(_PARTS.get(char, char) for char in word)


def _homophone(word: str, chance: random.Random) -> str:
    chars = list(word)
    for place in chance.sample(range(len(chars)), max(1, len(chars) // 2)):
        same = _LIKE.get(_TABLES.sounds.get(chars[place], ""), [])
        others = [each for each in same if each != chars[place]]
        chars[place] = chance.choice(others) if others else chars[place]
    return "".join(chars)


def _pinyin(word: str, chance: random.Random) -> str:
    whole = chance.random() < 0.5
    at = chance.randrange(len(word))
    return "".join(
        _TABLES.sounds.get(char, char) if whole or place == at else char
        for place, char in enumerate(word)
    )


def _initials(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return "".join(
        _TABLES.sounds.get(char, char)[0] if place == at else char
        for place, char in enumerate(word)
    )


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


WAYS: Mapping[str, Way] = {
    "traditional": _form,
    "separators": _separated,
    "emoji": _emoji,
    "invisible": _invisible,
    "marks": _marked,
    "split": _split,
    "homophones": _homophone,
    "pinyin": _pinyin,
    "initials": _initials,
    "swapped": _swapped,
}
