"""Encrypting fields: AES-256-GCM under keys drawn from the installation's own, one a process.

A key of the installation never meets a nonce itself. Each process draws a salt, derives a key from
the installation's key with it (BLAKE2b, keyed and salted), and counts its nonces up from zero: a
pair of key and nonce cannot come twice, however many fields there are (NIST SP 800-38D §8.2.1, the
deterministic construction). What Fernet encrypted before is still read.
"""

import base64
import hashlib
import os
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"
_SALT, _NONCE = 16, 12
_PURPOSE = b"gongdao fields"


@dataclass(slots=True)
class _Drawn:
    """What a process encrypts with."""

    process: int
    salt: bytes
    key: AESGCM
    nonces: "count[int]"


@dataclass(slots=True, repr=False)
class FieldCipher:
    """Encrypts with the first of the installation's keys (as Fernet writes them); reads by all."""

    keys: tuple[bytes, ...]
    _drawn: _Drawn | None = None
    _lock: Lock = field(default_factory=Lock)

    def encrypt(self, plain: bytes) -> bytes:
        """Version, salt, nonce, and the text with its tag."""
        drawn = self._drawn
        if drawn is None or drawn.process != os.getpid():  # a fork must not count on as its parent
            drawn = self._draw()
        nonce = next(drawn.nonces).to_bytes(_NONCE, "big")
        return _VERSION + drawn.salt + nonce + drawn.key.encrypt(nonce, plain, _VERSION)

    def decrypt(self, kept: bytes) -> bytes:
        """What was encrypted; InvalidToken if no key opens it."""
        if kept[:1] != _VERSION:
            return MultiFernet([Fernet(key) for key in self.keys]).decrypt(kept)
        salt, rest = kept[1 : 1 + _SALT], kept[1 + _SALT :]
        for key in self.keys:
            try:
                return _derived(key, salt).decrypt(rest[:_NONCE], rest[_NONCE:], _VERSION)
            except (InvalidTag, ValueError):
                continue
        raise InvalidToken

    def _draw(self) -> _Drawn:
        with self._lock:
            if self._drawn is None or self._drawn.process != os.getpid():
                salt = os.urandom(_SALT)
                self._drawn = _Drawn(os.getpid(), salt, _derived(self.keys[0], salt), count())
            return self._drawn


@lru_cache(maxsize=4096)
def _derived(key: bytes, salt: bytes) -> AESGCM:
    raw = base64.urlsafe_b64decode(key)
    return AESGCM(hashlib.blake2b(_PURPOSE, digest_size=32, key=raw, salt=salt).digest())
