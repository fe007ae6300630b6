"""A signed receipt: what was received and when, so that nobody can later say that it was not.

Reports that are kept in one transaction are signed together: the receipts' signed lines are the
leaves of a tree, and the signature is over its root. Each receipt holds the path from its own
lines to that root, so that it proves itself and says nothing of the others.
"""

import hashlib
from dataclasses import dataclass

from gongdao.domain.kernel.ids import ReportId
from gongdao.domain.kernel.merkle import leaf_hash, root_from

FORMAT = "gongdao.receipt.v1"
TREE = "gongdao.receipts.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedReceipt:
    """What the reporter keeps."""

    origin: str
    """The address of the installation that signed."""
    receipt: str
    """The code that opens the case: whoever has it can read the report."""
    report: ReportId
    received_at: str
    """RFC 3339, on China's clock."""
    leaf: str
    """SHA-256 (hex) of the report, as RFC 9162 hashes a leaf: its entry in the public log."""
    key: str
    """Which key signed: the first 16 hex digits of the SHA-256 of the public key."""
    public_key: str
    """Ed25519, base64. It convinces only who has it from the operator as well."""
    signature: str
    """Ed25519 (RFC 8032) over `to_sign_tree`, base64."""
    position: int = 0
    """Which leaf it is among those that were signed together, from 0."""
    size: int = 1
    """How many were signed together."""
    path: tuple[str, ...] = ()
    """From the leaf up to the root, hex."""
    format: str = FORMAT

    def signed_bytes(self) -> bytes | None:
        """The bytes under the signature; None where the path leads nowhere."""
        if self.format != FORMAT:
            return None
        own = to_sign(self.origin, self.receipt, self.report, self.received_at, self.leaf, self.key)
        path = [bytes.fromhex(sibling) for sibling in self.path]
        root = root_from(leaf_hash(own), self.position, self.size, path)
        return None if root is None else to_sign_tree(root, self.size, self.key)


def key_id(public: bytes) -> str:
    """The name of a public key (32 bytes)."""
    return hashlib.sha256(public).hexdigest()[:16]


def to_sign(*fields: str) -> bytes:
    """The fields of a receipt as its leaf holds them: a line each, and no line can hold two."""
    lines = "\n".join((FORMAT, *fields)) + "\n"
    if lines.count("\n") != len(fields) + 1:
        raise ValueError("a field of a receipt is one line")
    return lines.encode()


def to_sign_tree(root: bytes, size: int, key: str) -> bytes:
    """The root of receipts that were signed together, as it is signed."""
    return f"{TREE}\n{size}\n{root.hex()}\n{key}\n".encode()
