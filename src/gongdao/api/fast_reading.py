"""What the fast route takes: the same as `schemas.ReportIn`, read in one pass.

It takes nothing that `ReportIn` would not; a test holds the two together. What it cannot read goes
to the common route, which says what is wrong.
"""

from typing import Annotated, Literal

import msgspec

from gongdao.domain.flows.reporting import Submission
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.policy.model import SubjectKind

MOST_LINES = 500
"""Reports in a batch."""


class Strict(msgspec.Struct, forbid_unknown_fields=True):
    """Nothing unknown: a misspelt field is said, not passed over."""


def _at_most(length: int) -> msgspec.Meta:
    return msgspec.Meta(max_length=length)


Text = Annotated[str, _at_most(20_000)]
Short = Annotated[str, _at_most(80)]
Account = Annotated[str, _at_most(200)]


class SubjectIn(Strict):
    """What is reported, as it was seen."""

    kind: SubjectKind
    ref: Annotated[str, _at_most(500)]
    snapshot: Text = ""
    account: Account | None = None


class ReportIn(Strict):
    """A report."""

    subject: SubjectIn
    category: Short
    statement: Text
    remedy: Short | None = None
    contact: Annotated[str, _at_most(1000)] | None = None
    language: Literal["zh-hans", "en"] = "zh-hans"
    reporter_account: Account | None = None
    group: Account | None = None

    @property
    def on_behalf_of(self) -> str | None:
        """The account that reports, in the operator's app; blanks name nobody."""
        return (self.reporter_account or "").strip() or None

    def submission(self) -> Submission:
        """As the stories know it."""
        return Submission(
            subject_kind=self.subject.kind,
            subject_ref=self.subject.ref,
            snapshot=self.subject.snapshot,
            account=self.subject.account,
            category=self.category,
            statement=self.statement,
            remedy=self.remedy,
            contact=self.contact,
            language=self.language,
            group=self.group,
        )


class BatchLine(ReportIn):
    """A line of a batch: a report, and the key under which it is taken once."""

    idempotency_key: Annotated[str, _at_most(200)] | None = None


def lines_of(body: bytes) -> list[bytes]:
    """The lines of a batch; BadInput for none, and for too many."""
    lines = [line for line in body.splitlines() if line.strip()]
    if not 0 < len(lines) <= MOST_LINES:
        raise BadInput(
            "batch.wrong_size",
            hint_noop("Send {most} reports at most, a line each; these are {lines}."),
            most=MOST_LINES,
            lines=len(lines),
        )
    return lines


def read_line(line: bytes) -> BatchLine:
    """A line of a batch; BadInput says why it is none."""
    try:
        return LINE.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        what = str(wrong)[:200] if isinstance(wrong, msgspec.ValidationError) else "no JSON"
        raise BadInput(
            "batch.bad_line", hint_noop("This line is no report: {what}."), what=what
        ) from None


REPORT = msgspec.json.Decoder(ReportIn)
LINE = msgspec.json.Decoder(BatchLine)
