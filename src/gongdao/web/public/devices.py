"""Devices that an account signs in with: a long-lived cookie with a mark.

Nothing of the device itself is read: the mark is made by chance, and which browser it is comes from
what it says of itself. Whoever clears their cookies has a new device.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from gongdao.bootstrap import caller_of
from gongdao.bootstrap.known_devices import hour, is_frozen, mark_of_chance, seen, used

GetResponse = Callable[[HttpRequest], HttpResponse]

COOKIE = "gongdao_device"
_SALT = "gongdao.device"
_YEAR = 365 * 24 * 3600
_KEPT = "device_seen"
_BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("HarmonyOS", "HarmonyOS"),
    ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


class KnownDeviceMiddleware:
    """Keeps once an hour which device a session runs on, and gives the device its mark."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the page; then keep the device and the session, if somebody is signed in."""
        answer = self.get_response(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES and not request.session.modified:
            return answer  # nobody is signed in: their session is not even asked for
        person, key = caller_of(request.user).person, request.session.session_key
        if person is None or not key:
            return answer
        kept = [person, key, hour()]
        if request.session.get(_KEPT) == kept or is_frozen(person):
            return answer  # the second: by this very request, which ended the session too
        mark = mark_of(request) or mark_of_chance()
        named = label(request.headers.get("User-Agent", ""))
        used(person, key, seen(person, mark, named).id, named)
        request.session[_KEPT] = kept
        answer.set_signed_cookie(
            COOKIE,
            mark,
            salt=_SALT,
            max_age=_YEAR,
            httponly=True,
            secure=settings.PRODUCTION,
            samesite="Lax",
        )
        return answer


def mark_of(request: HttpRequest) -> str:
    """The mark of the device that asks; empty where it has none of ours."""
    try:
        found = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_YEAR)
    except BadSignature:
        return ""
    return found or ""


def label(agent: str) -> str:
    """Which browser on which system, in two words."""
    browser = next((name for word, name in _BROWSERS if re.search(word, agent)), "")
    system = next((name for word, name in _SYSTEMS if word in agent), "")
    return " · ".join(part for part in (browser, system) if part) or "?"
