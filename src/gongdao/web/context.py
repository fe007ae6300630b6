"""What every page knows without asking: the doors, the mode of the installation, the appearance."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongdao.domain.access.rules import READERS
from gongdao.domain.kernel.events import Role
from gongdao.web.doors import DOORS

THEME_COOKIE = "gongdao_theme"
THEMES = ("light", "dark")
_AT_THE_DESK = {*READERS, Role.AUDITOR}


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """
    A context processor; list it under TEMPLATES.

    Reads `settings.GONGDAO_MODE` ("local", "practice" or "production"; missing means production,
    the mode that shows least).
    """
    # A page for an early failure may come before anybody asked who is there.
    roles = getattr(getattr(request, "user", None), "roles", ())
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "doors": DOORS,
        "mode": mode(),
        "practice": mode() == "practice",
        "may_weigh": bool({Role.POLICY_KEEPER, Role.OPERATOR} & set(roles)),
        "may_decide": bool(_AT_THE_DESK & set(roles)),
        "theme": chosen if chosen in THEMES else "",
    }


def mode() -> str:
    """The mode of this installation, in a word."""
    return str(getattr(settings, "GONGDAO_MODE", "production"))
