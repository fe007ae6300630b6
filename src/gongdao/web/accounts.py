"""Signing up and in: allauth's adapter gives every account its pseudonymous party."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from gongdao import bootstrap
from gongdao.bootstrap.known_devices import knows
from gongdao.web.public.devices import mark_of

_SEALED = "sealed:"
REFUSED = {
    "account_inactive": _("This account is closed."),
    "duplicate_email": _("This is the account's address already."),
    "email_password_mismatch": _("Address and password do not belong together. Try again."),
    "email_taken": _("There is an account with this address already."),
    "enter_current_password": _("This is not the password of the account."),
    "incorrect_code": _("This code is wrong or was used. Enter the present one."),
    "incorrect_password": _("This is not the password of the account."),
    "rate_limited": _("That was too often within a short time. Wait a few minutes."),
    "too_many_login_attempts": _(
        "Too many wrong tries for this account. Sign in with a passkey, set a new password by mail,"
        " or wait five minutes."
    ),
}
"""What forms of signing in say, by allauth's codes."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """What allauth asks us."""

    error_messages = {**DefaultAccountAdapter.error_messages, **REFUSED}  # noqa: RUF012

    def save_user(
        self,
        request: HttpRequest,
        user: Any,
        form: Any,
        commit: bool = True,  # noqa: FBT001, FBT002
    ) -> Any:
        """Keep a new account together with its party."""
        email = form.cleaned_data["email"]
        user.email = email.lower()
        user.name = email.partition("@")[0]
        user.set_password(form.cleaned_data["password1"])
        user.party_id = bootstrap.new_party(request.LANGUAGE_CODE)
        user.language = request.LANGUAGE_CODE
        if commit:
            user.save()
        return user

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By what wrong passwords are counted: the account, or the account on a known device.

        So nobody who guesses elsewhere uses up the owner's tries.
        """
        plain: str = super()._get_login_attempts_cache_key(request, **credentials)
        mark, address = mark_of(request), str(credentials.get("email", ""))
        return f"{plain}:{mark}" if mark and knows(address, mark) else plain

    def pre_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse | None:
        """Nobody signs in to a frozen account: they are led to the way back."""
        if user.frozen_at is not None:
            clear_login(request)
            return redirect("freeze_back")
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Keeps the secrets of second factors and recovery codes encrypted, as every other secret.

    Those that were kept before in clear are still read.
    """

    error_messages = {  # noqa: RUF012
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": REFUSED["incorrect_code"],
        "cannot_generate_recovery_codes": _("Recovery codes come with a passkey or the app."),
    }

    def encrypt(self, text: str) -> str:
        """As it is kept."""
        kept = bootstrap.app().secrets.encrypt(text) or b""
        return _SEALED + base64.urlsafe_b64encode(kept).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """As it was."""
        if not encrypted_text.startswith(_SEALED):
            return encrypted_text
        kept = base64.urlsafe_b64decode(encrypted_text.removeprefix(_SEALED))
        return bootstrap.app().secrets.decrypt(kept) or ""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the host of the installation's address, whatever a request says.

        Elsewhere than in production it is the host that the browser asked: `localhost`, say.
        """
        found: dict[str, str] = super().get_public_key_credential_rp_entity()
        host = bootstrap.passkey_host() if settings.PRODUCTION else found["id"]
        return {"id": host, "name": settings.MFA_TOTP_ISSUER}

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)
