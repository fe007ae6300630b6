"""The keys that sign receipts: one signs, the earlier ones still verify. Kept encrypted."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from django.utils import timezone

from gongdao.domain.intake.receipt import SignedReceipt, key_id, to_sign, to_sign_tree
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import PeerFailed, hint_noop
from gongdao.domain.kernel.ids import ReportId
from gongdao.domain.kernel.merkle import leaf_hash, root_and_paths
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


@dataclass(frozen=True, slots=True)
class Received:
    """What a receipt is about."""

    code: str
    report: ReportId
    received_at: datetime
    leaf: str
    """Hex."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One key at work."""

    origin: str
    key: str
    public_key: str
    """Base64."""
    secret: Ed25519PrivateKey

    @classmethod
    def of(cls, secret: bytes, origin: str) -> Self:
        """With the 32 bytes of an Ed25519 key."""
        key = Ed25519PrivateKey.from_private_bytes(secret)
        public = key.public_key().public_bytes_raw()
        return cls(origin, key_id(public), base64.b64encode(public).decode(), key)

    def sign(self, received: Sequence[Received]) -> list[SignedReceipt]:
        """Sign together what was kept together: one signature, however many there are."""
        moments = [each.received_at.astimezone(CHINA).isoformat() for each in received]
        leaves = [
            leaf_hash(to_sign(self.origin, r.code, r.report, moment, r.leaf, self.key))
            for r, moment in zip(received, moments, strict=True)
        ]
        root, paths = root_and_paths(leaves)
        size = len(leaves)
        written = {sibling: sibling.hex() for sibling in {*chain.from_iterable(paths)}}
        signature = base64.b64encode(self.secret.sign(to_sign_tree(root, size, self.key))).decode()
        return [
            SignedReceipt(
                origin=self.origin,
                receipt=r.code,
                report=r.report,
                received_at=moment,
                leaf=r.leaf,
                key=self.key,
                public_key=self.public_key,
                signature=signature,
                position=position,
                size=size,
                path=tuple(map(written.__getitem__, path)),
            )
            for position, (r, moment, path) in enumerate(zip(received, moments, paths, strict=True))
        ]


@dataclass(frozen=True, slots=True)
class PgReceipts:
    """Signs receipts."""

    secrets: Secrets
    origin: str

    def sign(self, code: str, report: ReportId, received_at: datetime, leaf: str) -> SignedReceipt:
        return self.signer().sign([Received(code, report, received_at, leaf)])[0]

    def signer(self) -> Signer:
        """The key that signs now; PeerFailed if it cannot be read any more."""
        row = SigningKey.objects.filter(retired_at=None).order_by("-made_at").first()
        secret = self.secrets.decrypt((row or self.rotate()).secret)
        if secret is None:
            raise PeerFailed(
                "receipt.key_lost",
                hint_noop("Receipts cannot be signed: put fields.key back, or rotate the key."),
            )
        return Signer.of(base64.b64decode(secret), self.origin)

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
