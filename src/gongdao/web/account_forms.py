"""The forms of signing in: allauth's, with our words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factors
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PASSWORD_HINT = _("At least ten characters, and none that everybody uses.")


class Worded:
    """Gives the fields of a form our labels and hints, and no words inside the boxes."""

    labels: dict[str, Promise] = {}  # noqa: RUF012 – filled by each form
    hints: dict[str, Promise] = {}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]  # a form's
        for name, field in fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)


class AddEmail(Worded, account.AddEmailForm):  # type: ignore[misc]  # allauth has no types
    """Another address for the account."""

    labels = {"email": _("New address")}  # noqa: RUF012


class ChangePassword(Worded, account.ChangePasswordForm):  # type: ignore[misc]
    """Another password."""

    labels = {  # noqa: RUF012
        "oldpassword": _("The password until now"),
        "password1": _("New password"),
        "password2": _("The same again"),
    }
    hints = {"password1": _PASSWORD_HINT}  # noqa: RUF012


class SetPassword(Worded, account.SetPasswordForm):  # type: ignore[misc]
    """The first password."""

    labels = {"password1": _("New password"), "password2": _("The same again")}  # noqa: RUF012
    hints = {"password1": _PASSWORD_HINT}  # noqa: RUF012


class ResetPassword(Worded, account.ResetPasswordForm):  # type: ignore[misc]
    """Where the link is sent."""

    labels = {"email": _("The account's e-mail address")}  # noqa: RUF012


class ResetPasswordKey(Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password, behind the link."""

    labels = {"password1": _("New password"), "password2": _("The same again")}  # noqa: RUF012
    hints = {"password1": _PASSWORD_HINT}  # noqa: RUF012


class SignUp(Worded, account.SignupForm):  # type: ignore[misc]
    """A new account."""

    labels = {  # noqa: RUF012
        "email": _("E-mail address"),
        "password1": _("Password"),
        "password2": _("The same again"),
    }
    hints = {"password1": _PASSWORD_HINT}  # noqa: RUF012


class SignIn(Worded, account.LoginForm):  # type: ignore[misc]
    """Address and password."""

    labels = {"login": _("E-mail address"), "password": _("Password")}  # noqa: RUF012


class SecondStep(Worded, factors.AuthenticateForm):  # type: ignore[misc]
    """The digits of the app, or a recovery code."""

    labels = {"code": _("Six digits, or a recovery code")}  # noqa: RUF012


class SecondStepAgain(Worded, factors.ReauthenticateForm):  # type: ignore[misc]
    """The same, before something that concerns the safety of the account."""

    labels = {"code": _("Six digits, or a recovery code")}  # noqa: RUF012


class SetUpApp(Worded, ActivateTOTPForm):  # type: ignore[misc]
    """The first six digits of the app."""

    labels = {"code": _("Enter the six digits that the app shows")}  # noqa: RUF012
