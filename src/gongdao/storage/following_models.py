"""Tables of following up: how far clocks were set, and the robots of group chats."""

from django.db import models


class DisputeFollowed(models.Model):
    """Up to which version of a dispute its clocks were set."""

    dispute = models.UUIDField(primary_key=True)
    version = models.IntegerField()

    class Meta:
        app_label = "storage"
        db_table = "dispute_followed"


class RobotRow(models.Model):
    """A robot in a group chat. Its address and its secret are encrypted."""

    id = models.UUIDField(primary_key=True)
    organisation = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    url = models.BinaryField()
    secret = models.BinaryField(null=True)
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    removed_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, null=True)
    """A stable code of what went wrong last; None where it went well."""

    class Meta:
        app_label = "storage"
        db_table = "dispute_robot"
