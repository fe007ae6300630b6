"""The installation's models, and what was noted of screened texts, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Count

from gongdao.domain.kernel.events import Held
from gongdao.domain.policy.screening import Category, Lane
from gongdao.domain.screening import shadowing
from gongdao.domain.screening.shadowing import (
    BINS,
    THE_MODELS,
    Crossed,
    Models,
    ModelsStep,
    Sample,
    Window,
)
from gongdao.storage.screening_label_models import ScreeningSample
from gongdao.storage.streams import PgStreams

_TENTHS = ", ".join(
    f"count(*) filter (where least(floor(live * {BINS}), {BINS - 1}) = {tenth})"
    for tenth in range(BINS)
)
_WINDOW = f"""
    select category, count(*), count(*) filter (where live_lane <> 'publish'), avg(live), {_TENTHS}
    from screening_sample where live_version = %s and at >= %s and at < %s
    group by category order by category
"""  # noqa: S608 – made of numbers of our own


class PgModelSteps(PgStreams[Models, ModelsStep]):
    """The one stream of the installation's models: it needs no row."""

    begins = "screening.models_begun"
    fold = staticmethod(shadowing.fold)

    def project(self, stream: str, standing: Models, version: int) -> None:
        """Nothing is listed."""

    def of_house(self) -> Held[Models] | None:
        return next(iter(self.several([THE_MODELS])), None)

    def write(self, steps: Sequence[ModelsStep], *, after: int) -> Held[Models]:
        return self.add(THE_MODELS, steps, after=after)


class PgSamples:
    """What was noted of screened texts."""

    def keep(self, samples: Sequence[Sample]) -> None:
        ScreeningSample.objects.bulk_create(
            ScreeningSample(
                at=each.at,
                key=each.key,
                category=each.category.value,
                live=each.live,
                live_lane=each.live_lane.value,
                shadow_version=each.shadow_version,
                shadow=each.shadow,
                shadow_lane=each.shadow_lane.value if each.shadow_lane else None,
                live_version=each.live_version,
            )
            for each in samples
        )

    def window(self, live: str, begin: datetime, end: datetime) -> Sequence[Window]:
        with connection.cursor() as cursor:
            cursor.execute(_WINDOW, [live, begin, end])
            rows = cursor.fetchall()
        return [
            Window(Category(category), n, flagged, mean, tuple(bins))
            for category, n, flagged, mean, *bins in rows
        ]

    def texts(self, version: str, since: datetime) -> int:
        rows = ScreeningSample.objects.filter(shadow_version=version, at__gte=since)
        return rows.values("key", "at").distinct().count()

    def crossed(self, version: str, since: datetime) -> Sequence[Crossed]:
        rows = (
            ScreeningSample.objects.filter(shadow_version=version, at__gte=since)
            .values_list("category", "live_lane", "shadow_lane")
            .annotate(n=Count("id"))
            .order_by("category", "live_lane", "shadow_lane")
        )
        return [
            Crossed(Category(category), Lane(live), Lane(shadow or ""), n)
            for category, live, shadow, n in rows
        ]

    def of_texts(self, version: str, keys: Sequence[str]) -> Sequence[Sample]:
        rows = (
            ScreeningSample.objects.filter(shadow_version=version, key__in=list(keys))
            .order_by("key", "category", "-id")
            .distinct("key", "category")
        )
        return [_sample(row) for row in rows]

    def forget(self, before: datetime) -> int:
        return ScreeningSample.objects.filter(at__lt=before).delete()[0]


def _sample(row: ScreeningSample) -> Sample:
    return Sample(
        row.at,
        row.key,
        Category(row.category),
        row.live,
        Lane(row.live_lane),
        row.shadow_version,
        row.shadow,
        Lane(row.shadow_lane) if row.shadow_lane else None,
        row.live_version or "",
    )
