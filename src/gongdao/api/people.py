"""What people were told, and which sanctions an account has: for the operator's app and oneself."""

from django.http import HttpRequest
from ninja import Router

from gongdao.api import door
from gongdao.api.schemas import NoticeOut, SanctionOut
from gongdao.bootstrap import app, known_account, sanctions_of
from gongdao.domain.access.rules import must_be, not_found
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId

router = Router(tags=["people"])


@router.get("/notices", response=list[NoticeOut], operation_id="list_notices")
def list_notices(
    request: HttpRequest, account: str | None = None, language: str = "zh-hans", limit: int = 50
) -> list[NoticeOut]:
    """One's own inbox, newest first; for the operator's app, that of an account."""
    who = door.caller(request)
    person = who.person
    if account is not None:
        must_be(who, Role.APP)
        person = known_account(account)
        if person is None:
            return []
    if person is None:
        raise not_found()
    return _inbox(person, language, min(max(limit, 1), 200), who.only_case)


@router.get("/sanctions", response=list[SanctionOut], operation_id="list_sanctions")
def list_sanctions(request: HttpRequest, account: str) -> list[SanctionOut]:
    """Every sanction of an account, for the operator's app to put into effect and to lift."""
    must_be(door.caller(request), Role.APP, Role.OPERATOR, Role.AUDITOR)
    return [
        SanctionOut(
            id=s.id,
            penalty=s.measure.penalty.value,
            scope=s.measure.scope.value,
            duration=str(s.measure.duration) if s.measure.duration else None,
            imposed_at=s.imposed_at,
            ends_at=s.ends_at,
            state=s.state.value,
        )
        for s in sanctions_of(account)
    ]


def _inbox(person: PersonId, language: str, limit: int, case: object) -> list[NoticeOut]:
    records = app().records
    found = records.notices.inbox(person, limit)
    return [
        NoticeOut(
            id=notice.id,
            case=notice.case,
            template=notice.template,
            issued_at=notice.issued_at,
            email=notice.email.value,
            subject=records.opened(notice.letter(language).subject),
            body=records.opened(notice.letter(language).body),
        )
        for notice in found
        if case is None or notice.case == case
    ]
