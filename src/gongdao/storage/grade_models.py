"""Rows of what accounts were told of their grades."""

from typing import ClassVar

from django.db import models


class StandingRow(models.Model):
    """What an account was told: one row for an account that was restricted ever."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    person = models.UUIDField()
    told = models.CharField(max_length=1)
    told_at = models.DateTimeField()
    effects_at = models.DateTimeField()
    statement = models.CharField(max_length=64)
    next_look = models.DateTimeField(null=True)
    """When time alone changes something."""
    waits_since = models.DateTimeField(null=True)
    """Since when an appeal waits for a person."""

    objects: ClassVar[models.Manager["StandingRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "standing_row"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], name="standing_once_per_person"),
            models.CheckConstraint(
                condition=models.Q(effects_at__gt=models.F("told_at")),
                name="standing_told_before_it_restricts",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_look"],
                condition=models.Q(next_look__isnull=False),
                name="standing_next_look",
            ),
            models.Index(
                fields=["waits_since"],
                condition=models.Q(waits_since__isnull=False),
                name="standing_waits",
            ),
        ]
