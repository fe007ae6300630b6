"""The tables of the queues: open cases in their order, and what reviewers declared."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class TriageRow(models.Model):
    """An open case in its queue, and who holds it. Gone once the case is closed."""

    id = models.UUIDField(primary_key=True)
    """Of the case: one row each, so that nobody holds it twice."""
    subject_kind = models.CharField(max_length=20)
    category = models.CharField(max_length=80)
    skill = models.CharField(max_length=80)
    language = models.CharField(max_length=8)
    opened_at = models.DateTimeField()
    rank = models.DateTimeField()
    """The earliest is first; it stands still as time passes."""
    pack = models.CharField(max_length=80)
    ready = models.BooleanField()
    senior = models.BooleanField()
    respondent = models.UUIDField(null=True)
    barred = ArrayField(models.UUIDField(), default=list)
    claimed_by = models.UUIDField(null=True)
    claim_until = models.DateTimeField(null=True)
    credibility = models.FloatField(default=0.5, db_default=0.5)
    """Of its reporters, when they reported: of the one who was believed most."""
    repetition = models.PositiveSmallIntegerField(default=0, db_default=0)
    """By how much the respondent's grade brings it forward: percent of `credibility_most`."""

    objects: ClassVar[models.Manager["TriageRow"]] = models.Manager()

    class Meta:
        db_table = "triage_row"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(claimed_by__isnull=True, claim_until__isnull=True)
                | models.Q(claimed_by__isnull=False, claim_until__isnull=False),
                name="triage_claim_ends",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["senior", "rank", "id"],
                condition=models.Q(ready=True),
                name="triage_in_front",
            ),
            models.Index(
                fields=["subject_kind", "senior", "rank", "id"],
                condition=models.Q(ready=True),
                name="triage_of_class",
            ),
            models.Index(
                fields=["skill", "language", "subject_kind", "senior", "rank", "id"],
                condition=models.Q(ready=True),
                name="triage_of_skill",
            ),
            models.Index(
                fields=["claimed_by", "claim_until"],
                condition=models.Q(claimed_by__isnull=False),
                name="triage_held",
            ),
            models.Index(fields=["pack"], name="triage_ranked_by"),
        ]


class CaseSpread(models.Model):
    """How far a case's subject has gone, as the operator's app counts it."""

    id = models.UUIDField(primary_key=True)
    """Of the case."""
    body = models.TextField()

    objects: ClassVar[models.Manager["CaseSpread"]] = models.Manager()

    class Meta:
        db_table = "case_spread"


class ReviewerAble(models.Model):
    """What a reviewer declared to know; null for everything."""

    person = models.UUIDField(primary_key=True)
    skills = ArrayField(models.CharField(max_length=80), null=True)
    languages = ArrayField(models.CharField(max_length=8), null=True)

    objects: ClassVar[models.Manager["ReviewerAble"]] = models.Manager()

    class Meta:
        db_table = "reviewer_able"


class Conflict(models.Model):
    """Whom, or which case, a reviewer must not handle."""

    person = models.UUIDField()
    about = models.UUIDField()
    """A case or a party."""

    objects: ClassVar[models.Manager["Conflict"]] = models.Manager()

    class Meta:
        db_table = "conflict"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "about"], name="conflict_once"),
        ]
