"""The tables. Events are the truth; every `…Row` can be rebuilt from them."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from gongdao.storage.appeal_draft_models import (
    AppealDraft as AppealDraft,  # noqa: PLC0414 – Django looks here
)
from gongdao.storage.appeal_draft_models import WrongCodes as WrongCodes  # noqa: PLC0414
from gongdao.storage.counter_notice_models import RightsNoticeRow as RightsNoticeRow  # noqa: PLC0414
from gongdao.storage.finding_models import LookRow as LookRow  # noqa: PLC0414 – Django looks here
from gongdao.storage.finding_models import PictureMark as PictureMark  # noqa: PLC0414
from gongdao.storage.grade_models import StandingRow as StandingRow  # noqa: PLC0414
from gongdao.storage.group_models import GroupRow as GroupRow  # noqa: PLC0414 – Django looks here
from gongdao.storage.group_models import OwnerTaskRow as OwnerTaskRow  # noqa: PLC0414
from gongdao.storage.hearing_models import ProfileRow as ProfileRow  # noqa: PLC0414
from gongdao.storage.log_models import LogKey as LogKey  # noqa: PLC0414 – Django looks here
from gongdao.storage.misuse_models import MisuseRow as MisuseRow  # noqa: PLC0414
from gongdao.storage.outcome_models import AppealOutcome as AppealOutcome  # noqa: PLC0414
from gongdao.storage.outcome_models import ForecastModel as ForecastModel  # noqa: PLC0414
from gongdao.storage.protection_models import ProtectionRow as ProtectionRow  # noqa: PLC0414
from gongdao.storage.protection_models import SignedInRow as SignedInRow  # noqa: PLC0414
from gongdao.storage.queue_models import CaseSpread as CaseSpread  # noqa: PLC0414 – Django looks here
from gongdao.storage.queue_models import Conflict as Conflict  # noqa: PLC0414
from gongdao.storage.queue_models import ReviewerAble as ReviewerAble  # noqa: PLC0414
from gongdao.storage.queue_models import TriageRow as TriageRow  # noqa: PLC0414
from gongdao.storage.report_models import ReportAside as ReportAside  # noqa: PLC0414
from gongdao.storage.report_models import ReportCase as ReportCase  # noqa: PLC0414
from gongdao.storage.report_models import ReportRow as ReportRow  # noqa: PLC0414
from gongdao.storage.report_models import ReportsWaiting as ReportsWaiting  # noqa: PLC0414
from gongdao.storage.report_models import SigningKey as SigningKey  # noqa: PLC0414
from gongdao.storage.traffic_models import IdempotencyKey as IdempotencyKey  # noqa: PLC0414
from gongdao.storage.traffic_models import RateLimit as RateLimit  # noqa: PLC0414
from gongdao.storage.training_models import LearnerRow as LearnerRow  # noqa: PLC0414
from gongdao.storage.training_models import TrainingDutyRow as TrainingDutyRow  # noqa: PLC0414
from gongdao.storage.vault_models import ExhibitRow as ExhibitRow  # noqa: PLC0414
from gongdao.storage.vault_models import UploadRow as UploadRow  # noqa: PLC0414
from gongdao.storage.verification_models import DictationRow as DictationRow  # noqa: PLC0414
from gongdao.storage.verification_models import KnownDeviceRow as KnownDeviceRow  # noqa: PLC0414
from gongdao.storage.verification_models import VerificationRow as VerificationRow  # noqa: PLC0414
from gongdao.storage.way_back_models import WayBackRow as WayBackRow  # noqa: PLC0414


class Party(models.Model):
    """Somebody whom cases are about, pseudonymous. Names and addresses are encrypted."""

    id = models.UUIDField(primary_key=True)
    account_digest = models.CharField(max_length=64, null=True, unique=True)
    """Keyed digest of the account's name in the operator's app."""
    account = models.BinaryField(null=True)
    contact = models.BinaryField(null=True)
    name = models.BinaryField(null=True)
    language = models.CharField(max_length=8, default="zh-hans")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "party"


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """An account that can sign in."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A sign-in: what Django calls a user. Roles are given by the operator."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="login")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=8, default="zh-hans")
    roles = ArrayField(models.CharField(max_length=20), default=list)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True)
    """Since when nobody can be signed in; kept in step by the protection of the account."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.name


class EventRow(models.Model):
    """One event. Triggers refuse to change or delete it."""

    position = models.BigAutoField(primary_key=True)
    stream = models.UUIDField()
    version = models.IntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor_role = models.CharField(max_length=20)
    actor = models.UUIDField(null=True)
    body = models.TextField()
    """Canonical JSON: exactly the bytes that the leaf was hashed from."""
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "event"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "version"], name="event_stream_version"),
        ]


class SealedText(models.Model):
    """A text that events point to by its digest; erasing it leaves the log provable."""

    digest = models.CharField(max_length=64, primary_key=True)
    salt = models.BinaryField(max_length=16)
    cipher = models.BinaryField()
    about = models.UUIDField(null=True, db_index=True)

    class Meta:
        db_table = "sealed_text"


class CaseRow(models.Model):
    """A case as it stands, for lists."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    stage = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=20)
    subject_key = models.CharField(max_length=64, db_index=True)
    subject_ref = models.CharField(max_length=64)
    """Seal of the operator's name of the subject."""
    category = models.CharField(max_length=80)
    pack = models.CharField(max_length=80)
    respondent = models.UUIDField(null=True, db_index=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    answer = models.CharField(max_length=20)
    decision = models.UUIDField(null=True)
    outcome = models.CharField(max_length=20, null=True)
    open_appeal = models.UUIDField(null=True)
    told = models.BooleanField()
    complainant_left = models.BooleanField()
    counted = models.IntegerField(default=1)
    apart = models.IntegerField(default=0)
    flood = models.BooleanField(default=False)
    next_due = models.DateTimeField(null=True)
    """The earliest open deadline; kept in step by the deadlines."""

    class Meta:
        db_table = "case_row"
        indexes: ClassVar = [
            models.Index(
                models.F("stage"),
                models.F("next_due").asc(nulls_last=True),
                "id",
                name="case_queue",
            ),
            models.Index(fields=["category", "stage", "next_due", "id"], name="case_category"),
            models.Index(fields=["stage", "-changed_at", "id"], name="case_stage_changed"),
            models.Index(fields=["-changed_at", "id"], name="case_changed"),
            models.Index(
                fields=["next_due", "id"],
                condition=models.Q(next_due__isnull=False),
                name="case_due",
            ),
            models.Index(
                fields=["next_due", "id"],
                condition=models.Q(open_appeal__isnull=False),
                name="case_appealed",
            ),
        ]


class TookPart(models.Model):
    """A member of staff who handled a case; the database keeps them from hearing its appeal."""

    case = models.UUIDField()
    person = models.UUIDField()

    class Meta:
        db_table = "took_part"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "person"], name="took_part_once"),
        ]


