"""The table of interim measures."""

from typing import ClassVar

from django.db import models


class InterimRow(models.Model):
    """An interim measure as it stands. A trigger refuses one without a statement, or too long."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    case = models.UUIDField(db_index=True)
    respondent = models.UUIDField()
    measure = models.CharField(max_length=20)
    imposed_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cap_ends_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=20, null=True)
    statement = models.CharField(max_length=64)

    class Meta:
        db_table = "interim_row"
        indexes: ClassVar = [
            models.Index(
                fields=["ends_at"],
                condition=models.Q(lifted_at__isnull=True),
                name="interim_ending",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "measure"],
                condition=models.Q(lifted_at__isnull=True),
                name="interim_once_in_force",
            ),
        ]
