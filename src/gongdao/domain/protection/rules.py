"""What may be done with an account's protection: pure functions that return events or refuse.

An account is active, frozen, or on the way back. It is frozen by a secret of its owner's alone, and
from frozen to active leads only a proof, a wait, and the code that whoever proved it was handed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.policy.protection import ProtectionPolicy, ReturnPolicy
from gongdao.domain.protection.events import (
    AddressChanged,
    BackupConfirmed,
    BackupNamed,
    BackupRemoved,
    Change,
    FreezeCodeMade,
    Frozen,
    Keyed,
    Proof,
    ProtectionBegun,
    ReturnAsked,
    ReturnBegun,
    SessionsEnded,
    SignedInAnew,
    SignInChanged,
    Thawed,
    Way,
)
from gongdao.domain.protection.model import Backup, Protection, Stage, protection_id

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U to be misread."""
CODE_BYTES = 20
"""Of chance, for one code; five bits of each are used: a hundred bits."""
ASKED_MOST = 3
"""Codes that may be on their way to one contact at once: nobody floods it by asking, and whoever
asks for codes to one of them shuts no other."""
NAMED_MOST = 5
"""Codes sent to second addresses in a day: nobody floods a stranger by naming theirs."""
MADE_MOST = 20
"""Freeze codes made in a day. The old ones are kept, so that a thief's never drive them out."""
_DAY = timedelta(days=1)
_ALIKE = str.maketrans("OILU", "011V")


def written_code(chance: bytes) -> str:
    """A code of twenty letters and digits, in groups of four."""
    letters = "".join(_LETTERS[byte & 31] for byte in chance)
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def plain_code(code: str) -> str:
    """A code as it is compared, however it was typed."""
    return "".join(c for c in code.upper() if c.isalnum()).translate(_ALIKE)[:64]


def by(person: PersonId) -> Actor:
    """The owner, or whoever holds a secret of theirs."""
    return Actor(Role.HOLDER, person)


def begin(person: PersonId, now: datetime) -> ProtectionBegun:
    """Begin the trail."""
    return ProtectionBegun(at=now, by=by(person), protection=protection_id(person), person=person)


def signed_in_anew(
    found: Protection,
    device: str,
    label: str,
    link: Keyed,
    policy: ProtectionPolicy,
    now: datetime,
    *,
    first: bool,
) -> SignedInAnew:
    """A device that was not known. The very first is kept without a notice, and so is a flood."""
    told_today = sum(at > now - _DAY for at in found.told_at)
    told = not first and told_today < policy.devices.most_a_day
    until = now + policy.devices.link_valid.flat()
    return SignedInAnew(
        at=now,
        by=by(found.person),
        device=device,
        label=label,
        link=link if told else None,
        until=until if told else None,
    )


def address_changed(
    found: Protection,
    seals: tuple[Sealed, Sealed],
    link: Keyed,
    policy: ProtectionPolicy,
    now: datetime,
) -> AddressChanged:
    """The account has another address; `seals` are the one before and the one now."""
    _must_be_active(found)
    until = now + policy.devices.link_valid.flat()
    return AddressChanged(
        at=now, by=by(found.person), before=seals[0], after=seals[1], link=link, until=until
    )


def sign_in_changed(
    found: Protection, what: Change, link: Keyed, policy: ProtectionPolicy, now: datetime
) -> SignInChanged:
    """A password or a factor was changed."""
    _must_be_active(found)
    until = now + policy.devices.link_valid.flat()
    return SignInChanged(at=now, by=by(found.person), what=what, link=link, until=until)


def sessions_ended(found: Protection, number: int, now: datetime) -> SessionsEnded:
    """The owner signed out elsewhere."""
    return SessionsEnded(at=now, by=by(found.person), number=number)


def make_code(found: Protection, code: Keyed, now: datetime) -> FreezeCodeMade:
    """Make a code that freezes; the one before is replaced."""
    _must_be_active(found)
    _not_too_often([each.made_at for each in found.codes], MADE_MOST, now)
    return FreezeCodeMade(at=now, by=by(found.person), code=code)


def name_backup(
    found: Protection, contact: Sealed, code: Keyed, policy: ProtectionPolicy, now: datetime
) -> BackupNamed:
    """Name a second address, or ask for a new code for the same one."""
    _must_be_active(found)
    _not_too_often(found.named_at, NAMED_MOST, now)
    until = now + policy.backup.code_valid.flat()
    return BackupNamed(at=now, by=by(found.person), contact=contact, code=code, until=until)


def confirm_backup(
    found: Protection, code: Keyed, policy: ProtectionPolicy, now: datetime
) -> BackupConfirmed:
    """The code came back."""
    _must_be_active(found)
    held = found.backup
    if held is None or not held.code or held.code != code or now >= held.code_until:
        raise Refused(
            "protection.wrong_backup_code",
            hint_noop("This code is wrong or too old. Ask for a new one, and enter that."),
        )
    until = now + policy.backup.confirm_every.flat()
    return BackupConfirmed(at=now, by=by(found.person), until=until)


def remove_backup(found: Protection, now: datetime) -> list[BackupRemoved]:
    """Take the second address away; nothing where there is none."""
    _must_be_active(found)
    return [] if found.backup is None else [BackupRemoved(at=now, by=by(found.person))]


