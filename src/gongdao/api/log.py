"""The public log: how far it is, and proofs out of it."""

import base64
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema

from gongdao.api import door
from gongdao.api.schemas import Moment
from gongdao.bootstrap.public_log import cosign, inclusion_of_receipt, log, tokens
from gongdao.domain.evidence.inclusion import Inclusion

router = Router(tags=["log"])
LARGEST = 2**62
LONGEST = 64 * 1024

Hash = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Size = Annotated[int, Query(ge=1, le=LARGEST)]


class LogOut(Schema):
    """The log at its newest checkpoint."""

    origin: str
    keys: list[str]
    """Verifier keys of its signatures, the newest first (C2SP signed-note)."""
    size: int
    root: str
    """Hex."""
    checkpoint: str
    """The signed note (C2SP tlog-checkpoint)."""
    signed_at: Moment
    witnessed: str | None
    """The newest checkpoint below which a witness signed; null where none ever did."""


class CosignaturesIn(Schema):
    """A checkpoint of ours with the lines of witnesses below it (C2SP tlog-cosignature)."""

    note: str = Field(max_length=LONGEST)


class CosignaturesOut(Schema):
    """The witnesses whose lines were taken."""

    witnesses: list[str]


class TimestampOut(Schema):
    """A timestamp (RFC 3161) as the authority answered."""

    about: str
    """`checkpoint` and its size: the hash is that of the note's text, without signatures."""
    authority: str
    at: Moment
    reply: str
    """The whole TimeStampResp, base64, as it came."""


class InclusionOut(Schema):
    """The proof that a record's hash is in the log: `gongdao verify RECEIPT --inclusion FILE`."""

    format: str
    leaf: str
    place: int
    size: int
    path: list[str]
    checkpoint: str
    log_key: str

    @classmethod
    def of(cls, proof: Inclusion) -> "InclusionOut":
        """From the proof."""
        return cls.model_validate(proof, from_attributes=True)


class ConsistencyOut(Schema):
    """What shows that the log at the second size begins with the log at the first."""

    first: int
    second: int
    path: list[str]


@router.get("/log", auth=door.ANYBODY, response=LogOut, operation_id="read_log")
def read_log(request: HttpRequest) -> LogOut:
    """The newest checkpoint and the keys that sign it.

    The log itself is published as files: `/log/checkpoint` and `/log/tile/…` (C2SP tlog-tiles).
    """
    del request
    now, witnessed = log().newest(), log().witnessed()
    return LogOut(
        origin=now.checkpoint.origin,
        keys=[str(key) for key in log().keys.public()],
        size=now.checkpoint.size,
        root=now.checkpoint.root.hex(),
        checkpoint=now.note.write(),
        signed_at=now.at,
        witnessed=witnessed.write() if witnessed else None,
    )


@router.post(
    "/log/cosignatures",
    auth=door.ANYBODY,
    response={201: CosignaturesOut},
    operation_id="cosign_checkpoint",
)
def cosign_checkpoint(request: HttpRequest, payload: CosignaturesIn) -> HttpResponse:
    """Put a witness's cosignature below a checkpoint. Anybody may hand it in: it proves itself.

    Whose are taken is a setting of the installation.
    """
    return door.answered(request, lambda: CosignaturesOut(witnesses=cosign(payload.note)))


@router.get(
    "/log/inclusion/{leaf}",
    auth=door.ANYBODY,
    response=InclusionOut,
    operation_id="prove_inclusion",
)
def prove_inclusion(request: HttpRequest, leaf: Hash) -> InclusionOut:
    """The proof that the record with this leaf (from a receipt, hex) is in the log."""
    del request
    return InclusionOut.of(log().inclusion(bytes.fromhex(leaf)))


@router.get(
    "/log/receipts/{code}",
    auth=door.ANYBODY,
    response=InclusionOut,
    operation_id="prove_receipt",
)
def prove_receipt(request: HttpRequest, code: str) -> InclusionOut:
    """The same for the report under the code of its receipt."""
    door.holder(request, code)
    return InclusionOut.of(inclusion_of_receipt(code))


@router.get(
    "/log/consistency",
    auth=door.ANYBODY,
    response=ConsistencyOut,
    operation_id="prove_consistency",
)
def prove_consistency(request: HttpRequest, first: Size, second: Size) -> ConsistencyOut:
    """The proof that nothing was changed or taken out between two sizes of the log."""
    del request
    path = log().consistency(first, second)
    return ConsistencyOut(first=first, second=second, path=[each.hex() for each in path])


@router.get(
    "/log/timestamps/{leaf}",
    auth=door.ANYBODY,
    response=list[TimestampOut],
    operation_id="list_timestamps",
)
def list_timestamps(request: HttpRequest, leaf: Hash) -> list[TimestampOut]:
    """What outside authorities stamped about a hash (SHA-256, hex), the earliest first."""
    del request
    return [
        TimestampOut(
            about=each.about,
            authority=each.authority,
            at=each.at,
            reply=base64.b64encode(each.reply).decode(),
        )
        for each in tokens().of(bytes.fromhex(leaf))
    ]
