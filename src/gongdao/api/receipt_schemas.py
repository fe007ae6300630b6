"""What a reporter is given at once: a receipt, signed, and the keys that check it."""

from ninja import Field, Schema

from gongdao.api.schemas import Moment


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
