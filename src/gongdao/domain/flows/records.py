"""The records that the stories work on, and what they need of the outside, in one bundle."""

from dataclasses import dataclass

from gongdao.domain.access.model import FileParties
from gongdao.domain.appeals.drafts import Drafts
from gongdao.domain.appeals.ports import Appeals, Dictations, MaterialStreams, Outcomes
from gongdao.domain.appeals.profiles import Profiles
from gongdao.domain.counter_notices.ports import RightsNotices
from gongdao.domain.deadlines.ports import Deadlines
from gongdao.domain.decisions.ports import Decisions, Sanctions
from gongdao.domain.disputes.following_ports import FollowUps
from gongdao.domain.disputes.imports import Imports, KeptOrders
from gongdao.domain.disputes.ports import Disputes
from gongdao.domain.disputes.robots import Robots
from gongdao.domain.duty.ports import Complaints, Feeds, Rosters, TeamRosters
from gongdao.domain.evidence.exhibit_ports import Exhibits
from gongdao.domain.evidence.journal_ports import Journals
from gongdao.domain.evidence.looking_ports import LookStreams
from gongdao.domain.evidence.uploads import Examiner, Files, Scanner, Uploads
from gongdao.domain.firms.ports import Firms
from gongdao.domain.intake.model import Case
from gongdao.domain.intake.ports import Cases, Receipts, Reports
from gongdao.domain.interim.ports import Interims
from gongdao.domain.kernel.calendar import WorkingCalendar
from gongdao.domain.kernel.clock import Clock
from gongdao.domain.kernel.errors import NotFound, PackInvalid, hint_noop
from gongdao.domain.kernel.ids import NewId, PackRef, Sealed
from gongdao.domain.kernel.outbox import Outbox
from gongdao.domain.kernel.people import Codes, Parties, StaffList
from gongdao.domain.kernel.work import Texts, Work
from gongdao.domain.mailbox.ports import Mailboxes
from gongdao.domain.notices.ports import Notices
from gongdao.domain.organisations.ports import Flags, Organisations, Trails
from gongdao.domain.outgoing.ports import Webhooks
from gongdao.domain.owners.ports import Groups, OwnerTasks
from gongdao.domain.policy.book import PackBook
from gongdao.domain.policy.contact import ContactPolicy
from gongdao.domain.policy.counter_notices import CounterNoticePolicy
from gongdao.domain.policy.exhibits import ExhibitPolicy
from gongdao.domain.policy.model import CasePolicy
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.statement_words import StatementWords
from gongdao.domain.protection.ports import Protections, Sessions, SignIns
from gongdao.domain.screening.entries import JudgedEntries
from gongdao.domain.screening.labels import Labels
from gongdao.domain.screening.post_ports import HeldPosts
from gongdao.domain.screening.shadowing import ModelSteps, Samples
from gongdao.domain.screening.taught import Lessons
from gongdao.domain.settlement.ports import Settlements
from gongdao.domain.standing.account_ports import Grades
from gongdao.domain.standing.ports import Misuses, Tracks
from gongdao.domain.training.ports import Certificates, Courses, Exams, Learners, TrainingDuties
from gongdao.domain.triage.ports import Queues
from gongdao.domain.unmasking.ports import Unmaskings
from gongdao.domain.verification.ports import Devices, LiveFace, Verifications
from gongdao.domain.ways_back.ports import WaysBack

HOUSE = "house"
"""The platform code of the operator's own community."""


