"""Many reports in one request, a line each: described here, and answered on the common route.

`fast.py` answers an app's batch before it comes here, as one packet. What reaches this route (an
app that sends a cookie, a server without the fast route) is answered alike, line by line.
"""

import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from gongdao.api import door, problems
from gongdao.api.fast_reading import MOST_LINES, lines_of, read_line
from gongdao.api.receipt_schemas import ReceiptOut, SignedReceiptOut
from gongdao.api.reports import reporter_of
from gongdao.api.schemas import ReportIn
from gongdao.bootstrap import app, once
from gongdao.domain.kernel.errors import GongdaoError

NDJSON = "application/x-ndjson"
OPERATION = "file_reports"
"""The one operation whose bodies are lines, each with an idempotency key of its own."""
_REF = "#/components/schemas/{model}"
_EXAMPLE_IN = (
    '{"subject": {"kind": "content", "ref": "post-1042", "snapshot": "你就是个草包。"}, '
    '"category": "abuse", "statement": "他在我的帖子下面这样骂我。", "reporter_account": "dao_ke", '
    '"idempotency_key": "7d0e2c1a-4f7b-4c57"}\n'
    '{"subject": {"kind": "content"}}\n'
)
_EXAMPLE_OUT = (
    '{"line": 1, "status": 201, "receipt": "ABCD-EFGH-…", "report": "0193…", "case": null, '
    '"leaf": "9f2c…", "signed": {"…": "…"}}\n'
    '{"line": 2, "type": "urn:gongdao:batch.bad_line", "title": "Bad Request", "status": 400, '
    '"detail": "…", "code": "batch.bad_line", "hint": "…"}\n'
)

router = Router(tags=["reports"])


class BatchLineIn(ReportIn):
    """A line of a batch: a report, and the key under which it is taken once."""

    idempotency_key: str | None = Field(None, min_length=16, max_length=200)


class BatchTakenOut(ReceiptOut):
    """The answer to a line that was kept."""

    line: int = Field(description="Of the request; the first is 1.")
    status: int


class BatchRefusedOut(Schema):
    """The answer to a line that was not: what is wrong with it."""

    line: int
    type: str
    title: str
    status: int
    detail: str
    code: str
    hint: str


def describe(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Say of the operation what the framework cannot: that its bodies are lines."""
    for model in (BatchLineIn, BatchTakenOut, BatchRefusedOut):
        made = model.model_json_schema(ref_template=_REF)
        for name, inner in made.pop("$defs", {}).items():
            schemas.setdefault(name, inner)
        schemas[model.__name__] = made
    answers = [{"$ref": _REF.format(model=each)} for each in ("BatchTakenOut", "BatchRefusedOut")]
    operation["requestBody"] = {
        "required": True,
        "content": {NDJSON: _lines({"$ref": _REF.format(model="BatchLineIn")}, _EXAMPLE_IN)},
    }
    operation["responses"]["200"] = {
        "description": "A line for each, in the same order.",
        "content": {NDJSON: _lines({"oneOf": answers}, _EXAMPLE_OUT)},
    }


def _lines(each: dict[str, Any], example: str) -> dict[str, Any]:
    """Lines of JSON. OpenAPI 3.1 has no word for them; `x-itemSchema` is 3.2's `itemSchema`."""
    text = {"type": "string", "description": "A line of JSON each, ended by a line feed."}
    return {"schema": text, "x-itemSchema": each, "example": example}


@router.post(
    "/reports/batch",
    auth=door.APP_LINES,
    response={200: None},
    operation_id=OPERATION,
    description=f"""File up to {MOST_LINES} reports, a line of JSON each (NDJSON).

Each line is answered with one, in the same order: its `status`, and its receipt or what is wrong
with it. A line may have an `idempotency_key` of its own. Nothing of the others hangs on one that is
refused. Answered with 503 (`intake.busy`, `intake.not_kept`) nothing is known to be kept: send it
again with the same keys, after as long as `Retry-After` says.""",
)
def file_reports(request: HttpRequest) -> HttpResponse:
    """File many reports at once."""
    said = [
        json.dumps({"line": n, **_answer(request, line)}, ensure_ascii=False)
        for n, line in enumerate(lines_of(request.body), 1)
    ]
    return HttpResponse("\n".join(said) + "\n", content_type=f"{NDJSON}; charset=utf-8")


def _answer(request: HttpRequest, line: bytes) -> dict[str, Any]:
    try:
        return _filed(request, line)
    except GongdaoError as problem:
        return problems.document(problem)


def _filed(request: HttpRequest, line: bytes) -> dict[str, Any]:
    visitor, report = door.visitor(request), read_line(line)

    def file() -> tuple[int, str]:
        who = reporter_of(visitor.caller, report.reporter_account)
        receipt = app().reporting.file(report.submission(), who)
        answer = ReceiptOut(
            receipt=receipt.code,
            report=receipt.report,
            case=receipt.case,
            leaf=receipt.leaf,
            signed=SignedReceiptOut(**asdict(receipt.signed)),
        )
        return door.CREATED, answer.model_dump_json()

    key = report.idempotency_key
    sent = f"POST {request.path}\n{line.decode()}"
    status, body = once(visitor.scope, key, sent, file) if key else file()
    return {"status": status, **json.loads(body)}
