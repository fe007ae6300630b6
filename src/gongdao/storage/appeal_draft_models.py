"""Drafts of appeals, and wrong codes counted by browser. Neither is made from events."""

from typing import ClassVar

from django.db import models


class AppealDraft(models.Model):
    """What somebody has written so far for an appeal; deleted once it is sent, or too late."""

    decision = models.UUIDField()
    person = models.UUIDField()
    version = models.IntegerField()
    cipher = models.BinaryField()
    """Every text with its version and window, as JSON."""
    saved_at = models.DateTimeField()
    forget_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["AppealDraft"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "appeal_draft"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "person"], name="appeal_draft_once"),
        ]


class WrongCodes(models.Model):
    """Wrong codes that came from one browser, counted until it was quiet for a while."""

    key = models.CharField(max_length=64, primary_key=True)
    """Keyed digest of the network and of the browser's own token."""
    tries = models.IntegerField()
    last_at = models.DateTimeField(db_index=True)
    locked_until = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["WrongCodes"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "wrong_codes"
