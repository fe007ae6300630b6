"""Rows of organisations and of their flags on buyers."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class OrganisationRow(models.Model):
    """An organisation as it stands. Its name lies sealed elsewhere."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    party = models.UUIDField(unique=True)
    alone = models.BooleanField()
    founded_at = models.DateTimeField()
    members = ArrayField(models.UUIDField())
    invitations = ArrayField(models.UUIDField())
    """Those that can be followed."""

    class Meta:
        app_label = "storage"
        db_table = "organisation_row"
        indexes: ClassVar = [
            GinIndex(fields=["members"], name="organisation_members"),
            GinIndex(fields=["invitations"], name="organisation_invitations"),
        ]


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
