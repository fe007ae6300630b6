"""The tables of webhooks: what is told to the operator's app, and how it went."""

from typing import ClassVar

from django.db import models


class WebhookTarget(models.Model):
    """An address of the operator's app. Its secrets are encrypted."""

    id = models.UUIDField(primary_key=True)
    url = models.TextField()
    secret = models.BinaryField()
    old_secret = models.BinaryField(null=True)
    overlap_until = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "webhook_target"


class WebhookMessage(models.Model):
    """A message as it is sent, encrypted: it names a subject and an account."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    case = models.UUIDField(db_index=True)
    about = models.UUIDField(null=True, db_index=True)
    body = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "webhook_message"


class WebhookSending(models.Model):
    """A message on its way to a target. Ids count up in the order of the subject's messages."""

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(WebhookMessage, on_delete=models.CASCADE, db_column="message")
    target = models.ForeignKey(WebhookTarget, on_delete=models.PROTECT, db_column="target")
    subject = models.CharField(max_length=64)
    state = models.CharField(max_length=20)

    class Meta:
        db_table = "webhook_sending"
        indexes: ClassVar = [
            models.Index(
                fields=["target", "subject", "id"],
                condition=models.Q(state="waiting"),
                name="webhook_lane",
            ),
            models.Index(fields=["state", "-id"], name="webhook_state"),
        ]


class WebhookAttempt(models.Model):
    """One attempt and what came of it; the answer's first words, encrypted."""

    id = models.BigAutoField(primary_key=True)
    sending = models.ForeignKey(
        WebhookSending, on_delete=models.CASCADE, db_column="sending", related_name="attempts"
    )
    at = models.DateTimeField()
    status = models.IntegerField(null=True)
    error = models.CharField(max_length=80, null=True)
    answer = models.BinaryField()

    class Meta:
        db_table = "webhook_attempt"
