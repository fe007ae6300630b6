"""What the fast route takes: the same as `schemas.ReportIn`, read in one pass.

It takes nothing that `ReportIn` would not; a test holds the two together. What it cannot read goes
to the common route, which says what is wrong.
"""

from typing import Annotated, Literal

import msgspec

from gongdao.domain.flows.reporting import Submission
from gongdao.domain.policy.model import SubjectKind


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


REPORT = msgspec.json.Decoder(ReportIn)
LINE = msgspec.json.Decoder(BatchLine)
