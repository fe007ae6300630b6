"""What allauth says of changes of an account: kept, and told to its owner."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator

from gongdao.bootstrap import app, caller_of
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.protection.events import Change


def listen() -> None:
    """Hear of every change from now on."""
    account.email_changed.connect(_address, dispatch_uid="protection")
    for signal in (account.password_changed, account.password_reset, account.password_set):
        signal.connect(_password, dispatch_uid="protection")
    mfa.authenticator_added.connect(_added, dispatch_uid="protection")
    mfa.authenticator_removed.connect(_removed, dispatch_uid="protection")
    mfa.authenticator_reset.connect(_reset, dispatch_uid="protection")


def _address(
    sender: Any,  # noqa: ARG001 – what a signal hands over
    user: Any,
    from_email_address: Any,
    to_email_address: Any,
    **more: Any,  # noqa: ARG001
) -> None:
    if from_email_address is None:
        return
    before, after = from_email_address.email, to_email_address.email
    app().protection.mine.address_changed(_person(user), before, after)


def _password(sender: Any, request: Any, user: Any, **more: Any) -> None:  # noqa: ARG001
    """Every other browser is out with that: Django asks them for the password, and we list none."""
    _changed(user, Change.PASSWORD)
    here = request.session.session_key if request.user.pk == user.pk else None
    app().protection.mine.end_others(caller_of(user), here or "")


def _added(sender: Any, user: Any, authenticator: Any, **more: Any) -> None:  # noqa: ARG001
    # Recovery codes come by themselves with the first factor: one notice is enough for both.
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        _changed(user, Change.FACTOR_ADDED)


def _removed(sender: Any, user: Any, authenticator: Any, **more: Any) -> None:  # noqa: ARG001
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        _changed(user, Change.FACTOR_REMOVED)


def _reset(sender: Any, user: Any, **more: Any) -> None:  # noqa: ARG001
    _changed(user, Change.RECOVERY_CODES)


def _changed(user: Any, what: Change) -> None:
    app().protection.mine.sign_in_changed(_person(user), what)


def _person(user: Any) -> PersonId:
    """Also of an account that is frozen: a change of it is refused, and so is taken back."""
    return PersonId(str(user.party_id))
