"""The tables of the ways in: what was answered under a key, and how often somebody tried."""

from typing import ClassVar

from django.db import models


class IdempotencyKey(models.Model):
    """What a key was first used for, and what was answered."""

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    status = models.IntegerField(null=True)
    answer = models.BinaryField(null=True)
    """Encrypted: an answer may hold a receipt code."""
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["IdempotencyKey"]] = models.Manager()

    class Meta:
        db_table = "idempotency_key"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "key"], name="idempotency_once"),
        ]


class RateLimit(models.Model):
    """How often somebody tried of late, by a keyed digest of where they came from."""

    key = models.CharField(max_length=64, primary_key=True)
    free_at = models.DateTimeField()
    """When everything that was spent has been earned back; see `rate_limits.py`."""

    objects: ClassVar[models.Manager["RateLimit"]] = models.Manager()

    class Meta:
        db_table = "rate_limit"
