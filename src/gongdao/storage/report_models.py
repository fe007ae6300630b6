"""The tables of reports: what came in, whose case it is, and the keys that sign receipts."""

from typing import ClassVar

from django.db import models


class ReportRow(models.Model):
    """One report as it was received. The table is partitioned by the month of `received_at`."""

    id = models.UUIDField(primary_key=True)
    """In the database the key is (id, received_at), as the partitions ask for."""
    received_at = models.DateTimeField()
    reporter = models.UUIDField()
    code = models.BinaryField(max_length=16)
    """Keyed digest of the code on its receipt."""
    body = models.TextField()
    """Canonical JSON: exactly the bytes that the leaf was hashed from."""
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "report"
        managed = False


class ReportAside(models.Model):
    """The code of a report whose month was detached, so that its receipt still opens its case."""

    code = models.BinaryField(max_length=16, primary_key=True)
    report = models.UUIDField()

    class Meta:
        db_table = "report_aside"


class ReportCase(models.Model):
    """Which case a report belongs to, and what its like is recognised by. Never changed."""

    report = models.UUIDField(primary_key=True)
    case = models.UUIDField()
    reporter = models.UUIDField()
    received_at = models.DateTimeField()
    subject_key = models.CharField(max_length=64)
    category = models.CharField(max_length=80)
    wording = models.CharField(max_length=64)
    """Keyed digest of the statement's letters and digits."""
    young = models.BooleanField()
    apart = models.CharField(max_length=20, null=True)

    class Meta:
        db_table = "report_case"
        indexes: ClassVar = [
            models.Index(fields=["case", "received_at"], name="report_case_case"),
            models.Index(
                fields=["reporter", "subject_key", "category", "received_at"],
                name="report_case_of_reporter",
            ),
            models.Index(fields=["subject_key", "received_at"], name="report_case_subject"),
        ]


class SigningKey(models.Model):
    """A key that signs receipts. A retired one only verifies."""

    id = models.CharField(max_length=16, primary_key=True)
    public = models.BinaryField(max_length=32)
    secret = models.BinaryField()
    """Encrypted."""
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "signing_key"


class ReportsWaiting(models.Model):
    """Reports that were acknowledged together and are not in line yet. Gone once they are."""

    position = models.BigAutoField(primary_key=True)
    received_at = models.DateTimeField()
    count = models.IntegerField()
    codes = models.BinaryField()
    """The keyed digests (16 bytes each) of their codes: their holders are told to wait a little."""
    packet = models.BinaryField()
    """Encrypted: the reports and their words."""
    tries = models.IntegerField(default=0)
    trouble = models.CharField(max_length=80, null=True)
    """The code of what kept one of them from being put in line."""
    not_before = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_waiting"
