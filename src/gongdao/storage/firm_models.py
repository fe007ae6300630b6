"""Rows of firms, of complaints with a tier, of calendar feeds, and of the queue's pulls."""

from typing import ClassVar

from django.db import models


class FirmRow(models.Model):
    """A firm as it stands. What it wrote lies sealed elsewhere."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    person = models.UUIDField(unique=True)
    stage = models.CharField(max_length=20)
    number_key = models.CharField(max_length=64, db_index=True)
    applied_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    waits = models.BooleanField()
    """Whether somebody must decide something."""
    lane = models.BooleanField()

    class Meta:
        app_label = "storage"
        db_table = "firm_row"
        indexes: ClassVar = [
            models.Index(fields=["-waits", "applied_at", "id"], name="firm_listed"),
            models.Index(fields=["person"], condition=models.Q(lane=True), name="firm_in_the_lane"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number_key"],
                condition=models.Q(stage="verified"),
                name="firm_number_once",
            ),
        ]


class ComplaintRow(models.Model):
    """A complaint with a tier as it stands."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    owner = models.UUIDField(null=True)
    tier = models.CharField(max_length=80)
    received_at = models.DateTimeField()
    open = models.BooleanField()
    taken_by = models.UUIDField(null=True)
    asked = models.UUIDField(null=True)
    """Who was asked last."""

    class Meta:
        app_label = "storage"
        db_table = "complaint_row"
        indexes: ClassVar = [
            models.Index(fields=["owner", "-open", "-received_at"], name="complaint_of_owner"),
        ]


class CalendarFeed(models.Model):
    """The address of somebody's calendar feed: only a keyed digest of it is kept."""

    person = models.UUIDField(primary_key=True)
    token = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "storage"
        db_table = "calendar_feed"


class QueuePull(models.Model):
    """One pull while there is a firm in the lane: by these its cost to the others is counted."""

    turn = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    case = models.UUIDField()
    opened_at = models.DateTimeField()
    rank = models.DateTimeField()
    ahead = models.BooleanField()
    """Whether it was the lane's."""

    class Meta:
        app_label = "storage"
        db_table = "queue_pull"
