"""Rows of looks at exhibits, and of what their pictures are recognised by."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class LookRow(models.Model):
    """The looks at one exhibit as they stand. What was found is sealed; see `findings.py`."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    exhibit = models.UUIDField(unique=True)
    case = models.UUIDField(db_index=True)
    program = models.CharField(max_length=80)
    missed = models.CharField(max_length=80, null=True)
    looked_at = models.DateTimeField()

    objects: ClassVar[models.Manager["LookRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "look_row"


class PictureMark(models.Model):
    """By what one exhibit's picture is recognised. It can be made again from the exhibit."""

    exhibit = models.UUIDField(primary_key=True)
    case = models.UUIDField()
    first = models.BigIntegerField()
    """The fingerprint's 256 bits, in four."""
    second = models.BigIntegerField()
    third = models.BigIntegerField()
    fourth = models.BigIntegerField()
    pieces = ArrayField(models.BigIntegerField())
    """Keyed hashes of pieces of its text."""
    least = ArrayField(models.BigIntegerField())
    """The smallest of them: pictures that share text share some of these."""

    objects: ClassVar[models.Manager["PictureMark"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "picture_mark"
        indexes: ClassVar = [GinIndex(fields=["least"], name="picture_mark_least")]
