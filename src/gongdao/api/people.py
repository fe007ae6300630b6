"""What people were told, and which sanctions an account has: for the operator's app and oneself."""

from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query, Router

from gongdao.api import door
from gongdao.api.schemas import NoticeOut, SanctionOut
from gongdao.bootstrap import app, known_account, sanctions_of
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import must_be
from gongdao.domain.decisions.model import SanctionState
from gongdao.domain.flows.inbox import Inbox
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import NoticeId

router = Router(tags=["people"])


@router.get("/notices", auth=door.INBOX, response=list[NoticeOut], operation_id="list_notices")
def list_notices(
    request: HttpRequest,
    account: Annotated[str | None, Query(max_length=200)] = None,
    language: Literal["zh-hans", "en"] | None = None,
    before: Annotated[str | None, Query(max_length=36)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[NoticeOut]:
    """One's own inbox, newest first; for the operator's app, that of one of its accounts.

    For the next page give the id of the last notice as `before`.
    """
    found = Inbox(app().records).of(
        _reader(door.caller(request), account),
        language or get_language() or "zh-hans",
        limit=limit,
        before=NoticeId(before) if before else None,
    )
    return [NoticeOut.of(notice) for notice in found]


@router.get(
    "/sanctions", auth=door.ENFORCER, response=list[SanctionOut], operation_id="list_sanctions"
)
def list_sanctions(
    request: HttpRequest,
    account: Annotated[str, Query(min_length=1, max_length=200)],
    state: SanctionState | None = None,
) -> list[SanctionOut]:
    """Every sanction of an account, oldest first, for the app to put into effect and to lift."""
    must_be(door.caller(request), Role.APP, Role.OPERATOR, Role.AUDITOR)
    found = sanctions_of(account)
    return [SanctionOut.of(each) for each in found if state in {None, each.state}]


def _reader(who: Caller, account: str | None) -> Caller:
    """Whose inbox is read: one's own, or that of an account that the app names."""
    if account is not None:
        must_be(who, Role.APP)
        return Caller(known_account(account))
    if who.person is None:
        raise BadInput("notices.no_account", hint_noop("Say whose: ?account=…"))
    return who
