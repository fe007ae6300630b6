"""One request for one screen of a guided appeal, and the page that answers it."""

import secrets
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongdao.bootstrap import app
from gongdao.domain.flows.guiding import Guide
from gongdao.web.public import stands
from gongdao.web.public.appealing import screens
from gongdao.web.public.appealing.screens import Screens
from gongdao.web.public.opened import Opened

_WINDOW = 20
_LINKED = {
    "wish": screens.WANTED,
    "materials": screens.MATERIALS,
    "statement": screens.STATEMENT,
    "wording": screens.WORDING,
    "at_once": screens.AT_ONCE,
}


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks for which screen."""

    request: HttpRequest
    screens: Screens
    screen: str
    window: str
    """By what this window is told from others of the same person."""

    @classmethod
    def of(cls, request: HttpRequest, found: Screens, screen: str) -> "Visit":
        """The visit of a request; a page that is opened anew is a new window."""
        window = request.POST.get("window", "")[:_WINDOW] or secrets.token_urlsafe(9)
        return cls(request, found, screen, window)

    @property
    def case(self) -> Opened:
        """The case that it is about."""
        return self.screens.case

    @property
    def guide(self) -> Guide:
        """What is asked, and what was said."""
        return self.screens.guide

    @property
    def writing(self) -> bool:
        """Whether something is sent."""
        return self.request.method == "POST"

    @property
    def seen(self) -> int:
        """The version of the draft that the window shows."""
        seen = self.request.POST.get("seen", "")
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < _WINDOW else 0

    def with_guide(self, guide: Guide) -> "Visit":
        """The same with what is kept by now."""
        return replace(self, screens=replace(self.screens, guide=guide))

    def page(self, name: str, more: dict[str, Any], status: int = 200) -> HttpResponse:
        """A page, with what every screen shows."""
        number, of = self.screens.place(self.screen)
        everything = {
            "here": "appeal",
            "case": self.case,
            "guide": self.guide,
            "screens": self.screens,
            "number": number,
            "of": of,
            "own_url": self.screens.url(self.screen),
            "list_url": self.screens.url(),
            "back_url": self.screens.before(self.screen),
            "next_url": self.screens.after(self.screen),
            "clock": stands.window(self.case, app().records.clock()),
            "window": self.window,
            **{f"{name}_url": self.screens.url(screen) for name, screen in _LINKED.items()},
            **more,
        }
        where = f"public/appealing/{name}.html"
        return render(self.request, where, everything, status=status)
