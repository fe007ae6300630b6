"""The record of an exhibit, given out alone: `gongdao verify` checks it offline."""

from django.http import HttpRequest
from ninja import Router, Schema

from gongdao.api import door
from gongdao.api.log import InclusionOut
from gongdao.bootstrap.giving import giving
from gongdao.domain.evidence.record_file import RecordFile
from gongdao.domain.kernel.ids import ExhibitId

router = Router(tags=["evidence"])


class RecordTextOut(Schema):
    """A text with what shows that it was recorded."""

    what: str
    text: str
    salt: str | None
    digest: str
    leaf: str | None


class NamedFileOut(Schema):
    """A file that the record speaks of."""

    name: str
    sha256: str
    size: int


class RecordOut(Schema):
    """A record alone: `gongdao.record.v1` of docs/packet-format.md."""

    format: str
    origin: str
    what: str
    record: str | None
    texts: list[RecordTextOut]
    files: list[NamedFileOut]
    inclusion: InclusionOut | None

    @classmethod
    def of(cls, given: RecordFile) -> "RecordOut":
        """From the record."""
        return cls.model_validate(given, from_attributes=True)


@router.get(
    "/evidence/{exhibit}/record",
    auth=door.PARTY,
    response=RecordOut,
    operation_id="give_exhibit_record",
)
def give_record(request: HttpRequest, exhibit: str) -> RecordOut:
    """The exhibit's record with its place in the public log, for `gongdao verify`.

    The record's own bytes are for staff and the auditor: null for whoever brought the exhibit.
    """
    return RecordOut.of(giving().exhibit(ExhibitId(exhibit), door.caller(request)))


@router.get(
    "/receipts/{code}/evidence/{exhibit}/record",
    auth=door.ANYBODY,
    response=RecordOut,
    operation_id="give_my_exhibit_record",
)
def give_my_record(request: HttpRequest, code: str, exhibit: str) -> RecordOut:
    """The same for a reporter, with the code of their receipt."""
    return RecordOut.of(giving().exhibit(ExhibitId(exhibit), door.holder(request, code)))
