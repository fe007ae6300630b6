"""Rows of disputes with outside platforms."""

from typing import ClassVar

from django.db import models


class DisputeRow(models.Model):
    """A dispute as it stands. What was written of it lies sealed elsewhere."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    organisation = models.UUIDField()
    kind = models.CharField(max_length=20)
    platform = models.CharField(max_length=80)
    shop = models.UUIDField(null=True)
    stage = models.CharField(max_length=20)
    next_step = models.CharField(max_length=20)
    """The column of the board in which it stands."""
    checked_on = models.DateField(null=True)
    ending = models.CharField(max_length=20, null=True)
    assignee = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    order_key = models.CharField(max_length=64, null=True)
    other_key = models.CharField(max_length=64, null=True)
    source_key = models.CharField(max_length=64, null=True)

    class Meta:
        app_label = "storage"
        db_table = "dispute_row"
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-opened_at", "id"], name="dispute_latest"),
            models.Index(fields=["organisation", "stage"], name="dispute_stage"),
            models.Index(fields=["organisation", "order_key"], name="dispute_order"),
            models.Index(fields=["organisation", "other_key"], name="dispute_other"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "source_key"], name="dispute_source_once"
            ),
        ]
