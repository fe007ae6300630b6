"""How often somebody may try from one network address: sending reports, guessing codes."""

from django.http import HttpRequest

from gongdao.bootstrap import allow_code, allow_report
from gongdao.bootstrap.drafting import allow_save
from gongdao.bootstrap.wording import allow_look

NEEDS_PROOF = "proof.required"
"""The code of the one that a proof of work answers."""


def spend_report(request: HttpRequest) -> None:
    """Count one report; Refused where it needs a proof of work, which the form may hold."""
    allow_report(_address(request), request.POST.get("proof") or None)


def spend_code(request: HttpRequest) -> None:
    """Count one wrong code; Refused once there were too many."""
    allow_code(_address(request))


def spend_look(request: HttpRequest) -> None:
    """Count one look at a draft; Refused once there were too many."""
    allow_look(_address(request))


def spend_save(request: HttpRequest) -> None:
    """Count one save of a draft; Refused once there were too many."""
    allow_save(_address(request))


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