@dataclass(frozen=True, slots=True, repr=False)
class Records:
    """Everything that a story reads and writes. Never written out whole: it can be gigabytes."""

    work: Work
    texts: Texts
    parties: Parties
    staff: StaffList
    codes: Codes
    reports: Reports
    receipts: Receipts
    cases: Cases
    decisions: Decisions
    sanctions: Sanctions
    appeals: Appeals
    materials: MaterialStreams
    dictations: Dictations
    verifications: Verifications
    devices: Devices
    protections: Protections
    sessions: Sessions
    sign_ins: SignIns
    face: LiveFace
    outcomes: Outcomes
    drafts: Drafts
    ways_back: WaysBack
    exams: Exams
    profiles: Profiles
    interims: Interims
    rights_notices: RightsNotices
    notices: Notices
    deadlines: Deadlines
    queues: Queues
    mailboxes: Mailboxes
    unmaskings: Unmaskings
    groups: Groups
    owner_tasks: OwnerTasks
    firms: Firms
    grades: Grades
    complaints: Complaints
    rosters: Rosters
    feeds: Feeds
    organisations: Organisations
    flags: Flags
    team_rosters: TeamRosters
    trails: Trails
    disputes: Disputes
    follow_ups: FollowUps
    robots: Robots
    settlements: Settlements
    tracks: Tracks
    misuses: Misuses
    imports: Imports
    kept_orders: KeptOrders
    labels: Labels
    judged_entries: JudgedEntries
    lessons: Lessons
    model_steps: ModelSteps
    samples: Samples
    courses: Courses
    learners: Learners
    certificates: Certificates
    training_duties: TrainingDuties
    held_posts: HeldPosts
    exhibits: Exhibits
    journals: Journals
    looks: LookStreams
    uploads: Uploads
    files: Files
    examiner: Examiner
    scanner: Scanner
    outbox: Outbox
    webhooks: Webhooks
    packs: PackBook
    calendar: WorkingCalendar
    clock: Clock
    new_id: NewId
    address: str
    """Where the pages are, for the links in notices."""

    def pack(self, ref: PackRef) -> RulePack:
        """The pack that a case is judged by."""
        return self.packs.at(ref)

    def policy(self, ref: PackRef) -> CasePolicy:
        """How cases run under that pack; PackInvalid if it only describes an outside platform."""
        policy = self.packs.at(ref).cases
        if policy is None:
            raise PackInvalid(
                "pack.not_for_cases",
                hint_noop("The pack {pack} says nothing of own cases. Add its cases part."),
                pack=str(ref),
            )
        return policy

    def contact(self, ref: PackRef) -> ContactPolicy:
        """How reporters are written to under that pack; PackInvalid if it does not say."""
        policy = self.packs.at(ref).contact
        if policy is None:
            raise PackInvalid(
                "pack.no_contact",
                hint_noop("The pack {pack} says nothing of writing to reporters. Add contact."),
                pack=str(ref),
            )
        return policy

    def exhibit_policy(self, ref: PackRef) -> ExhibitPolicy:
        """What files may be added under that pack; PackInvalid if it does not say."""
        policy = self.packs.at(ref).exhibits
        if policy is None:
            raise PackInvalid(
                "pack.no_exhibits",
                hint_noop("The pack {pack} says nothing of files. Add its exhibits part."),
                pack=str(ref),
            )
        return policy

    def counter_notices(self, ref: PackRef) -> CounterNoticePolicy:
        """How notices about rights run under that pack; PackInvalid if it does not say."""
        policy = self.packs.at(ref).counter_notices
        if policy is None:
            raise PackInvalid(
                "pack.no_counter_notices",
                hint_noop("The pack {pack} takes no notices about rights. Add counter_notices."),
                pack=str(ref),
            )
        return policy

    def statement_words(self, ref: PackRef, language: str) -> StatementWords:
        """The words of decisions under that pack; PackInvalid if it has none."""
        words = self.packs.at(ref).statement
        if words is None:
            raise PackInvalid(
                "pack.no_statement",
                hint_noop("The pack {pack} has no words for decisions. Add its statement part."),
                pack=str(ref),
            )
        return words.in_(language)

    def opened(self, seal: Sealed) -> str:
        """A sealed text, or a dash once it was erased."""
        text = self.texts.open(seal)
        return "—" if text is None else text


def parties_of(case: Case) -> FileParties:
    """Who has a part in a case, as the door needs to know it."""
    return FileParties(case.id, frozenset(case.reporters), case.respondent)


def missing() -> NotFound:
    """What a stranger is told, whatever there is."""
    return NotFound(
        "not_found", hint_noop("Check the code or the link; nothing is found under it for you.")
    )
