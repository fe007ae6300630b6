"""What decisions say of findings, in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.labels import Label, Noted, Said
from gongdao.storage.screening_label_models import ScreeningLabel

_COUNTED = """
    select * from (
        select distinct on (text, category) * from screening_label
        order by text, category, at desc, id desc
    ) latest
    where at >= coalesce(%s, '-infinity'::timestamptz)
    order by at, id
"""


class PgLabels:
    """All labels."""

    def keep(self, label: Label) -> None:
        row = ScreeningLabel(
            id=UUID(label.id),
            text=label.text,
            category=label.category.value,
            is_true=label.true,
            said=label.said.value,
            of=UUID(label.of),
            at=label.at,
            findings=[asdict(each) for each in label.findings],
            by=UUID(label.by) if label.by else None,
            author=UUID(label.author) if label.author else None,
        )
        ScreeningLabel.objects.bulk_create([row], ignore_conflicts=True)

    def counted(self, since: datetime | None = None) -> Sequence[Label]:
        return [_label(row) for row in ScreeningLabel.objects.raw(_COUNTED, [since])]


def _label(row: ScreeningLabel) -> Label:
    return Label(
        id=str(row.id),
        text=Sealed(row.text),
        category=Category(row.category),
        true=row.is_true,
        said=Said(row.said),
        of=str(row.of),
        at=row.at,
        findings=tuple(
            Noted(Category(each["category"]), each["evidence"], each["score"])
            for each in row.findings
        ),
        by=PersonId(str(row.by)) if row.by else None,
        author=PersonId(str(row.author)) if row.author else None,
    )
