"""A syllable of Pinyin in the letters of Zhuyin (Bopomofo), which some write to hide a word."""

import re

_PAIRS = re.compile("([a-z]+)([ㄅ-ㄩ]+)")
_FIRST: dict[str, str] = dict(
    _PAIRS.findall(
        "zhㄓ chㄔ shㄕ bㄅ pㄆ mㄇ fㄈ dㄉ tㄊ nㄋ lㄌ gㄍ kㄎ hㄏ jㄐ qㄑ xㄒ rㄖ zㄗ cㄘ sㄙ"
    )
)
_REST: dict[str, str] = dict(
    _PAIRS.findall(
        "aㄚ oㄛ eㄜ aiㄞ eiㄟ aoㄠ ouㄡ anㄢ enㄣ angㄤ engㄥ erㄦ iㄧ iaㄧㄚ ieㄧㄝ "
        "iaoㄧㄠ iuㄧㄡ ianㄧㄢ inㄧㄣ iangㄧㄤ ingㄧㄥ uㄨ uaㄨㄚ uoㄨㄛ uaiㄨㄞ uiㄨㄟ "
        "uanㄨㄢ unㄨㄣ uangㄨㄤ ongㄨㄥ vㄩ veㄩㄝ vanㄩㄢ vnㄩㄣ iongㄩㄥ"
    )
)
_ALONE = {
    "yi": "i", "ya": "ia", "ye": "ie", "yao": "iao", "you": "iu", "yan": "ian", "yin": "in",
    "yang": "iang", "ying": "ing", "yong": "iong", "yu": "v", "yue": "ve", "yuan": "van",
    "yun": "vn", "wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "ui", "wan": "uan",
    "wen": "un", "wang": "uang", "weng": "ong",
}  # fmt: skip
_HISSING = frozenset("ㄓㄔㄕㄖㄗㄘㄙ")


def zhuyin(syllable: str) -> str:
    """The syllable in Zhuyin, without its tone."""
    if syllable in _ALONE:
        return _REST[_ALONE[syllable]]
    size = next((n for n in (2, 1) if syllable[:n] in _FIRST), 0)
    first, rest = _FIRST.get(syllable[:size], ""), syllable[size:]
    if rest == "i" and first in _HISSING:
        return first
    if first and first in "ㄐㄑㄒ" and rest.startswith("u"):
        rest = f"v{rest[1:]}"
    if rest == "ue":
        rest = "ve"
    return first + _REST.get(rest, rest)
