"""What decisions say of findings, in PostgreSQL."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from gongdao.domain.kernel.ids import Sealed
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.labels import Label, Noted, Said
from gongdao.storage.screening_label_models import ScreeningLabel

_COUNTED = """
    select id::text, text, category, is_true, said, of::text, at, findings, by::text, author::text
    from (
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
        with connection.cursor() as cursor:  # all of them are read: rows of models take far longer
            cursor.execute(_COUNTED, [since])
            return [_label(row) for row in cursor.fetchall()]


def _label(row: tuple[Any, ...]) -> Label:
    name, text, category, true, said, of, at, findings, by, author = row
    return Label(
        id=name,
        text=Sealed(text),
        category=Category(category),
        true=true,
        said=Said(said),
        of=of,
        at=at,
        findings=tuple(
            Noted(Category(each["category"]), each["evidence"], each["score"])
            for each in json.loads(findings)
        ),
        by=by,
        author=author,
    )