class DecisionRow(models.Model):
    """A decision as it stands."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    case = models.UUIDField(db_index=True)
    respondent = models.UUIDField(null=True)
    outcome = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    clause = models.CharField(max_length=80, null=True)
    pack = models.CharField(max_length=80)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField()
    level = models.IntegerField()
    appeal_closes = models.DateTimeField(null=True)
    statement = models.CharField(max_length=64)

    class Meta:
        db_table = "decision_row"


class SanctionRow(models.Model):
    """A sanction as it stands. It cannot exist without a decision and its statement."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    decision = models.ForeignKey(DecisionRow, on_delete=models.PROTECT, db_column="decision")
    case = models.UUIDField()
    respondent = models.UUIDField(db_index=True)
    clause = models.CharField(max_length=80)
    penalty = models.CharField(max_length=20)
    scope = models.CharField(max_length=20)
    imposed_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    strike_expires_at = models.DateTimeField()
    state = models.CharField(max_length=20)
    statement = models.CharField(max_length=64)

    class Meta:
        db_table = "sanction_row"
        indexes: ClassVar = [
            models.Index(
                fields=["ends_at"], condition=models.Q(state="in_force"), name="sanction_ending"
            ),
        ]


class AppealRow(models.Model):
    """An appeal as it stands. A trigger refuses a reviewer who took part in the case."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    decision = models.UUIDField()
    case = models.UUIDField(db_index=True)
    level = models.IntegerField()
    side = models.CharField(max_length=20)
    appellant = models.UUIDField()
    stage = models.CharField(max_length=20)
    reviewer = models.UUIDField(null=True)
    filed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    round = models.IntegerField(default=1)
    waits_for = models.CharField(max_length=20, default="")
    asked = models.UUIDField(null=True)
    two_people = models.BooleanField(default=False)

    class Meta:
        db_table = "appeal_row"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "level", "round"], name="appeal_once_per_level"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["filed_at", "id"], condition=~models.Q(waits_for=""), name="appeal_waits"
            ),
            models.Index(
                fields=["asked", "filed_at"],
                condition=models.Q(asked__isnull=False),
                name="appeal_asked",
            ),
            models.Index(
                fields=["filed_at"], condition=models.Q(stage="waiting"), name="appeal_waiting"
            ),
            models.Index(fields=["reviewer", "stage", "filed_at", "id"], name="appeal_of_reviewer"),
            models.Index(fields=["appellant", "-filed_at"], name="appeal_of_appellant"),
            models.Index(
                fields=["closed_at"],
                condition=models.Q(closed_at__isnull=False),
                name="appeal_closed",
            ),
        ]


class DeadlineRow(models.Model):
    """A deadline as it stands."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    case = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20)
    about = models.UUIDField(db_index=True)
    stage = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    provisional = models.BooleanField()
    calendar = models.CharField(max_length=80)
    next_look = models.DateTimeField(null=True)

    class Meta:
        db_table = "deadline_row"
        indexes: ClassVar = [
            models.Index(
                fields=["next_look"],
                condition=models.Q(next_look__isnull=False),
                name="deadline_next_look",
            ),
            models.Index(
                fields=["calendar"],
                condition=models.Q(provisional=True, stage="running"),
                name="deadline_provisional",
            ),
        ]


