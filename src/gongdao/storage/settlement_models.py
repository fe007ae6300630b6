"""Rows of negotiations."""

from typing import ClassVar

from django.db import models


class SettlementRow(models.Model):
    """A negotiation as it stands. What was written in it lies sealed elsewhere."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    matter_kind = models.CharField(max_length=20)
    matter = models.UUIDField()
    invitation = models.UUIDField(unique=True)
    stage = models.CharField(max_length=20)
    is_open = models.BooleanField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "storage"
        db_table = "settlement_row"
        indexes: ClassVar = [
            models.Index(fields=["matter_kind", "matter", "-opened_at"], name="settlement_matter"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter_kind", "matter"],
                condition=models.Q(is_open=True),
                name="settlement_open_once",
            ),
        ]
