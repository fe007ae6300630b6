"""Numbers that check themselves: resident ids (GB 11643) and bank cards (Luhn)."""

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
_PROVINCES = frozenset(str(n) for begin, end in _RANGES for n in range(begin, end + 1))
"""GB/T 2260, with the numbers of residents from Taiwan, Hong Kong and Macao. Counties are not
checked: they came and went, and everybody born before one existed would be missed."""
_ID_LENGTH = 18


def is_resident_id(digits: str, today: date) -> bool:
    """Whether 18 characters are a resident id of somebody born by today: place, day and check."""
    body, check = digits[:-1], digits[-1:].upper()
    if len(digits) != _ID_LENGTH or not (body.isascii() and body.isdecimal()):
        return False
    if digits[:2] not in _PROVINCES:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    if not date(1900, 1, 1) <= born <= today:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == check


def passes_luhn(digits: str) -> bool:
    """Whether a card number's last digit fits. One random number in ten does, too."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (1 + place % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - two digits, added up
    return total % 10 == 0
