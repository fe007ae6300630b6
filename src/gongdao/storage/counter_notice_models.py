"""The table of notices about rights; its rows are made anew from events."""

from typing import ClassVar

from django.db import models


class RightsNoticeRow(models.Model):
    """A notice as it stands. A trigger refuses a measure without a statement of reasons."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    number = models.CharField(max_length=20, unique=True)
    right = models.CharField(max_length=80)
    stage = models.CharField(max_length=20)
    notifier = models.UUIDField(db_index=True)
    respondent = models.UUIDField(null=True, db_index=True)
    given_at = models.DateTimeField()
    under_way = models.UUIDField(null=True)
    """The letter that passed a paper on and is not known to have arrived."""
    files = models.IntegerField()
    effective_at = models.DateTimeField(null=True)
    measure = models.CharField(max_length=20, null=True)
    measure_at = models.DateTimeField(null=True)
    statement = models.CharField(max_length=64, null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "storage"
        db_table = "rights_notice_row"
        indexes: ClassVar = [
            models.Index(fields=["-given_at", "-id"], name="rights_notice_latest"),
            models.Index(
                fields=["given_at", "id"],
                condition=models.Q(ended_at__isnull=True),
                name="rights_notice_open",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(under_way__isnull=False),
                name="rights_notice_under_way",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(measure__isnull=True)
                | models.Q(
                    effective_at__isnull=False,
                    statement__isnull=False,
                    respondent__isnull=False,
                    files__gt=0,
                ),
                name="rights_measure_needs_effect",
            ),
        ]
