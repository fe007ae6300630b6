"""Which row each kind of stream keeps, and how it is made of the stream's events."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from gongdao.domain.appeals import dictation
from gongdao.domain.appeals import model as appeals
from gongdao.domain.appeals import profiles as high_profiles
from gongdao.domain.counter_notices import model as rights_notices
from gongdao.domain.deadlines import model as deadlines
from gongdao.domain.decisions import model as decisions
from gongdao.domain.disputes import model as disputes
from gongdao.domain.duty import model as complaints
from gongdao.domain.evidence import exhibits, journal
from gongdao.domain.evidence import findings as looks
from gongdao.domain.firms import model as firm_model
from gongdao.domain.intake import model as intake
from gongdao.domain.interim import model as interim
from gongdao.domain.mailbox import model as mailbox
from gongdao.domain.notices import model as notices
from gongdao.domain.organisations import flags
from gongdao.domain.organisations import model as organisations
from gongdao.domain.owners import model as owners
from gongdao.domain.protection import model as protection
from gongdao.domain.screening import entries
from gongdao.domain.screening import posts as held_posts
from gongdao.domain.settlement import model as settlements
from gongdao.domain.standing import accounts as standing_accounts
from gongdao.domain.standing import misuse
from gongdao.domain.training import certificates
from gongdao.domain.training import duties as training_duties
from gongdao.domain.training import model as learners
from gongdao.domain.unmasking import model as unmasking
from gongdao.domain.verification import model as verification
from gongdao.domain.ways_back import model as ways
from gongdao.storage import (
    case_files,
    clocks_and_notices,
    counter_notices,
    dictations,
    findings,
    firms,
    groups,
    interims,
    journals,
    mailboxes,
    profiles,
    training,
    vault,
    verifications,
    ways_back,
)
from gongdao.storage.counter_notice_models import RightsNoticeRow
from gongdao.storage.dispute_models import DisputeRow
from gongdao.storage.disputes import dispute_row
from gongdao.storage.finding_models import LookRow
from gongdao.storage.firm_models import ComplaintRow, FirmRow
from gongdao.storage.grade_models import StandingRow
from gongdao.storage.grades import standing_row
from gongdao.storage.hearing_models import ProfileRow
from gongdao.storage.held_post_models import HeldPostRow
from gongdao.storage.held_posts import held_post_row
from gongdao.storage.interim_tables import InterimRow
from gongdao.storage.journal_models import JournalRow
from gongdao.storage.lexicon_entries import entry_row
from gongdao.storage.mailbox_models import MailboxRow, UnmaskingRow
from gongdao.storage.misuse_models import MisuseRow
from gongdao.storage.misuses import misuse_row
from gongdao.storage.models import (
    AppealRow,
    CaseRow,
    DeadlineRow,
    DecisionRow,
    GroupRow,
    NoticeRow,
    OwnerTaskRow,
    SanctionRow,
)
from gongdao.storage.organisation_models import FlagRow, OrganisationRow
from gongdao.storage.organisations import flag_row, organisation_row
from gongdao.storage.protection_models import ProtectionRow
from gongdao.storage.protections import protection_row
from gongdao.storage.screening_label_models import LexiconEntryRow
from gongdao.storage.settlement_models import SettlementRow
from gongdao.storage.settlements import settlement_row
from gongdao.storage.training_models import CertificateRow, LearnerRow, TrainingDutyRow
from gongdao.storage.vault_models import ExhibitRow
from gongdao.storage.verification_models import DictationRow, VerificationRow
from gongdao.storage.way_back_models import WayBackRow


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of stream is folded, and which row it keeps."""

    table: type[models.Model]
    fold: Callable[[Iterable[Any]], Any]
    row: Callable[[Any, int], Mapping[str, object]]


KINDS_WITH_ROWS = {
    "case": Kind(CaseRow, intake.fold, case_files.case_row),
    "decision": Kind(DecisionRow, decisions.fold, case_files.decision_row),
    "sanction": Kind(SanctionRow, decisions.fold_sanction, case_files.sanction_row),
    "appeal": Kind(AppealRow, appeals.fold, case_files.appeal_row),
    "deadline": Kind(DeadlineRow, deadlines.fold, clocks_and_notices.deadline_row),
    "interim": Kind(InterimRow, interim.fold, interims.interim_row),
    "group": Kind(GroupRow, owners.fold_group, groups.group_row),
    "owner_task": Kind(OwnerTaskRow, owners.fold_task, groups.task_row),
    "notice": Kind(NoticeRow, notices.fold, clocks_and_notices.notice_row),
    "mail": Kind(MailboxRow, mailbox.fold, mailboxes.mailbox_row),
    "identity": Kind(UnmaskingRow, unmasking.fold, mailboxes.unmasking_row),
    "exhibit": Kind(ExhibitRow, exhibits.fold, vault.exhibit_row),
    "look": Kind(LookRow, looks.fold, findings.look_row),
    "rights_notice": Kind(RightsNoticeRow, rights_notices.fold, counter_notices.rights_row),
    "journal": Kind(JournalRow, journal.fold, journals.journal_row),
    "dictation": Kind(DictationRow, dictation.fold, dictations.dictation_row),
    "verification": Kind(VerificationRow, verification.fold, verifications.verification_row),
    "way_back": Kind(WayBackRow, ways.fold, ways_back.way_back_row),
    "firm": Kind(FirmRow, firm_model.fold, firms.firm_row),
    "standing": Kind(StandingRow, standing_accounts.fold, standing_row),
    "complaint": Kind(ComplaintRow, complaints.fold, firms.complaint_row),
    "organisation": Kind(OrganisationRow, organisations.fold, organisation_row),
    "flag": Kind(FlagRow, flags.fold, flag_row),
    "dispute": Kind(DisputeRow, disputes.fold, dispute_row),
    "settlement": Kind(SettlementRow, settlements.fold, settlement_row),
    "lexicon": Kind(LexiconEntryRow, entries.fold, entry_row),
    "learner": Kind(LearnerRow, learners.fold, training.learner_row),
    "certificate": Kind(CertificateRow, certificates.fold, training.certificate_row),
    "training_duty": Kind(TrainingDutyRow, training_duties.fold, training.training_duty_row),
    "held_post": Kind(HeldPostRow, held_posts.fold, held_post_row),
    "misuse": Kind(MisuseRow, misuse.fold, misuse_row),
    "protection": Kind(ProtectionRow, protection.fold, protection_row),
    "profile": Kind(ProfileRow, high_profiles.fold, profiles.profile_row),
}
WITHOUT_ROW = {"packet", "materials", "roster", "screening"}
"""Streams that are asked for by their name alone."""
