"""Exhibits, and files on their way in, in PostgreSQL."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, Sum

from gongdao.domain.evidence import exhibits
from gongdao.domain.evidence.exhibits import Exhibit, ExhibitStep
from gongdao.domain.evidence.uploads import LEASE, Looked, Upload, gone
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.ids import CaseId, Digest, PersonId
from gongdao.storage import codec
from gongdao.storage.people import Secrets
from gongdao.storage.rate_limits import network
from gongdao.storage.streams import PgStreams, as_uuid, asked_once, keep_row, optional
from gongdao.storage.vault_models import ExhibitRow, UploadRow

_OF_CASE = """
    select e.stream, e.kind, e.body, e.leaf from exhibit_row r join event e on e.stream = r.id
    where r."case" = %s order by r.number, e.version
"""


class PgExhibits(PgStreams[Exhibit, ExhibitStep]):
    """All exhibits."""

    begins = "exhibit.received"
    fold = staticmethod(exhibits.fold)

    def project(self, stream: str, standing: Exhibit, version: int) -> None:
        keep_row(ExhibitRow.objects, stream, exhibit_row(standing, version))

    def of_case(self, case: CaseId) -> list[tuple[Exhibit, str]]:
        return list(asked_once(("exhibits", case), lambda: self._of_case(case)))

    def _of_case(self, case: CaseId) -> list[tuple[Exhibit, str]]:
        with connection.cursor() as cursor:
            cursor.execute(_OF_CASE, [as_uuid(case)])
            rows = cursor.fetchall()
        steps: dict[UUID, list[ExhibitStep]] = {}
        leaves: dict[UUID, str] = {}
        for stream, kind, body, leaf in rows:
            steps.setdefault(stream, []).append(codec.decode_event(kind, body))
            leaves.setdefault(stream, bytes(leaf).hex())
        return [(exhibits.fold(each), leaves[stream]) for stream, each in steps.items()]

    def next_numbers(self, case: CaseId, owner: PersonId | None) -> tuple[int, int]:
        with connection.cursor() as cursor:
            # Of two who hand in at once the second waits here, so that it counts the first.
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 12))", [case])
        theirs = ExhibitRow.objects.filter(case=as_uuid(case))
        own = theirs.filter(owner=optional(owner))
        return theirs.count() + 1, own.count() + 1

    def same_file(self, digest: Digest) -> list[Exhibit]:
        rows = ExhibitRow.objects.filter(sha256=digest).order_by("received_at", "id")
        return [
            held.now for held in self.several([str(i) for i in rows.values_list("id", flat=True)])
        ]


def exhibit_row(exhibit: Exhibit, version: int) -> dict[str, object]:
    """An exhibit's row."""
    return {
        "version": version,
        "case": UUID(exhibit.case),
        "number": exhibit.number,
        "own_number": exhibit.own_number,
        "side": exhibit.side.value,
        "owner": optional(exhibit.owner),
        "kind": exhibit.kind.value,
        "media": exhibit.file.media,
        "size": exhibit.file.size,
        "sha256": exhibit.file.sha256,
        "received_at": exhibit.received_at,
        "released": exhibit.released,
    }


@dataclass(frozen=True, slots=True)
class PgUploads:
    """Files on their way in."""

    secrets: Secrets
    token: Callable[[], str]

    def begin(self, upload: Upload) -> str:
        token = self.token()
        UploadRow.objects.create(
            id=self._name(token),
            place=UUID(upload.place),
            name=self.secrets.encrypt(upload.name),
            size=upload.size,
            received=0,
            begun_at=upload.begun_at,
            expires_at=upload.expires_at,
            device=self.secrets.encrypt(upload.device),
            address=self.secrets.encrypt(upload.address),
            network=self._network(upload.address) if upload.address else None,
        )
        return token

    def get(self, token: str) -> Upload:
        row = UploadRow.objects.filter(id=self._name(token)).first()
        if row is None:
            raise gone()
        return self._read(row)

    def claim(self, token: str, now: datetime) -> str:
        claim = self.token()
        free = Q(claim=None) | Q(claimed_until__lt=now)
        mine = UploadRow.objects.filter(free, id=self._name(token), looked=None)
        if not mine.update(claim=claim, claimed_until=now + LEASE):
            raise busy()
        return claim

    def advance(self, token: str, claim: str, received: int, now: datetime) -> None:
        mine = UploadRow.objects.filter(id=self._name(token), claim=claim)
        if not mine.update(received=received, claimed_until=now + LEASE):
            self.get(token)
            raise busy()

    def let_go(self, token: str, claim: str) -> None:
        mine = UploadRow.objects.filter(id=self._name(token), claim=claim)
        mine.update(claim=None, claimed_until=None)

    def finish(self, token: str, claim: str, looked: Looked) -> None:
        mine = UploadRow.objects.filter(id=self._name(token), claim=claim)
        if not mine.update(looked=codec.encode(looked), claim=None, claimed_until=None):
            self.get(token)
            raise busy()

    def drop(self, token: str) -> None:
        self.forget(self._name(token))

    def take(self, token: str) -> Upload:
        row = UploadRow.objects.select_for_update().filter(id=self._name(token)).first()
        if row is None:
            raise gone()
        UploadRow.objects.filter(id=row.id).delete()
        return self._read(row)

    def open_bytes(self, address: str) -> int:
        mine = UploadRow.objects.filter(network=self._network(address))
        return int(mine.aggregate(all=Sum("size"))["all"] or 0)

    def expired(self, now: datetime, limit: int) -> list[tuple[str, Upload]]:
        over = UploadRow.objects.filter(expires_at__lte=now).order_by("expires_at")[:limit]
        return [(row.id, self._read(row)) for row in over]

    def forget(self, name: str) -> None:
        UploadRow.objects.filter(id=name).delete()

    def _name(self, token: str) -> str:
        return self.secrets.keyed("upload", token)

    def _network(self, address: str) -> str:
        return self.secrets.keyed("upload from", network(address))

    def _read(self, row: UploadRow) -> Upload:
        return Upload(
            place=str(row.place),
            name=self.secrets.decrypt(row.name) or "file",
            size=row.size,
            received=row.received,
            begun_at=row.begun_at,
            expires_at=row.expires_at,
            device=self.secrets.decrypt(row.device),
            address=self.secrets.decrypt(row.address),
            looked=codec.decode(row.looked, Looked) if row.looked else None,
        )


def busy() -> Refused:
    """What whoever sends is told while another request still does."""
    return Refused(
        "upload.busy",
        hint_noop("Another request still sends this file. Ask how far it is, then go on."),
    )
