"""Rows of people's own journals."""

from typing import ClassVar

from django.db import models


class JournalRow(models.Model):
    """An entry as it stands, for lists. What was written lies sealed elsewhere."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    owner = models.UUIDField()
    sort = models.CharField(max_length=80)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    bytes = models.BigIntegerField()
    corrects = models.UUIDField(null=True)
    struck = models.BooleanField()

    objects: ClassVar[models.Manager["JournalRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "journal_row"
        indexes: ClassVar = [
            models.Index(fields=["owner", "happened_at", "id"], name="journal_of_owner"),
            models.Index(
                fields=["corrects"],
                name="journal_corrects",
                condition=models.Q(corrects__isnull=False),
            ),
        ]
