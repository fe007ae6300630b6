"""Ten ways of hiding a word, and ten more, seeded. They are our own, and so are the sentences."""

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from gongdao.adapters.screening.tables import tables
from gongdao.domain.screening.zhuyin import zhuyin

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


def hidden(ways: Mapping[str, Way] | None = None) -> Mapping[str, list[str]]:
    """The sentences hidden by each of the ways; a word that it cannot change is left out."""
    chance = random.Random(_SEED)
    several: dict[str, list[str]] = {}
    for name, way in (WAYS if ways is None else ways).items():
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


def _one_in(word: str, chance: random.Random, written: Callable[[str], str]) -> str:
    """One character by its syllable, in other letters."""
    at = chance.randrange(len(word))
    return "".join(
        written(_TABLES.sounds.get(char, char)) if place == at else char
        for place, char in enumerate(word)
    )


def _zhuyin(word: str, chance: random.Random) -> str:
    return _one_in(word, chance, zhuyin)


def _like_letters(word: str, chance: random.Random) -> str:
    signs: dict[str, list[str]] = {}
    for sign, letter in _TABLES.alike.items():
        signs.setdefault(letter, []).append(sign)
    return _one_in(
        word, chance, lambda sound: "".join(chance.choice(signs.get(c, [c])) for c in sound)
    )


def _mixed(word: str, chance: random.Random) -> str:
    return _separated(_homophone(word, chance), chance)


def _flag_letters(word: str, chance: random.Random) -> str:
    first = 0x1F1E6 - ord("a")
    return _one_in(word, chance, lambda sound: "".join(chr(ord(c) + first) for c in sound))


def _toned(word: str, chance: random.Random) -> str:
    return "".join(f"{_TABLES.sounds.get(char, char)}{chance.randrange(1, 5)}" for char in word)


MORE: Mapping[str, Way] = {
    "mirrored": lambda word, _: word[::-1],
    "turned": lambda word, _: f"\u202e{word[::-1]}\u202c",
    "zhuyin": _zhuyin,
    "letters alike": _like_letters,
    "figures between": lambda word, chance: chance.choice("0123456789x").join(word),
    "tones": _toned,
    "doubled": lambda word, _: "".join(char * 2 for char in word),
    "homophones apart": _mixed,
    "flags": _flag_letters,
    "a word between": lambda word, chance: chance.choice("的了啊呀嘛").join((word[:1], word[1:])),
}
"""Ten more: the first eight the readings know in part, the last two they leave alone."""
