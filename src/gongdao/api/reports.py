"""Reports and what their receipts open."""

from dataclasses import asdict, replace

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gongdao.api import door
from gongdao.api.receipt_schemas import (
    KeyOut,
    LogPlaceOut,
    ReceiptCaseOut,
    ReceiptOut,
    SignedReceiptOut,
)
from gongdao.api.schemas import DoneOut, IdOut, ReasonsIn, ReportIn, Strict
from gongdao.bootstrap import allow_report, app, read_once, signing_keys
from gongdao.bootstrap.public_log import place_of_receipt
from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.reporting import Submission
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, DecisionId

router = Router(tags=["reports"])


class TakeUpReportIn(Strict):
    """Nothing needs to be said. Send `{}`."""


@router.post("/reports", auth=door.ANYBODY, response={201: ReceiptOut}, operation_id="file_report")
def file_report(request: HttpRequest, payload: ReportIn) -> HttpResponse:
    """File a report. Anybody may; the operator's app may on behalf of an account.

    The receipt code in the answer opens the case to whoever holds it. It is shown this once.

    Without a key, a network address that sends many is answered 429 `proof.required` with a
    challenge. Send the report again with a proof of work, in `Gongdao-Proof`.
    """
    visitor = door.visitor(request)
    if not visitor.keyed:
        allow_report(door.address(request), request.headers.get(door.PROOF))

    def file() -> ReceiptOut:
        reporter = reporter_of(visitor.caller, payload.reporter_account)
        submission = _submission(payload)
        if not visitor.caller.has(Role.APP):
            # A stranger could name a group of their own, and be shown what was reported there.
            submission = replace(submission, group=None)
        receipt = app().reporting.file(submission, reporter)
        return ReceiptOut(
            receipt=receipt.code,
            report=receipt.report,
            case=receipt.case,
            leaf=receipt.leaf,
            signed=SignedReceiptOut(**asdict(receipt.signed)),
        )

    return door.answered(request, file)


@router.get("/keys", auth=door.ANYBODY, response=list[KeyOut], operation_id="list_keys")
def list_keys(request: HttpRequest) -> list[KeyOut]:
    """The public keys of our receipts, the present one first. Keep a copy: it checks them all."""
    del request
    return [
        KeyOut(
            key=each.key,
            public_key=each.public_key,
            made_at=each.made_at,
            retired_at=each.retired_at,
        )
        for each in signing_keys().public()
    ]


@router.get(
    "/receipts/{code}", auth=door.ANYBODY, response=ReceiptCaseOut, operation_id="read_receipt"
)
def read_receipt(request: HttpRequest, code: str) -> ReceiptCaseOut:
    """The case that a receipt or appeal code opens, from its holder's chair."""
    who = door.holder(request, code)
    with read_once():
        found = ReceiptCaseOut.model_validate(app().files.open(_case(who), who))
    placed = place_of_receipt(code)
    if placed is not None:
        found.log = LogPlaceOut(leaf=placed[0], place=placed[1])
    return found


@router.post(
    "/receipts/{code}/withdrawal",
    auth=door.ANYBODY,
    response=DoneOut,
    operation_id="withdraw_report",
)
def withdraw(request: HttpRequest, code: str, payload: ReasonsIn) -> HttpResponse:
    """Take a report back, where its pack allows it."""
    who = door.holder(request, code)

    def do() -> DoneOut:
        app().reporting.withdraw(_case(who), payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/receipts/{code}/take-up",
    auth=door.ANYBODY,
    response=DoneOut,
    operation_id="take_up_report",
)
def take_up(request: HttpRequest, code: str, payload: TakeUpReportIn) -> HttpResponse:
    """Have a report looked at that was set aside, once the measure is over."""
    del payload
    who = door.holder(request, code)

    def do() -> DoneOut:
        app().standing.taking_up.mine(_case(who), who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/receipts/{code}/review",
    auth=door.ANYBODY,
    response={201: IdOut},
    operation_id="ask_review",
)
def ask_review(request: HttpRequest, code: str, payload: ReasonsIn) -> HttpResponse:
    """Ask that somebody else looks at a report that was not taken up, or found no violation."""
    who = door.holder(request, code)

    def do() -> IdOut:
        view = app().files.open(_case(who), who)
        if view.decision is None:
            raise BadInput(
                "appeal.no_decision", hint_noop("There is no decision yet. Wait for its notice.")
            )
        wanted = DecisionId(view.decision.id)
        return IdOut(id=app().appealing.file(wanted, payload.reasons, who))

    return door.answered(request, do)


def _case(who: Caller) -> CaseId:
    if who.only_case is None:
        raise not_found()
    return who.only_case


def reporter_of(who: Caller, account: str | None) -> Caller:
    """Who reports: the caller, or the account for which the operator's app speaks.

    A code opens its own case and reports nothing further. Blanks name no account.
    """
    if account is None or not account.strip():
        return who if who.only_case is None else NOBODY
    if not who.has(Role.APP):
        raise BadInput(
            "report.not_for_others",
            hint_noop("Only the operator's app reports for accounts. Leave reporter_account out."),
        )
    return replace(who, person=app().records.parties.by_account(account))


def _submission(payload: ReportIn) -> Submission:
    return Submission(
        subject_kind=payload.subject.kind,
        subject_ref=payload.subject.ref,
        snapshot=payload.subject.snapshot,
        account=payload.subject.account,
        category=payload.category,
        statement=payload.statement,
        remedy=payload.remedy,
        contact=payload.contact,
        language=payload.language,
        group=payload.group,
    )
