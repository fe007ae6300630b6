"""Who comes in with the code, and what happens when somebody else tries it.

The first who follows a code gives a name and sets a word. From then on the code alone opens
nothing: another device needs the word, and both sides are told of it, and of wrong words as well.
"""

from datetime import datetime

from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import Sealed
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.policy.negotiation import TalkLimits
from gongdao.domain.settlement.events import (
    CounterpartCame,
    DeviceCame,
    ImpostorSuspected,
    SuspicionCleared,
    WrongWordTried,
)
from gongdao.domain.settlement.model import Settlement, TalkStage

MOST_DEVICES = 20
MOST_NAME = 60
MOST_SUBJECT = 120


def check_word(word: str, limits: TalkLimits) -> None:
    """A word that others won't guess at once."""
    if len(word.strip()) < limits.word_least:
        raise BadInput(
            "settlement.word_short",
            hint_noop("Choose a word of at least {least} characters, which only you know."),
            least=limits.word_least,
        )


def check_name(name: str) -> str:
    """A name as it will stand below what is agreed."""
    said = " ".join(name.split())
    check_characters(said)
    if not said or len(said) > MOST_NAME:
        raise BadInput(
            "settlement.name",
            hint_noop("Give the name that you go by here, of at most {most} characters."),
            most=MOST_NAME,
        )
    return said


def check_subject(subject: str) -> str:
    """What it is about, as the other side reads it before it comes in."""
    about = " ".join(subject.split())
    check_characters(about)
    if not about or len(about) > MOST_SUBJECT:
        raise BadInput(
            "settlement.subject",
            hint_noop("Say what it is about, in at most {most} characters."),
            most=MOST_SUBJECT,
        )
    return about


def come(now: Settlement, name: Sealed, by: Actor, at: datetime) -> CounterpartCame:
    """Come in by a door that one has anyway: no word is set, and no device is marked."""
    if now.stage is not TalkStage.WAITING:
        raise Refused(
            "settlement.here_already",
            hint_noop("You have come in already, or this has ended. See where it stands."),
        )
    return CounterpartCame(at=at, by=by, name=name, word="", device="")


def first(
    now: Settlement, name: Sealed, word: str, device: str, by: Actor, at: datetime
) -> CounterpartCame:
    """Come first; the code must still hold."""
    if at >= now.until:
        raise Refused(
            "settlement.code_over",
            hint_noop("This code was not used in time. Ask whoever sent it for another one."),
        )
    return CounterpartCame(at=at, by=by, name=name, word=word, device=device)


def again(
    now: Settlement, word: str, device: str, limits: TalkLimits, by: Actor, at: datetime
) -> DeviceCame | WrongWordTried:
    """Come on another device; Refused while too many words were wrong."""
    if now.counterpart is None:
        raise ValueError(f"nobody came to settlement {now.id}")
    lock = limits.lock.flat()
    wrong = [each for each in now.wrong_words if each + lock > at]
    if len(wrong) >= limits.wrong_words:
        raise Refused(
            "settlement.word_locked",
            hint_noop("Too many wrong words. Devices known here still work; others from {until}."),
            until=(wrong[-limits.wrong_words] + lock).astimezone(CHINA),
        )
    if word != now.counterpart.word:
        return WrongWordTried(at=at, by=by)
    if len(now.devices) >= MOST_DEVICES:
        raise Refused(
            "settlement.devices",
            hint_noop("This was opened on {most} devices already. Use one of those."),
            most=MOST_DEVICES,
        )
    return DeviceCame(at=at, by=by, device=device)


def wrong_word() -> Refused:
    """What whoever doesn't know the word is told."""
    return Refused(
        "settlement.wrong_word",
        hint_noop("This is not the word that was set here. Both sides are told of this try."),
    )


def suspect(now: Settlement, by: Actor, at: datetime) -> ImpostorSuspected:
    """Say that whoever came before was somebody else; until it is cleared, nothing is agreed."""
    if now.counterpart is None or now.suspected or now.stage is TalkStage.CLOSED:
        raise Refused(
            "settlement.nothing_to_suspect", hint_noop("There is nothing to be said about that.")
        )
    return ImpostorSuspected(at=at, by=by)


def clear(now: Settlement, by: Actor, at: datetime) -> SuspicionCleared:
    """Say that one made sure on the platform."""
    if not now.suspected:
        raise Refused("settlement.not_suspected", hint_noop("Nobody suspects anything here."))
    return SuspicionCleared(at=at, by=by)
