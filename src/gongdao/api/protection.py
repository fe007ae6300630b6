"""The safety of an account: its sessions, freezing it by a code alone, and its trail for staff."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, Moment, Strict
from gongdao.bootstrap import allow_code, app, known_account
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.protection_views import AccountView, TrailLine
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.protection.ports import Session

router = Router(tags=["account"])


class FreezeIn(Strict):
    """A secret of the owner's."""

    code: str = Field(max_length=100, description="The freeze code, or the code of a notice.")


class SignOutIn(Strict):
    """Nothing more is needed; send `{}`."""


class SignedInOut(Schema):
    """One sign-in of a browser. Where it came from is not kept."""

    id: str
    label: str = Field(description="Which browser on which system it says it is.")
    began_at: Moment
    last_seen: Moment
    here: bool = Field(description="Whether it is the one that asks.")

    @classmethod
    def of(cls, session: Session) -> "SignedInOut":
        """As its owner sees it."""
        return cls(
            id=session.id,
            label=session.label,
            began_at=session.began_at,
            last_seen=session.last_seen,
            here=session.here,
        )


class DeviceWithSessionsOut(Schema):
    """A device that the account knows, with what runs on it."""

    id: str
    label: str
    first_seen: Moment
    last_seen: Moment
    sessions: list[SignedInOut]


class TrailLineOut(Schema):
    """One thing that happened to the account; no address and no code."""

    at: Moment
    kind: str
    detail: str

    @classmethod
    def of(cls, line: TrailLine) -> "TrailLineOut":
        """As it is kept."""
        return cls(at=line.at, kind=line.kind, detail=line.detail)


class AccountSafetyOut(Schema):
    """Where one is signed in, and what happened."""

    devices: list[DeviceWithSessionsOut]
    elsewhere: list[SignedInOut] = Field(description="Sessions whose device is off the list.")
    freeze_code: bool = Field(description="Whether there is a freeze code.")
    backup_confirmed: bool
    trail: list[TrailLineOut]

    @classmethod
    def of(cls, view: AccountView) -> "AccountSafetyOut":
        """As its owner sees it."""
        return cls(
            devices=[
                DeviceWithSessionsOut(
                    id=each.id,
                    label=each.label,
                    first_seen=each.first_seen,
                    last_seen=each.last_seen,
                    sessions=[SignedInOut.of(session) for session in each.sessions],
                )
                for each in view.devices
            ],
            elsewhere=[SignedInOut.of(session) for session in view.elsewhere],
            freeze_code=view.code_made_at is not None,
            backup_confirmed=view.backup is not None and view.backup.confirmed,
            trail=[TrailLineOut.of(line) for line in view.trail],
        )


class EndedSessionsOut(Schema):
    """How many were ended."""

    ended: int


@router.get(
    "/account/sessions",
    auth=door.SIGNED_IN,
    response=AccountSafetyOut,
    operation_id="list_sessions",
)
def sessions(request: HttpRequest) -> AccountSafetyOut:
    """Where I am signed in, on which devices, and what happened to my account."""
    view = app().protection.mine.of(door.caller(request), _key(request))
    return AccountSafetyOut.of(view)


@router.post(
    "/account/sessions/{session}/end",
    auth=door.SIGNED_IN,
    response={201: DoneOut},
    operation_id="end_session",
)
def end_session(request: HttpRequest, session: str, payload: SignOutIn) -> HttpResponse:
    """Sign out there. Its next request is nobody's."""
    del payload

    def do() -> DoneOut:
        app().protection.mine.end_session(door.caller(request), session)
        return DoneOut()

    return door.answered(request, do)


@router.post(
    "/account/sessions/end-others",
    auth=door.SIGNED_IN,
    response={201: EndedSessionsOut},
    operation_id="end_other_sessions",
)
def end_others(request: HttpRequest, payload: SignOutIn) -> HttpResponse:
    """Sign out everywhere but here; with an API key, everywhere."""
    del payload

    def do() -> EndedSessionsOut:
        ended = app().protection.mine.end_others(door.caller(request), _key(request))
        return EndedSessionsOut(ended=ended)

    return door.answered(request, do)


@router.post(
    "/account/freeze",
    auth=door.ANYBODY,
    response={201: DoneOut},
    operation_id="freeze_account",
)
def freeze(request: HttpRequest, payload: FreezeIn) -> HttpResponse:
    """Freeze the account whose code it is; nobody signs in for that. Twice is once."""

    def do() -> DoneOut:
        try:
            app().protection.freezing.freeze(payload.code)
        except NotFound:
            allow_code(door.address(request))
            raise
        return DoneOut()

    return door.answered(request, do)


@router.get(
    "/accounts/{account}/trail",
    auth=door.SUPERVISOR,
    response=list[TrailLineOut],
    operation_id="read_account_trail",
)
def trail(request: HttpRequest, account: str) -> list[TrailLineOut]:
    """What happened to the safety of an account of the operator's app, the latest first."""
    person = known_account(account)
    if person is None:
        raise not_found()
    found = app().protection.freezing.trail_of(person, door.caller(request))
    return [TrailLineOut.of(line) for line in found]


def _key(request: HttpRequest) -> str:
    """Of the session that asks; empty where a key or nobody does."""
    return "" if door.visitor(request).keyed else request.session.session_key or ""
