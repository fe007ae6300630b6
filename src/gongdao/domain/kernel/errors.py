"""
What can go wrong, in one tree.

* GongdaoError
  - Refused        the rules say no; the person can act on it        HTTP 409 or 422, exit 1
  - NotFound       no such thing, or none that you may see           HTTP 404, exit 1
  - MovedOn        somebody else was faster; read again              HTTP 409, exit 1
  - BadInput       what came in cannot be read                       HTTP 400 or 422, exit 2
  - PackInvalid    a rule pack does not say what it must             exit 2
  - PeerFailed     a system that we depend on did not answer         retried

Every one carries a stable `code` and a `hint` that says what to do next. The hint is an
English sentence with `{named}` gaps; `facts` fill them. The ways in translate the sentence
first and fill it afterwards, so that page, API and command line say the same thing.
"""

from datetime import date, datetime
from string import Formatter

Fact = str | int | float | date | datetime


def hint_noop(sentence: str) -> str:
    """Mark a sentence for the translation catalogues without translating it."""
    return sentence


class GongdaoError(Exception):
    """Root of every error that we raise on purpose."""

    def __init__(self, code: str, hint: str, /, **facts: Fact) -> None:
        """Keep the stable code, the sentence with gaps and what fills them."""
        self.code = code
        self.sentence = hint
        self.facts = facts
        super().__init__(f"{code}: {self.hint}")

    @property
    def hint(self) -> str:
        """What to do next, in English."""
        return fill(self.sentence, self.facts)


class Refused(GongdaoError):
    """A rule forbids this step."""


class NotFound(GongdaoError):
    """There is no such thing, or none that this person may see: the two look alike."""


class MovedOn(GongdaoError):
    """The record changed since it was read."""


class BadInput(GongdaoError):
    """What came in cannot be read as what it claims to be."""


class PackInvalid(GongdaoError):
    """A rule pack does not say what it must."""


class PeerFailed(GongdaoError):
    """A system that we depend on did not answer."""


def fill(sentence: str, facts: dict[str, Fact]) -> str:
    """Put the facts into the gaps of a sentence; moments are shown to the minute."""
    wanted = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    shown = {
        name: f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value
        for name, value in facts.items()
        if name in wanted
    }
    return sentence.format(**shown)
