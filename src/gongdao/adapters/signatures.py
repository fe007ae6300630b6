"""Checking Ed25519 signatures."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def signed_with(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a key (32 bytes) made an Ed25519 signature over a message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
