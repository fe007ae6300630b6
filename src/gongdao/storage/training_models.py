"""Rows of learners, certificates and quarterly duties."""

from typing import ClassVar

from django.db import models


class LearnerRow(models.Model):
    """A learner as they stand."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    person = models.UUIDField(unique=True)
    asks_help = models.BooleanField()

    class Meta:
        app_label = "storage"
        db_table = "learner_row"
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=models.Q(asks_help=True), name="learner_asks_help"
            ),
        ]


class CertificateRow(models.Model):
    """A certificate as it stands."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    number = models.CharField(max_length=20, unique=True)
    person = models.UUIDField()
    course = models.CharField(max_length=80)
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    withdrawn = models.BooleanField()

    class Meta:
        app_label = "storage"
        db_table = "certificate_row"
        indexes: ClassVar = [
            models.Index(fields=["person", "-issued_at"], name="certificate_of_person"),
        ]


class TrainingDutyRow(models.Model):
    """That somebody has to pass a course in a quarter."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    person = models.UUIDField()
    team = models.CharField(max_length=80)
    course = models.CharField(max_length=80)
    quarter = models.CharField(max_length=6)
    due_at = models.DateTimeField()
    open = models.BooleanField()
    done = models.BooleanField()
    missed = models.BooleanField()

    class Meta:
        app_label = "storage"
        db_table = "training_duty_row"
        indexes: ClassVar = [
            models.Index(fields=["team", "quarter", "-open", "due_at"], name="training_of_team"),
            models.Index(
                fields=["quarter"], condition=models.Q(open=True), name="training_open_by_quarter"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "team", "quarter"], name="training_duty_once"
            ),
        ]


class TrainingLook(models.Model):
    """When it was last looked who has to pass what; one row."""

    id = models.IntegerField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "storage"
        db_table = "training_look"