def freezes(found: Protection, secret: Keyed, policy: ProtectionPolicy, now: datetime) -> Way:
    """By what a secret freezes this account now; NotFound for one that does not."""
    still = policy.freezing.old_code_still.flat()
    for code in found.codes:
        fresh = code.replaced_at is None or now < code.replaced_at + still
        if code.code == secret and fresh:
            return Way.CODE
    if any(each.link == secret and now < each.until for each in found.links):
        return Way.LINK
    raise unknown_code()


def freeze(
    found: Protection,
    secret: Keyed,
    address: Sealed | None,
    policy: ProtectionPolicy,
    now: datetime,
) -> list[Frozen]:
    """Freeze an account by a secret of its owner's; what is frozen stays frozen.

    In a return that has begun it stops that return.
    """
    way = freezes(found, secret, policy, now)
    if found.stage is Stage.FROZEN:
        return []
    since = (found.frozen_at or now) - policy.freezing.settled.flat()
    step = Frozen(
        at=now, by=by(found.person), way=way, by_secret=secret, since=since, address=address
    )
    return [step]


def settled_address(found: Protection, policy: ProtectionPolicy, now: datetime) -> Sealed | None:
    """The address as it stood long enough ago; None where it has not changed since."""
    since = now - policy.freezing.settled.flat()
    return next((move.before for move in found.moves if move.at > since), None)


def usable_backup(found: Protection, now: datetime) -> Backup | None:
    """The second address that counts for a return: confirmed, and within its year."""
    return next((b for b in reversed(found.backups) if b.holds(now)), None)


def ask_return(
    found: Protection, proof: Proof, code: Keyed, policy: ReturnPolicy, now: datetime
) -> ReturnAsked:
    """Send a code to a contact of a frozen account."""
    _must_be_frozen(found, proof, now)
    if sum(a.proof is proof and now < a.until for a in found.asked) >= ASKED_MOST:
        raise Refused(
            "protection.asked_often",
            hint_noop("Three codes are on their way already. Use the latest, or wait two hours."),
        )
    until = now + policy.code_valid.flat()
    return ReturnAsked(at=now, by=by(found.person), proof=proof, code=code, until=until)


def proven_by(found: Protection, code: Keyed, now: datetime) -> Proof:
    """What a code that was sent to a contact proves; NotFound for any other."""
    for asked in found.asked:
        if asked.code == code and now < asked.until:
            return asked.proof
    raise unknown_code()


def begin_return(
    found: Protection,
    proof: Proof,
    secrets: tuple[Keyed, Keyed],
    policy: ReturnPolicy,
    now: datetime,
) -> ReturnBegun:
    """The wait begins; `secrets` are what the owner comes back with, and the link that stops it."""
    _must_be_frozen(found, proof, now)
    opens_at = now + _wait(policy, proof)
    return ReturnBegun(
        at=now,
        by=by(found.person),
        proof=proof,
        code=secrets[0],
        opens_at=opens_at,
        until=opens_at + policy.return_valid.flat(),
        link=secrets[1],
    )


def check_return(found: Protection, code: Keyed, now: datetime) -> None:
    """Whether the return can be finished now; Refused while the wait runs, NotFound otherwise."""
    going = found.returning
    if found.stage is not Stage.RECOVERING or going is None or going.code != code:
        raise unknown_code()
    if now < going.opens_at:
        raise Refused(
            "protection.wait",
            hint_noop("The account opens at {opens_at}. Come back then with the same code."),
            opens_at=going.opens_at,
        )
    if now >= going.until:
        raise Refused(
            "protection.return_over",
            hint_noop("This return has run out. Begin again with a recovery code or a contact."),
        )


def thaw(found: Protection, code: Keyed, now: datetime) -> Thawed:
    """The owner is back."""
    check_return(found, code, now)
    if found.returning is None:
        raise unknown_code()
    return Thawed(at=now, by=by(found.person), proof=found.returning.proof)


def unknown_code() -> NotFound:
    """The one answer to a code or link that leads nowhere, was used, or is too old."""
    return NotFound(
        "protection.unknown_code",
        hint_noop("This code opens nothing here, or not any more. Check each letter and digit."),
    )


def _wait(policy: ReturnPolicy, proof: Proof) -> timedelta:
    wait = {
        Proof.RECOVERY_CODE: policy.wait_recovery_code,
        Proof.BACKUP: policy.wait_backup,
        Proof.ADDRESS: policy.wait_address,
    }
    return wait[proof].flat()


def _must_be_active(found: Protection) -> None:
    if found.closed:
        raise Refused(
            "protection.is_frozen",
            hint_noop("The account is frozen. Come back to it first at /freeze/back/."),
        )


def _not_too_often(made: Sequence[datetime], most: int, now: datetime) -> None:
    if sum(at > now - _DAY for at in made) >= most:
        raise Refused(
            "protection.too_often",
            hint_noop("Codes were made {most} times within a day. Use the latest, or wait a day."),
            most=most,
        )


def _must_be_frozen(found: Protection, proof: Proof, now: datetime) -> None:
    """A return may be begun anew once it was stopped or has run out, or by a stronger proof."""
    if found.stage is Stage.ACTIVE:
        raise unknown_code()
    going = found.returning
    if going is None or now >= going.until:
        return
    if going.proof is Proof.ADDRESS and proof is not Proof.ADDRESS:
        return
    raise Refused(
        "protection.return_runs",
        hint_noop("A return has begun already. Its code finishes it; the freeze code stops it."),
    )
