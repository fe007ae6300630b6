"""A signed receipt: what was received and when, so that nobody can later say that it was not."""

import hashlib
from dataclasses import dataclass

from gongdao.domain.kernel.ids import ReportId

FORMAT = "gongdao.receipt.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedReceipt:
    """What the reporter keeps. Every field but the last two is signed, in this order."""

    origin: str
    """The address of the installation that signed."""
    receipt: str
    """The code that opens the case: whoever has it can read the report."""
    report: ReportId
    received_at: str
    """RFC 3339, on China's clock."""
    leaf: str
    """SHA-256 leaf hash (hex, RFC 9162) of the report in the log."""
    key: str
    """Which key signed: the first 16 hex digits of the SHA-256 of the public key."""
    public_key: str
    """Ed25519, base64. It convinces only who has it from the operator as well."""
    signature: str
    """Ed25519 (RFC 8032) over `signed_bytes`, base64."""

    def signed_bytes(self) -> bytes:
        """The bytes under the signature: a line each, and no line can hold two."""
        return to_sign(
            self.origin, self.receipt, self.report, self.received_at, self.leaf, self.key
        )


def key_id(public: bytes) -> str:
    """The name of a public key (32 bytes)."""
    return hashlib.sha256(public).hexdigest()[:16]


def to_sign(*fields: str) -> bytes:
    """The fields of a receipt as they are signed."""
    if any("\n" in field for field in fields):
        raise ValueError("a field of a receipt is one line")
    return "".join(f"{line}\n" for line in (FORMAT, *fields)).encode()
