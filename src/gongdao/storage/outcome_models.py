"""Rows of how appeals ended, and of what was learned from them; both can be made anew."""

from typing import ClassVar

from django.db import models


class AppealOutcome(models.Model):
    """A decided appeal beside what was known when it was filed. Codes and numbers alone."""

    appeal = models.UUIDField(primary_key=True)
    decided_at = models.DateTimeField()
    weighed = models.BooleanField()
    """Whether anything was said of it before it was sent; only such a one can be learned from."""
    body = models.TextField()
    """Canonical JSON of an `Outcome`; empty where it was not weighed."""

    class Meta:
        app_label = "storage"
        db_table = "appeal_outcome"
        indexes: ClassVar = [
            models.Index(fields=["weighed", "-decided_at", "appeal"], name="appeal_outcome_latest"),
        ]


class ForecastModel(models.Model):
    """What was learned, with its card."""

    id = models.BigAutoField(primary_key=True)
    trained_at = models.DateTimeField()
    body = models.TextField()
    """Canonical JSON of a `Model`."""

    class Meta:
        app_label = "storage"
        db_table = "forecast_model"
