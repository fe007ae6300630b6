"""Who gives a paper: asked for by law here, kept encrypted, shown to whoever must know alone."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from gongdao.domain.counter_notices.events import PartyKind
from gongdao.domain.policy.counter_notices import IdentityRule, Share

_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_FIRM_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_NUMBER_LENGTH = 18
_SHOWN = 2
MASK = "▇"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as they say; staff hold it against what they bring."""

    party: PartyKind
    name: str
    number: str
    """Of an identity document, or a firm's unified social credit code."""
    contact: str
    """An e-mail address."""

    def written(self) -> str:
        """As one text, to be sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def read(text: str | None) -> Identity | None:
    """It back from its text; None once that was erased."""
    if text is None:
        return None
    kept = json.loads(text)
    return Identity(PartyKind(kept["party"]), kept["name"], kept["number"], kept["contact"])


def shared(identity: Identity, rule: IdentityRule) -> Identity:
    """What the other side gets of it: no more than the law asks for."""
    return Identity(
        identity.party,
        _shared(identity.name, rule.name),
        _shared(identity.number, rule.number),
        _shared(identity.contact, rule.contact),
    )


def hidden_words(identity: Identity, rule: IdentityRule) -> Sequence[str]:
    """What of it must not stand in a text that the other side reads."""
    parts = (
        (identity.name, rule.name),
        (identity.number, rule.number),
        (identity.contact, rule.contact),
    )
    return [value for value, share in parts if share is not Share.WHOLE and value]


def number_is_well_formed(party: PartyKind, number: str) -> bool:
    """Whether a number of eighteen places checks itself; any other is left to staff.

    A passport has no check digit that all countries share, so that nothing is refused for it.
    """
    plain = number.replace(" ", "").upper()
    if len(plain) != _NUMBER_LENGTH:
        return party is PartyKind.PERSON
    return _resident(plain) if party is PartyKind.PERSON else _firm(plain)


def _resident(number: str) -> bool:
    """GB 11643: ISO 7064 mod 11-2."""
    head, check = number[:-1], number[-1]
    if not (head.isascii() and head.isdecimal()):
        return False
    total = sum(int(d) * w for d, w in zip(head, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11] == check


def _firm(number: str) -> bool:
    """GB 32100: mod 31 over the first seventeen places."""
    if any(d not in _FIRM_DIGITS for d in number):
        return False
    total = sum(_FIRM_DIGITS.index(d) * pow(3, n, 31) for n, d in enumerate(number[:-1]))
    return _FIRM_DIGITS[(31 - total % 31) % 31] == number[-1]


def _shared(value: str, share: Share) -> str:
    if share is Share.WHOLE:
        return value
    if share is Share.WITHHELD or len(value) <= 2 * _SHOWN:
        return MASK * 4 if value else ""
    return f"{value[:_SHOWN]}{MASK * 4}{value[-_SHOWN:]}"