class NoticeRow(models.Model):
    """A notice as it stands."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    to = models.UUIDField()
    reader = models.CharField(max_length=20)
    template = models.CharField(max_length=80)
    case = models.UUIDField(db_index=True)
    issued_at = models.DateTimeField()
    email = models.CharField(max_length=20)
    attempts = models.IntegerField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notice_row"
        indexes: ClassVar = [
            models.Index(fields=["to", "-issued_at"], name="notice_inbox"),
            models.Index(
                fields=["-issued_at"],
                condition=models.Q(email__in=["retrying", "failed"]),
                name="notice_undelivered",
            ),
        ]


class AccessCode(models.Model):
    """The digest of a code that opens one case to one party."""

    digest = models.CharField(max_length=64, primary_key=True)
    case = models.UUIDField()
    person = models.UUIDField()
    issued_at = models.DateTimeField()

    class Meta:
        db_table = "access_code"


class CitedPack(models.Model):
    """A pack version that a report or decision rests on, and how it read then."""

    platform = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    cited_at = models.DateTimeField()

    class Meta:
        db_table = "cited_pack"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["platform", "version"], name="cited_pack_once"),
        ]


class ApiKey(models.Model):
    """A key for the operator's own app server. Only its digest is kept."""

    id = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    roles = ArrayField(models.CharField(max_length=20), default=list)
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT)
    """Whom it acts as, where it decides: an app's key alone never decides."""
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_key"
