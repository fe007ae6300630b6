"""The second check of a packet: that its operator signed the list of all its files."""

import base64
import binascii
from collections.abc import Mapping

from gongdao.domain.evidence import packet_reading as reading
from gongdao.domain.evidence.checked import Check, Line, Lines
from gongdao.domain.evidence.checkpoint import CheckSignature
from gongdao.domain.evidence.packet_folder import Seen, digest_of
from gongdao.domain.evidence.packets import SIGNATURE, TAG_MANIFEST, Packet, PacketSignature

_ID = 16
"""Hex digits of a key's id."""


def about_signature(
    seen: Seen,
    packet: Packet | None,
    operator: Mapping[str, str] | None,
    verify: CheckSignature,
) -> list[Line]:
    """The tag manifest is what the operator signed.

    Without the operator's keys the signature is held against the key beside it: then nothing was
    changed since it was signed, and by whom it was is still to be compared.
    """
    says = Lines(Check.SIGNATURE)
    if SIGNATURE not in seen.sizes:
        says.failed("missing", SIGNATURE)
        return says.found
    try:
        found = reading.signature(seen.read(SIGNATURE) or b"")
    except reading.Broken:
        says.failed("broken", SIGNATURE)
        return says.found
    _holds(found, verify, says)
    if seen.sha256(TAG_MANIFEST) != found.tagmanifest:
        says.failed("other_list", TAG_MANIFEST)
    if packet is not None and (packet.origin, packet.case) != (found.origin, found.case):
        says.failed("other_case", SIGNATURE)
    if operator is not None and operator.get(found.key) != found.public_key:
        says.failed("unknown_key", SIGNATURE, key=found.key)
    if not says.fails:
        says.proven("holds", origin=found.origin, key=found.key)
        if operator is None:
            says.unproven("key", key=found.key)
    return says.found


def _bytes(encoded: str) -> bytes:
    """Written in the one way there is: the last letter has bits that say nothing (RFC 4648)."""
    found = base64.b64decode(encoded, validate=True)
    if base64.b64encode(found).decode() != encoded:
        raise ValueError
    return found


def _holds(found: PacketSignature, verify: CheckSignature, says: Lines) -> None:
    try:
        public, signature = _bytes(found.public_key), _bytes(found.signature)
        signed = found.signed_bytes()
    except (binascii.Error, ValueError):
        says.failed("broken", SIGNATURE)
        return
    if digest_of(public)[:_ID] != found.key or not verify(public, signature, signed):
        says.failed("false", SIGNATURE)
