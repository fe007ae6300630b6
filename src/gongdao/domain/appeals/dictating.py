"""How an appeal over the phone is taken down and confirmed: pure functions, events or refusals."""

from collections.abc import Sequence
from datetime import datetime

from gongdao.domain.appeals.dictation import (
    PARTS,
    Confirming,
    Dictation,
    DictationConfirmed,
    DictationReadBack,
    DictationStage,
    DictationTaken,
    DictationWritten,
    WrongCodeGiven,
)
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import (
    AppealId,
    CaseId,
    DecisionId,
    DictationId,
    PersonId,
    Sealed,
)
from gongdao.domain.policy.ways import PhonePolicy


def digits(chance: bytes) -> str:
    """A code of digits, one for each byte of chance; bytes above 249 are passed over.

    Whoever calls gives some bytes more than digits are wanted, and cuts what is too much.
    """
    return "".join(str(byte % 10) for byte in chance if byte < 250)  # noqa: PLR2004


def take(
    new_id: DictationId,
    about: tuple[CaseId, DecisionId, PersonId],
    code: Sealed,
    policy: PhonePolicy,
    by: Actor,
    now: datetime,
) -> DictationTaken:
    """Begin; the window counts from this moment."""
    case, decision, appellant = about
    return DictationTaken(
        at=now,
        by=by,
        dictation=new_id,
        case=case,
        decision=decision,
        appellant=appellant,
        code=code,
        until=now + policy.confirm_within.flat(),
    )


def check_parts(policy: PhonePolicy, parts: Sequence[str]) -> tuple[str, str, str]:
    """The three parts, trimmed. A part may be empty while the call goes on."""
    facts, acknowledge, change = (part.strip() for part in parts)
    for part in (facts, acknowledge, change):
        if len(part) > policy.part_most:
            raise Refused(
                "dictation.part_too_long",
                hint_noop("Shorten each part to {most} characters; one has {length} now."),
                most=policy.part_most,
                length=len(part),
            )
    if not (facts or acknowledge or change):
        raise Refused("dictation.empty", hint_noop("Write down what the caller says first."))
    return facts, acknowledge, change


def write(
    found: Dictation, parts: tuple[Sealed, Sealed, Sealed], by: Actor, now: datetime
) -> DictationWritten:
    """Keep what was said so far."""
    check_open(found, now)
    return DictationWritten(at=now, by=by, parts=parts)


def read_back(
    found: Dictation, ticked: Sequence[str], by: Actor, now: datetime
) -> DictationReadBack:
    """Keep that every part was read back and found right."""
    check_open(found, now)
    if found.parts is None:
        raise Refused("dictation.empty", hint_noop("Write down what the caller says first."))
    if set(ticked) != set(PARTS):
        raise _not_read_back()
    return DictationReadBack(at=now, by=by)


def check_open(found: Dictation, now: datetime) -> None:
    """Refused once it became an appeal, or once its time is over."""
    if found.stage is DictationStage.CONFIRMED:
        raise Refused(
            "dictation.confirmed_already", hint_noop("It was confirmed already and is an appeal.")
        )
    if not found.open_at(now):
        raise Refused(
            "dictation.over",
            hint_noop("The time to confirm ended on {until}. Call again, or appeal on the web."),
            until=found.until,
        )


def check_read_back(found: Dictation, now: datetime) -> None:
    """Refused unless everything was read back, and its time is not over."""
    check_open(found, now)
    if found.stage is not DictationStage.READ_BACK:
        raise _not_read_back()


def check_way(found: Dictation, way: Confirming, policy: PhonePolicy, by: Actor) -> None:
    """Refused where the pack doesn't know this way, or who confirms is who took it down."""
    if way.value not in {each.value for each in policy.confirm_by}:
        raise Refused(
            "dictation.way_closed",
            hint_noop("It cannot be confirmed in this way. The page says in which it can."),
        )
    if way is Confirming.SECOND_CALL and by.person == found.taker:
        raise Refused(
            "dictation.same_taker",
            hint_noop("Somebody else must take the second call: two people hear the caller."),
        )
    if way is Confirming.SPOKEN and by.person != found.taker:
        raise Refused(
            "dictation.not_taker",
            hint_noop("Only whoever took the call can record what was spoken in it."),
        )


def confirm(
    found: Dictation, appeal: AppealId, way: Confirming, by: Actor, now: datetime
) -> DictationConfirmed:
    """Let it become an appeal."""
    check_read_back(found, now)
    return DictationConfirmed(at=now, by=by, way=way, appeal=appeal)


def check_locked(found: Dictation, policy: PhonePolicy) -> None:
    """Refused once too many wrong codes were given."""
    if found.wrong_codes >= policy.wrong_codes:
        raise Refused(
            "dictation.locked",
            hint_noop("Too many wrong codes. Call again, or appeal on the web; the draft stays."),
        )


def wrong_code(by: Actor, now: datetime) -> WrongCodeGiven:
    """Keep that a wrong code was given."""
    return WrongCodeGiven(at=now, by=by)


def not_the_code(found: Dictation, policy: PhonePolicy) -> Refused:
    """What whoever gave a wrong code is told, once that is counted."""
    return Refused(
        "dictation.wrong_code",
        hint_noop("This is not the code. It can be tried {left} more times."),
        left=max(0, policy.wrong_codes - found.wrong_codes),
    )


def _not_read_back() -> Refused:
    return Refused(
        "dictation.not_read_back",
        hint_noop("Read every part back and tick it once the caller says that it is right."),
    )
