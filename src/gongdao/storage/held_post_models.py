"""Rows of texts that wait before they appear."""

from typing import ClassVar

from django.db import models


class HeldPostRow(models.Model):
    """A text as it stands. Its words, names and findings lie sealed elsewhere."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    author = models.UUIDField()
    key = models.CharField(max_length=64)
    group = models.UUIDField(null=True)
    stage = models.CharField(max_length=20)
    level = models.CharField(max_length=20, null=True)
    until = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField()
    decision = models.UUIDField(null=True)

    class Meta:
        app_label = "storage"
        db_table = "held_post_row"
        indexes: ClassVar = [
            models.Index(
                fields=["level", "until"],
                condition=models.Q(stage="waiting"),
                name="held_post_waits",
            ),
            models.Index(
                fields=["group", "level", "until", "id"],
                condition=models.Q(stage="waiting"),
                name="held_post_in_group",
            ),
            models.Index(fields=["author", "-handed_in_at"], name="held_post_author"),
            models.Index(fields=["-handed_in_at", "-id"], name="held_post_latest"),
            models.Index(fields=["decision"], name="held_post_decision"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(stage="waiting"), name="held_post_waits_once"
            ),
        ]
