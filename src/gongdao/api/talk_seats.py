"""
Who comes to a negotiation over the API.

About a dispute a member, and whoever was invited by code and mark. About a case of this
installation its reporter and its respondent, each by the code of the case, or signed in.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from django.http import HttpRequest

from gongdao.api import door
from gongdao.bootstrap import allow_code, app
from gongdao.domain.flows.records import missing
from gongdao.domain.flows.talk_door import Chair
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.ids import SettlementId
from gongdao.domain.organisations.model import Right

T = TypeVar("T")
CODE = "X-Talk-Code"
MARK = "X-Talk-Mark"
_CODE_SAYS = "The code of an invitation to a negotiation."
_MARK_SAYS = "With the code: what this device was given when it came in."


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated(door.Visitor):
    """Somebody who was let in, on their side."""

    chair: Chair


@dataclass(frozen=True, slots=True)
class SeatDoor(door.Door):
    """Lets in both sides of the negotiation in the address, before a word of theirs is read."""

    def __call__(self, request: HttpRequest) -> Seated:
        """The side; NotFound for whoever has none."""
        if CODE in request.headers:
            chair = guessed(request, lambda: _invited(request))
            visitor = door.Door.__call__(self, request)
            return Seated(visitor.caller, f"talk {chair.now.id}", chair=chair)
        visitor = door.Door.__call__(self, request)
        right = Right.READ if request.method == "GET" else Right.WORK
        try:
            chair = app().disputes.talk_door.ours(_named(request), visitor.caller, right)
        except NotFound:
            raise missing() from None  # what is not theirs looks like what is not there
        return Seated(visitor.caller, visitor.scope, visitor.keyed, chair=chair)


@dataclass(frozen=True, slots=True)
class CodeDoor(door.Door):
    """Lets in whoever holds the code of an invitation."""

    def __call__(self, request: HttpRequest) -> door.Visitor:
        """Whoever it is; NotFound for a wrong code, and guessing is slowed down."""
        code = request.headers.get(CODE)
        if code is None:
            raise missing()
        guessed(request, lambda: app().disputes.talk_door.came(code))
        return door.Door.__call__(self, request)


SEAT = SeatDoor(
    "Both sides. About a dispute: members of the organisation, signed in, and whoever was invited, "
    f"by the headers `{CODE}` and `{MARK}`. About a case: its reporter and its respondent, by the "
    "code of the case in `X-Case-Code`, or signed in.",
    lambda _: True,
    headers=((CODE, _CODE_SAYS), (MARK, _MARK_SAYS)),
)
INVITER = SeatDoor(
    "Members of the organisation, signed in; about a case its reporter.",
    lambda caller: caller.person is not None,
)
HOLDER = CodeDoor(
    f"Whoever holds the code of the invitation, in the header `{CODE}`.",
    lambda _: True,
    headers=((CODE, _CODE_SAYS),),
)


def chair(request: HttpRequest, *, sure: bool = False) -> Chair:
    """The side that the door let in."""
    return replace(cast("Seated", door.visitor(request)).chair, sure=sure)


def guessed(request: HttpRequest, found: Callable[[], T]) -> T:
    """What a code opens; whoever tries wrong ones is slowed down."""
    try:
        return found()
    except NotFound:
        allow_code(door.address(request))
        raise missing() from None


def _invited(request: HttpRequest) -> Chair:
    given = request.headers
    found = app().disputes.talk_door.theirs(given[CODE], given.get(MARK, ""))
    if found.now.id != _named(request):
        raise missing()
    return found


def _named(request: HttpRequest) -> SettlementId:
    match = request.resolver_match
    if match is None:
        raise missing()
    return SettlementId(match.kwargs["settlement"])
