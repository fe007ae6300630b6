"""What a reporter is given at once: a receipt, signed, and the keys that check it."""

from ninja import Field, Schema

from gongdao.api.schemas import CaseOut, Moment


class SignedReceiptOut(Schema):
    """A receipt that anybody can check offline: `gongdao verify`."""

    format: str
    origin: str
    receipt: str
    report: str
    received_at: str
    leaf: str
    key: str
    public_key: str
    signature: str
    position: int
    size: int
    path: list[str]


class KeyOut(Schema):
    """A key that signs receipts, or did."""

    key: str
    public_key: str
    made_at: Moment
    retired_at: Moment | None


class ReceiptOut(Schema):
    """What the reporter keeps: the code opens the case, and is shown this once."""

    receipt: str
    report: str
    case: str | None = Field(
        description="Null while the report is put in line: the receipt opens it within a minute."
    )
    leaf: str
    signed: SignedReceiptOut


class LogPlaceOut(Schema):
    """Where a report stands in the public log."""

    leaf: str
    """The hash of the report, hex: the log's entry."""
    place: int | None = Field(description="From 0; null until it has one, for a second or so.")


class ReceiptCaseOut(CaseOut):
    """The case that a code opens, and where the report on its receipt stands in the public log."""

    log: LogPlaceOut | None = Field(
        default=None, description="Null for a code that is on no receipt of a report."
    )
