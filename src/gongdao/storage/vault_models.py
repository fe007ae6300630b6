"""Rows of exhibits, and of files on their way in. The files' bytes lie elsewhere."""

from typing import ClassVar

from django.db import models


class ExhibitRow(models.Model):
    """An exhibit as it stands, for lists."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    case = models.UUIDField()
    number = models.IntegerField()
    own_number = models.IntegerField()
    side = models.CharField(max_length=20)
    owner = models.UUIDField(null=True)
    kind = models.CharField(max_length=20)
    media = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    released = models.CharField(max_length=64, null=True)

    objects: ClassVar[models.Manager["ExhibitRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "exhibit_row"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="exhibit_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sha256"], name="exhibit_same_file"),
        ]


class UploadRow(models.Model):
    """A file on its way in: whoever holds the token may send it and hand it in."""

    id = models.CharField(max_length=64, primary_key=True)
    """Keyed digest of the token."""
    place = models.UUIDField()
    name = models.BinaryField()
    """Encrypted, as are device and address."""
    size = models.BigIntegerField()
    received = models.BigIntegerField()
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    device = models.BinaryField(null=True)
    address = models.BinaryField(null=True)
    network = models.CharField(max_length=64, null=True)
    """Keyed digest of the address, to count what is open."""
    claim = models.CharField(max_length=64, null=True)
    claimed_until = models.DateTimeField(null=True)
    looked = models.TextField(null=True)
    """JSON: what the file is, once all of it was there and it was opened."""

    objects: ClassVar[models.Manager["UploadRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "upload"
        indexes: ClassVar = [
            models.Index(fields=["expires_at"], name="upload_expires"),
            models.Index(fields=["network"], name="upload_network"),
        ]
