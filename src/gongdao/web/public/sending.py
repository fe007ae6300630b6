"""Sending once, however often the button is pressed."""

import hashlib
import json
from dataclasses import asdict

from gongdao.bootstrap import app, once
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.reporting import Receipt, Submission
from gongdao.domain.intake.receipt import SignedReceipt
from gongdao.domain.kernel.ids import CaseId, ReportId

_SCOPE = "page.report"
_CREATED = 201


def file_once(token: str, submission: Submission, caller: Caller) -> Receipt:
    """File a report; a second time with the same token gives the first receipt."""
    written = json.dumps(asdict(submission), sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(f"{caller.person}\n{written}".encode()).hexdigest()

    def file() -> tuple[int, str]:
        return _CREATED, json.dumps(asdict(app().reporting.file(submission, caller)))

    _, answer = once(_SCOPE, token, digest, file)
    kept = json.loads(answer)
    return Receipt(
        kept["code"],
        ReportId(kept["report"]),
        CaseId(kept["case"]),
        kept["leaf"],
        SignedReceipt(**kept["signed"]),
    )
