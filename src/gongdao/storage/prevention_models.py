"""Rows of flags on buyers."""

from typing import ClassVar

from django.db import models


class FlagRow(models.Model):
    """A flag as it stands. The buyer's name lies sealed elsewhere."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    organisation = models.UUIDField()
    platform = models.CharField(max_length=80)
    buyer_key = models.CharField(max_length=64)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "storage"
        db_table = "flag_row"
        indexes: ClassVar = [
            models.Index(fields=["organisation", "buyer_key"], name="flag_buyer"),
            models.Index(fields=["organisation", "until"], name="flag_until"),
        ]
