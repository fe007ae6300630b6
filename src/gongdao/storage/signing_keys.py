"""The keys that sign receipts: one signs, the earlier ones still verify. Kept encrypted."""

import base64
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from django.utils import timezone

from gongdao.domain.intake.receipt import SignedReceipt, key_id, to_sign
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import PeerFailed, hint_noop
from gongdao.domain.kernel.ids import ReportId
from gongdao.storage.models import SigningKey
from gongdao.storage.people import Secrets


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key as everybody may see it."""

    key: str
    public_key: str
    """Ed25519, base64."""
    made_at: datetime
    retired_at: datetime | None


def signed(
    secret: bytes, origin: str, code: str, report: ReportId, received_at: datetime, leaf: str
) -> SignedReceipt:
    """Sign what was received. `secret` is the 32 bytes of an Ed25519 key."""
    key = Ed25519PrivateKey.from_private_bytes(secret)
    public = key.public_key().public_bytes_raw()
    moment = received_at.astimezone(CHINA).isoformat()
    signature = key.sign(to_sign(origin, code, report, moment, leaf, key_id(public)))
    return SignedReceipt(
        origin=origin,
        receipt=code,
        report=report,
        received_at=moment,
        leaf=leaf,
        key=key_id(public),
        public_key=base64.b64encode(public).decode(),
        signature=base64.b64encode(signature).decode(),
    )


@dataclass(frozen=True, slots=True)
class PgReceipts:
    """Signs receipts."""

    secrets: Secrets
    origin: str

    def sign(self, code: str, report: ReportId, received_at: datetime, leaf: str) -> SignedReceipt:
        row = SigningKey.objects.filter(retired_at=None).order_by("-made_at").first()
        secret = self.secrets.decrypt((row or self.rotate()).secret)
        if secret is None:
            raise PeerFailed(
                "receipt.key_lost",
                hint_noop("Receipts cannot be signed: put fields.key back, or rotate the key."),
            )
        raw = base64.b64decode(secret)
        return signed(raw, self.origin, code, report, received_at, leaf)

    def rotate(self) -> SigningKey:
        """Sign with a new key from now on. What earlier ones signed stays verifiable."""
        key = Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes_raw()
        sealed = self.secrets.encrypt(base64.b64encode(key.private_bytes_raw()).decode())
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('gongdao signing key'))")
            SigningKey.objects.filter(retired_at=None).update(retired_at=timezone.now())
            return SigningKey.objects.create(
                id=key_id(public), public=public, secret=sealed, made_at=timezone.now()
            )

    def public(self) -> list[PublicKey]:
        """Every key that ever signed, the present one first."""
        return [
            PublicKey(
                row.id,
                base64.b64encode(bytes(row.public)).decode(),
                row.made_at,
                row.retired_at,
            )
            for row in SigningKey.objects.order_by("-made_at")
        ]
