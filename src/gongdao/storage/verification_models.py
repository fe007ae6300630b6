"""Rows of what people bring to show who they are, and of the devices that they sign in with."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class VerificationRow(models.Model):
    """One person's proofs in one case, for finding them by an invitation or by a friend."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    case = models.UUIDField(db_index=True)
    appellant = models.UUIDField(db_index=True)
    invitations = ArrayField(models.UUIDField(), default=list)
    friends = ArrayField(models.UUIDField(), default=list)
    """Whose word counts."""

    objects: ClassVar[models.Manager["VerificationRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "verification_row"
        indexes: ClassVar = [
            GinIndex(fields=["invitations"], name="verification_invited"),
            GinIndex(fields=["friends"], name="verification_friends"),
        ]


class KnownDeviceRow(models.Model):
    """A browser that signed in to an account. Of its mark only a keyed digest is kept."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    mark = models.CharField(max_length=64)
    label = models.CharField(max_length=80)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    objects: ClassVar[models.Manager["KnownDeviceRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "known_device"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "mark"], name="known_device_once"),
        ]


class DictationRow(models.Model):
    """An appeal that was taken down over the phone, as it stands."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    case = models.UUIDField(db_index=True)
    decision = models.UUIDField()
    appellant = models.UUIDField()
    called_at = models.DateTimeField()
    stage = models.CharField(max_length=20)

    objects: ClassVar[models.Manager["DictationRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "dictation_row"
        indexes: ClassVar = [models.Index(fields=["stage", "called_at"], name="dictation_open")]
