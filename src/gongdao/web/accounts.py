"""Signing up and in: allauth's adapter gives every account its pseudonymous party."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from gongdao import bootstrap


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """What allauth asks us."""

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
