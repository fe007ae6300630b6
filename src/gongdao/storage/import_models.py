"""Rows of tables that are read in, of the orders that were kept, and of remembered columns."""

from typing import ClassVar

from django.db import models


class ImportRow(models.Model):
    """A table on its way."""

    id = models.UUIDField(primary_key=True)
    organisation = models.UUIDField()
    by = models.UUIDField()
    token = models.BinaryField()
    """Encrypted: it opens the file."""
    columns = models.JSONField()
    platform = models.CharField(max_length=80)
    shop = models.UUIDField(null=True)
    most_stars = models.SmallIntegerField()
    lines = models.IntegerField()
    begun_at = models.DateTimeField()
    stage = models.CharField(max_length=20)
    written = models.IntegerField()
    brought = models.JSONField()
    problem = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "storage"
        db_table = "import_row"
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-begun_at"], name="import_latest")
        ]


class KeptOrderRow(models.Model):
    """An order that came in with a table. What the table says of it lies sealed elsewhere."""

    id = models.UUIDField(primary_key=True)
    organisation = models.UUIDField()
    platform = models.CharField(max_length=80)
    shop = models.UUIDField(null=True)
    order_key = models.CharField(max_length=64)
    line_key = models.CharField(max_length=64)
    day = models.DateField(null=True)
    details = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    class Meta:
        app_label = "storage"
        db_table = "kept_order_row"
        indexes: ClassVar = [
            models.Index(fields=["organisation", "order_key"], name="kept_order_number")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "line_key"], name="kept_order_once")
        ]


class RememberedColumns(models.Model):
    """Which column says what, in tables of an organisation with the same headings."""

    organisation = models.UUIDField()
    headings_key = models.CharField(max_length=64)
    columns = models.JSONField()

    class Meta:
        app_label = "storage"
        db_table = "remembered_columns"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "headings_key"], name="remembered_columns_once"
            )
        ]
