"""An appeal while it is being written: saved at every step, the same on every device.

Each passage remembers at which version it was written and from which window, so that two windows
never overwrite one another's words, and one window never stumbles over its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from gongdao.domain.kernel.errors import BadInput, MovedOn, Refused, hint_noop
from gongdao.domain.kernel.ids import DecisionId, PersonId
from gongdao.domain.policy.questions import Part

SITUATION, WISH, EDITED, CONFIRMED = "situation", "wish", "edited", "confirmed"
"""What is kept beside answers and parts: the template, what is asked for, whether the parts were
changed by hand (until then they are put together anew out of the answers), and whether the
decision was looked at."""
OWN = "own"
"""The situation of somebody who uses no template."""
PARTS = {part: f"part_{part.value}" for part in Part}
"""Under which name each part of the statement is kept."""
_ANSWER = "answer_"


def answer_name(question: str) -> str:
    """Under which name the answer to a question is kept."""
    return f"{_ANSWER}{question}"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a draft."""

    text: str
    version: int
    """Of the draft, when it was written."""
    writer: str = ""
    """The window that wrote it; empty for a program."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has written so far for an appeal against one decision."""

    decision: DecisionId
    person: PersonId
    version: int = 0
    """0 while nothing is kept."""
    passages: Mapping[str, Passage] = field(default_factory=dict)
    saved_at: datetime | None = None

    def text(self, name: str) -> str:
        """One text; empty where there is none."""
        kept = self.passages.get(name)
        return kept.text if kept else ""

    @property
    def texts(self) -> dict[str, str]:
        """Every text that is not empty."""
        return {name: each.text for name, each in self.passages.items() if each.text}

    def answers(self) -> dict[str, str]:
        """The answers by the codes of their questions."""
        return {
            name.removeprefix(_ANSWER): text
            for name, text in self.texts.items()
            if name.startswith(_ANSWER)
        }

    def touched(self, *names: str) -> int:
        """At which version one of these was last written."""
        return max((self.passages[n].version for n in names if n in self.passages), default=0)


def write(draft: Draft, texts: Mapping[str, str], seen: int, writer: str, now: datetime) -> Draft:
    """The draft with these texts; MovedOn where another window has changed one of them since."""
    if any(_moved_on(draft, name, text, seen, writer) for name, text in texts.items()):
        raise moved_on()
    changed = {name: text for name, text in texts.items() if text != draft.text(name)}
    if not changed:
        return draft
    version = draft.version + 1
    new = {name: Passage(text, version, writer) for name, text in changed.items()}
    return replace(draft, version=version, passages={**draft.passages, **new}, saved_at=now)


def _moved_on(draft: Draft, name: str, text: str, seen: int, writer: str) -> bool:
    kept = draft.passages.get(name)
    if kept is None or kept.text == text or kept.version <= seen:
        return False
    return not writer or kept.writer != writer


def moved_on() -> MovedOn:
    """What the second of two windows is told."""
    return MovedOn(
        "draft.moved_on",
        hint_noop("This draft was changed in another window. Compare the two and choose."),
    )


def check_length(text: str, most: int) -> None:
    """Refuse a text that does not fit, with what does."""
    if len(text) > most:
        raise Refused(
            "draft.too_long",
            hint_noop("Up to {most} characters fit here, and it has {length}. Shorten it."),
            most=most,
            length=len(text),
        )


def check_names(texts: Mapping[str, str], known: Mapping[str, int]) -> None:
    """Refuse names that no screen has, and texts that do not fit."""
    for name, text in texts.items():
        if name not in known:
            raise BadInput(
                "draft.unknown_field",
                hint_noop("{name} is no part of this draft. It has: {known}."),
                name=name[:80],
                known=", ".join(sorted(known)),
            )
        check_length(text, known[name])


def forgotten_at(closes_at: datetime | None, saved_at: datetime, kept_for: timedelta) -> datetime:
    """From when on the draft is kept no longer: so long after its window."""
    return max(closes_at or saved_at, saved_at) + kept_for


class Drafts(Protocol):
    """Everybody's drafts; their texts lie encrypted."""

    def of(self, decision: DecisionId, person: PersonId) -> Draft:
        """The draft; an empty one where none is kept."""

    def keep(self, draft: Draft, after: int, forget_at: datetime) -> None:
        """Keep it in place of that version; MovedOn where another one is kept."""

    def forget(self, decision: DecisionId, person: PersonId) -> None:
        """Delete it, if there is one."""

    def tidy(self, now: datetime) -> int:
        """Delete what is kept no longer; how many that was."""
