"""What allauth says of changes of an account: kept, and told to its owner."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator

from gongdao.bootstrap import app, caller_of
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
    person = caller_of(user).person
    if person is None or from_email_address is None:
        return
    before, after = from_email_address.email, to_email_address.email
    app().protection.mine.address_changed(person, before, after)


def _password(sender: Any, user: Any, **more: Any) -> None:  # noqa: ARG001
    _changed(user, Change.PASSWORD)


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
    person = caller_of(user).person
    if person is not None:
        app().protection.mine.sign_in_changed(person, what)
