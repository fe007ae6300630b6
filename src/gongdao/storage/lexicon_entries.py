"""Entries of the lexicon that were proposed for retirement, and what was learned, in PostgreSQL."""

from gongdao.domain.kernel.events import Held
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening import entries
from gongdao.domain.screening.entries import EntryStage, EntryStep, JudgedEntry, stream_of
from gongdao.domain.screening.taught import UNTAUGHT, Taught
from gongdao.storage.screening_label_models import LexiconEntryRow, ScreeningLesson
from gongdao.storage.streams import PgStreams, keep_row


class PgJudgedEntries(PgStreams[JudgedEntry, EntryStep]):
    """All entries that were ever proposed."""

    begins = "lexicon.entry_proposed"
    fold = staticmethod(entries.fold)

    def project(self, stream: str, standing: JudgedEntry, version: int) -> None:
        keep_row(LexiconEntryRow.objects, stream, entry_row(standing, version))

    def of(self, category: Category, entry: str) -> Held[JudgedEntry] | None:
        return next(iter(self.several([stream_of(category, entry)])), None)

    def listed(self, limit: int, stage: EntryStage | None = None) -> list[JudgedEntry]:
        rows = LexiconEntryRow.objects.order_by("-since", "id")
        if stage is not None:
            rows = rows.filter(stage=stage.value)
        ids = [str(row) for row in rows.values_list("id", flat=True)[:limit]]
        return [held.now for held in self.several(ids)]


class PgLessons:
    """What was learned last."""

    def keep(self, taught: Taught) -> None:
        new = ScreeningLesson.objects.create(
            body={
                "retired": sorted([key[0].value, key[1]] for key in taught.retired),
                "scores": sorted([*key, score] for key, score in taught.scores.items()),
            }
        )
        ScreeningLesson.objects.filter(id__lt=new.id).delete()

    def version(self) -> int:
        latest = ScreeningLesson.objects.order_by("-id").values_list("id", flat=True).first()
        return latest or 0

    def now(self) -> Taught:
        row = ScreeningLesson.objects.order_by("-id").first()
        if row is None:
            return UNTAUGHT
        return Taught(
            frozenset((Category(category), entry) for category, entry in row.body["retired"]),
            {(Category(c), entry): score for c, entry, score in row.body["scores"]},
        )


def entry_row(now: JudgedEntry, version: int) -> dict[str, object]:
    """An entry's row."""
    return {"version": version, "stage": now.stage.value, "since": now.since}
