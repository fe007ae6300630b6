"""How often somebody may try from one network address: sending reports, guessing codes."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest

from gongdao.bootstrap import allow_code, allow_report

TOO_MANY = "rate.too_many"
"""The code of the refusal."""

_COUNTED: Mapping[str, Callable[[str], None]] = {"report": allow_report, "code": allow_code}


def spend(request: HttpRequest, what: str) -> None:
    """Count one try against the address that it comes from; Refused once there were too many."""
    _COUNTED[what](request.META.get("REMOTE_ADDR", ""))
