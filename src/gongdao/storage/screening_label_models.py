"""Rows of what decisions say of findings, and of what follows for entries and models."""

from typing import ClassVar

from django.db import models


class ScreeningLabel(models.Model):
    """Whether a text was of a category. The text itself lies sealed elsewhere. Never changed."""

    id = models.UUIDField(primary_key=True)
    text = models.CharField(max_length=64)
    category = models.CharField(max_length=20)
    is_true = models.BooleanField()
    said = models.CharField(max_length=20)
    of = models.UUIDField()
    at = models.DateTimeField()
    findings = models.JSONField()
    by = models.UUIDField(null=True)
    author = models.UUIDField(null=True)

    class Meta:
        app_label = "storage"
        db_table = "screening_label"
        indexes: ClassVar = [
            models.Index(fields=["text", "category", "-at", "-id"], name="screening_label_latest"),
        ]


class LexiconEntryRow(models.Model):
    """An entry of the lexicon that was ever proposed for retirement, for lists."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    stage = models.CharField(max_length=20)
    since = models.DateTimeField()

    objects: ClassVar[models.Manager["LexiconEntryRow"]] = models.Manager()

    class Meta:
        app_label = "storage"
        db_table = "lexicon_entry_row"
        indexes: ClassVar = [models.Index(fields=["stage", "-since"], name="lexicon_entry_stage")]


class ScreeningLesson(models.Model):
    """What was learned of the lexicon; the latest is read. It can be made anew from the labels."""

    id = models.BigAutoField(primary_key=True)
    body = models.JSONField()

    class Meta:
        app_label = "storage"
        db_table = "screening_lesson"


class ScreeningSample(models.Model):
    """Scores and lanes of a screened text, without its words."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    key = models.CharField(max_length=64)
    category = models.CharField(max_length=20)
    live = models.FloatField()
    live_lane = models.CharField(max_length=20)
    live_version = models.CharField(max_length=80, null=True)
    shadow_version = models.CharField(max_length=80, null=True)
    shadow = models.FloatField(null=True)
    shadow_lane = models.CharField(max_length=20, null=True)

    class Meta:
        app_label = "storage"
        db_table = "screening_sample"
        indexes: ClassVar = [
            models.Index(fields=["at", "category"], name="screening_sample_time"),
            models.Index(fields=["shadow_version", "key"], name="screening_sample_shadow"),
        ]
