"""Looks at exhibits in PostgreSQL, and finding pictures again among those of all cases."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from gongdao.domain.evidence import findings
from gongdao.domain.evidence.findings import Looks, LookStep
from gongdao.domain.evidence.likeness import Alike, Print, alike
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, ExhibitId
from gongdao.domain.policy.pictures import LikenessPolicy
from gongdao.storage.finding_models import LookRow, PictureMark
from gongdao.storage.streams import PgStreams, as_uuid, keep_row

LEAST = 48
"""So many of the smallest pieces stand in the index. A crop with half of the text shares about
half of them."""
CANDIDATES = 200
_NEAR = """
    select exhibit, first, second, third, fourth, pieces from (
        select *, bit_count((first # %(a)s)::bit(64)) + bit_count((second # %(b)s)::bit(64))
            + bit_count((third # %(c)s)::bit(64)) + bit_count((fourth # %(d)s)::bit(64)) as away
        from picture_mark where "case" <> %(case)s
    ) found
    where away <= %(bits)s or least && %(least)s
    order by away limit %(limit)s
"""


class PgLooks(PgStreams[Looks, LookStep]):
    """The looks at all exhibits."""

    begins = "look.taken"
    fold = staticmethod(findings.fold)

    def project(self, stream: str, standing: Looks, version: int) -> None:
        keep_row(LookRow.objects, stream, look_row(standing, version))

    def of_exhibit(self, exhibit: ExhibitId) -> Held[Looks] | None:
        row = LookRow.objects.filter(exhibit=as_uuid(exhibit)).first()
        return self.get(str(row.id)) if row else None

    def of_case(self, case: CaseId) -> Sequence[Looks]:
        rows = LookRow.objects.filter(case=as_uuid(case)).order_by("id")
        found = self.several([str(row) for row in rows.values_list("id", flat=True)])
        return [held.now for held in found]

    def keep_print(self, exhibit: ExhibitId, case: CaseId, found: Print) -> None:
        a, b, c, d = _quarters(found.bits)
        PictureMark.objects.update_or_create(
            exhibit=as_uuid(exhibit),
            defaults={
                "case": as_uuid(case),
                "first": a,
                "second": b,
                "third": c,
                "fourth": d,
                "pieces": sorted(found.pieces),
                "least": sorted(found.pieces)[:LEAST],
            },
        )

    def near(
        self, found: Print, case: CaseId, policy: LikenessPolicy, limit: int
    ) -> list[tuple[ExhibitId, Alike]]:
        a, b, c, d = _quarters(found.bits)
        asked: dict[str, Any] = {
            "a": a, "b": b, "c": c, "d": d, "case": as_uuid(case), "bits": policy.bits,
            "least": sorted(found.pieces)[:LEAST], "limit": CANDIDATES,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_NEAR, asked)
            rows = cursor.fetchall()
        seen = [
            (ExhibitId(str(exhibit)), alike(found, _print(quarters, pieces), policy))
            for exhibit, *quarters, pieces in rows
        ]
        return [(exhibit, each) for exhibit, each in seen if each is not None][:limit]


def look_row(looks: Looks, version: int) -> dict[str, object]:
    """The row of an exhibit's looks."""
    latest = looks.latest
    return {
        "version": version,
        "exhibit": as_uuid(looks.exhibit),
        "case": as_uuid(looks.case),
        "program": latest.program,
        "missed": latest.missed,
        "looked_at": latest.at,
    }


def _quarters(bits: int) -> list[int]:
    """256 bits as four numbers with signs, as the database has them."""
    unsigned = [bits >> shift & (1 << 64) - 1 for shift in (192, 128, 64, 0)]
    return [part - (1 << 64) if part >> 63 else part for part in unsigned]


def _print(quarters: Sequence[int], pieces: Sequence[int]) -> Print:
    bits = 0
    for part in quarters:
        bits = bits << 64 | part & (1 << 64) - 1
    return Print(bits, frozenset(pieces))
