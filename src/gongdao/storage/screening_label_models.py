"""Rows of what decisions say of findings. They are added to, never changed."""

from typing import ClassVar

from django.db import models


class ScreeningLabel(models.Model):
    """Whether a text was of a category. The text itself lies sealed elsewhere."""

    id = models.UUIDField(primary_key=True)
    text = models.CharField(max_length=64)
    category = models.CharField(max_length=20)
    is_true = models.BooleanField()
    said = models.CharField(max_length=20)
    of = models.UUIDField()
    at = models.DateTimeField()
    findings = models.JSONField()

    class Meta:
        app_label = "storage"
        db_table = "screening_label"
        indexes: ClassVar = [
            models.Index(fields=["text", "category", "-at", "-id"], name="screening_label_latest"),
        ]
