"""Rows of mailboxes, and of looks at a reporter's identity."""

from typing import ClassVar

from django.db import models


class MailboxRow(models.Model):
    """A mailbox as it stands, for lists. Its words are sealed texts."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    case = models.UUIDField()
    reporter = models.UUIDField()
    last_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True)
    """When the reporter wrote the first message that nobody on the staff has read."""

    objects: ClassVar[models.Manager["MailboxRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "mailbox_row"
        indexes: ClassVar = [
            models.Index(fields=["case", "-last_at"], name="mailbox_case"),
            models.Index(
                fields=["waits_since"],
                condition=models.Q(waits_since__isnull=False),
                name="mailbox_waiting",
            ),
        ]


class UnmaskingRow(models.Model):
    """A look at an identity, for the auditor's list."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    case = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    ground = models.CharField(max_length=80)

    objects: ClassVar[models.Manager["UnmaskingRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "unmasking_row"
        indexes: ClassVar = [
            models.Index(fields=["by", "-at"], name="unmasking_by"),
            models.Index(fields=["-at", "-id"], name="unmasking_latest"),
        ]
