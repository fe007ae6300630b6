"""The tables of groups and of what their owners were asked; rows are made anew from events."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class GroupRow(models.Model):
    """A group of the operator's app as it stands, so that its owners find it."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    key = models.CharField(max_length=64, unique=True)
    """Keyed digest of the app's name of it."""
    owners = ArrayField(models.UUIDField())
    members = models.IntegerField()

    class Meta:
        app_label = "storage"
        db_table = "group_row"
        indexes: ClassVar = [GinIndex(fields=["owners"], name="group_owners")]


class OwnerTaskRow(models.Model):
    """What the owner of a group was asked, as it stands."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    ref = models.CharField(max_length=64, unique=True)
    group = models.UUIDField()
    case = models.UUIDField(db_index=True)
    stage = models.CharField(max_length=20)
    why = models.CharField(max_length=20, null=True)
    action = models.CharField(max_length=20, null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        app_label = "storage"
        db_table = "owner_task_row"
        indexes: ClassVar = [
            models.Index(fields=["group", "-opened_at", "id"], name="owner_task_of_group"),
        ]
