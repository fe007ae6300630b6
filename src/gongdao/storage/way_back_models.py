"""Rows of ways back."""

from typing import ClassVar

from django.db import models


class WayBackRow(models.Model):
    """A way back as it stands: one for a sanction."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    sanction = models.UUIDField()
    case = models.UUIDField(db_index=True)
    stage = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    next_look = models.DateTimeField(null=True)
    """When time alone changes something."""
    to_check_since = models.DateTimeField(null=True)
    """Since when a proof waits for a reviewer."""

    objects: ClassVar[models.Manager["WayBackRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "way_back_row"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sanction"], name="way_back_once_per_sanction"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_look"],
                condition=models.Q(next_look__isnull=False),
                name="way_back_next_look",
            ),
            models.Index(
                fields=["to_check_since"],
                condition=models.Q(to_check_since__isnull=False),
                name="way_back_to_check",
            ),
        ]
