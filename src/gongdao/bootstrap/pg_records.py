"""The records in PostgreSQL; can be imported once Django is set up."""

from typing import Any

from gongdao.adapters import chance
from gongdao.adapters.calendars import load_calendar
from gongdao.adapters.clamd import Clamd, NoScanner
from gongdao.adapters.course_files import FileCourses
from gongdao.adapters.local_files import LocalFiles
from gongdao.adapters.no_live_face import NoLiveFace
from gongdao.adapters.opening import ChildExaminer
from gongdao.adapters.quiz_files import FileExams
from gongdao.adapters.s3_files import S3Files
from gongdao.bootstrap.pack_shelf import pack_root
from gongdao.domain.evidence.uploads import Files
from gongdao.domain.flows.records import HOUSE, Records
from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.kernel.clock import Clock
from gongdao.domain.policy.book import PackBook
from gongdao.site.config import Config
from gongdao.storage import (
    calendar_feeds,
    case_files,
    clocks_and_notices,
    counter_notices,
    disputes,
    findings,
    firms,
    groups,
    imports,
    journals,
    mailboxes,
    misuses,
    organisations,
    people,
    reports,
    training,
    vault,
)
from gongdao.storage.appeal_drafts import PgDrafts
from gongdao.storage.dictations import PgDictations
from gongdao.storage.following import PgFollowUps, PgRobots
from gongdao.storage.grades import PgGrades
from gongdao.storage.held_posts import PgHeldPosts
from gongdao.storage.interims import PgInterims
from gongdao.storage.lexicon_entries import PgJudgedEntries, PgLessons
from gongdao.storage.materials import PgMaterials
from gongdao.storage.outbox import PgOutbox
from gongdao.storage.outcomes import PgOutcomes
from gongdao.storage.profiles import PgProfiles
from gongdao.storage.protections import PgProtections, PgSessions, PgSignIns
from gongdao.storage.screening_labels import PgLabels
from gongdao.storage.screening_samples import PgModelSteps, PgSamples
from gongdao.storage.settlements import PgSettlements
from gongdao.storage.signing_keys import PgReceipts
from gongdao.storage.triage import PgQueues
from gongdao.storage.verifications import PgDevices, PgVerifications
from gongdao.storage.ways_back import PgWaysBack
from gongdao.storage.webhooks import PgWebhooks
from gongdao.storage.work import unit_of_work


def pg_records(
    config: Config, secrets: people.Secrets, texts: people.PgTexts, packs: PackBook, clock: Clock
) -> Records:
    """Every port joined to its tables."""
    codes = people.PgCodes(secrets)
    queues = PgQueues(Weighing(packs), clock)
    return Records(
        work=unit_of_work,
        texts=texts,
        parties=people.PgParties(secrets, chance.new_id),
        staff=people.PgStaff(),
        codes=codes,
        reports=reports.PgReports(codes),
        receipts=PgReceipts(secrets, config.address),
        cases=case_files.PgCases(queues),
        decisions=case_files.PgDecisions(),
        sanctions=case_files.PgSanctions(),
        **_around_appeals(secrets),
        **_disputes(secrets),
        **_screening(secrets), **_standing(secrets), **_training(secrets),
        interims=PgInterims(),
        notices=clocks_and_notices.PgNotices(),
        deadlines=clocks_and_notices.PgDeadlines(),
        queues=queues,
        groups=groups.PgGroups(), owner_tasks=groups.PgOwnerTasks(),
        mailboxes=mailboxes.PgMailboxes(), unmaskings=mailboxes.PgUnmaskings(),
        exhibits=vault.PgExhibits(), journals=journals.PgJournals(),
        looks=findings.PgLooks(),
        uploads=vault.PgUploads(secrets, chance.token),
        files=kept_files(config),
        examiner=ChildExaminer(),
        scanner=Clamd(config.clamd) if config.clamd else NoScanner(),
        outbox=PgOutbox(),
        webhooks=PgWebhooks(secrets),
        packs=packs,
        calendar=load_calendar(config.calendar_overrides),
        clock=clock,
        new_id=chance.new_id,
        address=config.address,
    )  # fmt: skip


def _around_appeals(secrets: people.Secrets) -> dict[str, Any]:
    """The ports of appeals, and of what helps before one is sent and after it has ended."""
    appeals = case_files.PgAppeals()
    return {
        "appeals": appeals,
        "materials": PgMaterials(),
        "drafts": PgDrafts(secrets),
        "outcomes": PgOutcomes(appeals),
        "dictations": PgDictations(),
        "verifications": PgVerifications(),
        "devices": PgDevices(secrets, chance.new_id),
        "face": NoLiveFace(),
        "protections": PgProtections(),
        "sessions": PgSessions(chance.new_id),
        "sign_ins": PgSignIns(),
        "ways_back": PgWaysBack(),
        "rights_notices": counter_notices.PgRightsNotices(),
        "firms": firms.PgFirms(),
        "complaints": firms.PgComplaints(),
        "rosters": firms.PgRosters(),
        "feeds": calendar_feeds.PgFeeds(secrets, chance.token),
        "profiles": PgProfiles(),
    }


def _disputes(secrets: people.Secrets) -> dict[str, Any]:
    """The ports of organisations and of their disputes."""
    return {
        "organisations": organisations.PgOrganisations(),
        "disputes": disputes.PgDisputes(),
        "flags": organisations.PgFlags(),
        "team_rosters": organisations.PgTeamRosters(),
        "trails": organisations.PgTrails(),
        "follow_ups": PgFollowUps(),
        "robots": PgRobots(secrets),
        "settlements": PgSettlements(),
        "imports": imports.PgImports(secrets),
        "kept_orders": imports.PgKeptOrders(),
    }


def _screening(secrets: people.Secrets) -> dict[str, Any]:  # noqa: ARG001
    """The ports of texts that wait, and of what is learned from them."""
    return {
        "labels": PgLabels(),
        "judged_entries": PgJudgedEntries(),
        "lessons": PgLessons(),
        "model_steps": PgModelSteps(),
        "samples": PgSamples(),
        "held_posts": PgHeldPosts(),
    }


def _standing(secrets: people.Secrets) -> dict[str, Any]:  # noqa: ARG001
    """The ports of how far reporters and accounts are trusted."""
    return {
        "grades": PgGrades(),
        "tracks": misuses.PgTracks(),
        "misuses": misuses.PgMisuses(),
    }


def _training(secrets: people.Secrets) -> dict[str, Any]:  # noqa: ARG001
    """The ports of courses, exams and certificates."""
    return {
        "exams": FileExams(pack_root() / HOUSE / "quizzes"),
        "courses": FileCourses(pack_root() / HOUSE / "courses"),
        "learners": training.PgLearners(),
        "certificates": training.PgCertificates(),
        "training_duties": training.PgTrainingDuties(),
    }


def kept_files(config: Config) -> Files:
    """Where the files of exhibits lie: a folder below the data, or a bucket."""
    if not config.files_url:
        return LocalFiles(config.data / "files")
    options = {
        "endpoint": config.s3_endpoint,
        "region": config.s3_region,
        "access_key_id": config.s3_key_id,
        "secret_access_key": config.s3_secret,
    }
    return S3Files(config.files_url, {name: value for name, value in options.items() if value})
