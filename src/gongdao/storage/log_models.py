"""The keys that sign the log's checkpoints. The log itself is in tables of `log_tables.py`."""

from django.db import models


class LogKey(models.Model):
    """A key that signs checkpoints, until it is retired."""

    id = models.CharField(max_length=16, primary_key=True)
    """Of the public key, as a receipt's key is named."""
    public = models.BinaryField(max_length=32)
    secret = models.BinaryField()
    """Encrypted."""
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "log_key"
