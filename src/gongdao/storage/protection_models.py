"""Rows of the protection of accounts, and of who is signed in where."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class ProtectionRow(models.Model):
    """The protection of one account, for finding it by a secret. Only keyed digests are kept."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    person = models.UUIDField(unique=True)
    stage = models.CharField(max_length=20)
    frozen_at = models.DateTimeField(null=True)
    secrets = ArrayField(models.CharField(max_length=64), default=list)
    """Freeze codes, links, and codes of a return."""

    objects: ClassVar[models.Manager["ProtectionRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "protection_row"
        indexes: ClassVar = [GinIndex(fields=["secrets"], name="protection_secrets")]


class SignedInRow(models.Model):
    """One sign-in of a browser. Nothing of where it came from is kept."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    key = models.CharField(max_length=40, unique=True)
    """Of the session, as the table of sessions has it."""
    device = models.UUIDField(null=True)
    label = models.CharField(max_length=80)
    began_at = models.DateTimeField()
    last_seen = models.DateTimeField()

    objects: ClassVar[models.Manager["SignedInRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "signed_in"
