"""The key that signs the log's checkpoints, kept encrypted beside those of the receipts.

It is not the key of the receipts: who may say "we have your report" and who may say "this is all
there is" can be told apart, and kept apart. Each key that is not retired signs, so that a new one
is known to everybody who follows the log before the old one goes.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from django.utils import timezone

from gongdao.domain.evidence.checkpoint import Checkpoint, Key, Note, sign
from gongdao.domain.intake.receipt import key_id
from gongdao.domain.kernel.errors import NotFound, PeerFailed, Refused, hint_noop
from gongdao.storage.log_models import LogKey
from gongdao.storage.people import Secrets


@dataclass(frozen=True, slots=True)
class PgLogKeys:
    """The keys of one log."""

    secrets: Secrets
    origin: str
    """The log's name, which is its keys' name."""

    def sign(self, checkpoint: Checkpoint) -> Note:
        """The checkpoint as a note; PeerFailed if no key can be read any more."""
        text = checkpoint.text()
        lines = []
        for row in self._signing():
            secret = self.secrets.decrypt(row.secret)
            if secret is None:
                raise PeerFailed(
                    "log.key_lost",
                    hint_noop("The log cannot be signed: put fields.key back as it was."),
                )
            private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret))
            lines.append(sign(Key(self.origin, bytes(row.public)), text, private.sign))
        return Note(text, tuple(lines))

    def public(self, origin: str = "") -> list[Key]:
        """The keys that sign, the newest first; named as the log was when it signed so."""
        return [Key(origin or self.origin, bytes(row.public)) for row in self._signing()]

    def add(self) -> Key:
        """One more key, which signs beside the others from the next checkpoint on."""
        self._signing()  # the first comes first, or it would be the only one that nobody knows
        return Key(self.origin, bytes(self._made().public))

    def retire(self, key: str) -> None:
        """Sign with this one no more. What it signed stays; the last cannot go."""
        with transaction.atomic():
            signing = list(LogKey.objects.select_for_update().filter(retired_at=None))
            found = [row for row in signing if Key(self.origin, bytes(row.public)).id.hex() == key]
            if not found:
                raise NotFound(
                    "log.no_such_key",
                    hint_noop("No key {key} signs. `gongdao log show` names those that do."),
                    key=key,
                )
            if len(signing) == 1:
                raise Refused(
                    "log.last_key",
                    hint_noop(
                        "This is the only key that signs. Add another first with `gongdao log "
                        "add-key`, and tell those who follow the log."
                    ),
                )
            LogKey.objects.filter(id=found[0].id).update(retired_at=timezone.now())

    def _signing(self) -> Sequence[LogKey]:
        found = LogKey.objects.filter(retired_at=None).order_by("-made_at")
        return list(found) or [self._first()]

    def _first(self) -> LogKey:
        """The first key, made when it is first needed; of two processes one makes it."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('gongdao log key'))")
            made = LogKey.objects.filter(retired_at=None).first()
            return self._made() if made is None else made

    def _made(self) -> LogKey:
        key = Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes_raw()
        sealed = self.secrets.encrypt(base64.b64encode(key.private_bytes_raw()).decode())
        return LogKey.objects.create(
            id=key_id(public), public=public, secret=sealed, made_at=timezone.now()
        )
