"""Rows of files on misuse of reporting."""

from typing import ClassVar

from django.db import models


class MisuseRow(models.Model):
    """What there is about one reporter, as it stands. Every text lies sealed elsewhere."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    reporter = models.UUIDField(unique=True)
    marks = models.JSONField()
    """By case: the decision that the mark rests on, and the mark."""
    measure = models.UUIDField(null=True)
    """The latest that was neither lifted nor seen to run out; it is over by itself at its end."""
    warning = models.UUIDField(null=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)
    """Of the oldest appeal that waits to be decided."""

    class Meta:
        app_label = "storage"
        db_table = "misuse_row"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    measure__isnull=True, warning__isnull=True, since__isnull=True,
                    until__isnull=True,
                )
                | models.Q(
                    measure__isnull=False, warning__isnull=False, since__isnull=False,
                    until__gt=models.F("since"),
                ),
                name="misuse_measure_ends",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(
                fields=["objected_at", "id"],
                condition=models.Q(objected_at__isnull=False),
                name="misuse_objected",
            ),
            models.Index(
                fields=["until", "id"],
                condition=models.Q(until__isnull=False),
                name="misuse_until",
            ),
        ]
