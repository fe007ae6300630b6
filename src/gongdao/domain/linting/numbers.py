"""Numbers as people give exhibits: in figures or in Chinese characters."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TEN = "十"


def number(written: str) -> int:
    """`12`, `十二` and `一二` are twelve."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition(_TEN)
    if not ten:
        return _row(ones)
    return 10 * (_row(tens) if tens else 1) + _row(ones)


def _row(written: str) -> int:
    value = 0
    for char in written:
        value = 10 * value + _DIGITS.get(char, 0)
    return value
