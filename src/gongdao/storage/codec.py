"""Events and records to canonical JSON and back, and the leaf that each is in the log.

The leaf is hashed from the very bytes that are stored, as RFC 9162 §2.1.1 says: SHA-256 over a zero
byte and the entry. A change of one byte of an event is found by hashing again.
"""

from typing import Any, TypeVar

import msgspec

from gongdao.domain.appeals.dictation import DictationStep
from gongdao.domain.appeals.model import AppealStep
from gongdao.domain.appeals.profiles import ProfileStep
from gongdao.domain.appeals.standard import MaterialsStep
from gongdao.domain.counter_notices.events import RightsStep
from gongdao.domain.deadlines.model import DeadlineStep
from gongdao.domain.decisions.model import DecisionStep, SanctionStep
from gongdao.domain.disputes.events import DisputeStep
from gongdao.domain.duty.model import ComplaintStep
from gongdao.domain.duty.roster import RosterStep
from gongdao.domain.evidence.exhibits import ExhibitStep
from gongdao.domain.evidence.findings import LookStep
from gongdao.domain.evidence.journal import JournalStep
from gongdao.domain.evidence.packet_makings import PacketMade
from gongdao.domain.firms.model import FirmStep
from gongdao.domain.intake.model import CaseStep, Report
from gongdao.domain.interim.model import InterimStep
from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.merkle import leaf_hash as leaf_hash  # noqa: PLC0414
from gongdao.domain.mailbox.model import MailStep
from gongdao.domain.notices.model import NoticeStep
from gongdao.domain.organisations.flags import FlagStep
from gongdao.domain.organisations.model import OrganisationStep
from gongdao.domain.owners.model import GroupStep, OwnerTaskStep
from gongdao.domain.protection.events import ProtectionStep
from gongdao.domain.screening.entries import EntryStep
from gongdao.domain.screening.posts import HeldPostStep
from gongdao.domain.screening.shadowing import ModelsStep
from gongdao.domain.settlement.events import SettlementStep
from gongdao.domain.standing.accounts import AccountStep
from gongdao.domain.standing.misuse import MisuseStep
from gongdao.domain.training.certificates import CertificateStep
from gongdao.domain.training.duties import TrainingDutyStep
from gongdao.domain.training.model import LearnerStep
from gongdao.domain.unmasking.model import IdentityShown
from gongdao.domain.verification.model import VerificationStep
from gongdao.domain.ways_back.model import WayBackStep

T = TypeVar("T")

STEPS = (
    CaseStep,
    DecisionStep,
    SanctionStep,
    AppealStep | DictationStep,
    MaterialsStep,
    NoticeStep,
    DeadlineStep,
    InterimStep,
    MailStep | IdentityShown,
    GroupStep,
    OwnerTaskStep,
    ExhibitStep,
    LookStep | PacketMade,
    JournalStep,
    VerificationStep,
    WayBackStep,
    RightsStep,
    FirmStep,
    AccountStep,
    ComplaintStep | RosterStep,
    ProfileStep,
    OrganisationStep,
    FlagStep,
    DisputeStep,
    SettlementStep,
    EntryStep | ModelsStep,
    LearnerStep,
    CertificateStep | TrainingDutyStep,
    HeldPostStep,
    MisuseStep,
    ProtectionStep,
)
"""The unions of every stream's events."""


def kinds() -> dict[str, type[Event]]:
    """Every event type by its name; TypeError for one that does not say its personal data."""
    known: dict[str, type[Event]] = {}
    for union in STEPS:
        for step in union.__args__:
            if not isinstance(getattr(step, "personal", None), Personal):
                raise TypeError(f"{step.__name__} does not say what personal data it points to")
            if step.kind in known:
                raise TypeError(f"two events are called {step.kind}")
            known[step.kind] = step
    return known


KINDS = kinds()


_CANONICAL = msgspec.json.Encoder(order="sorted")


def encode(record: object) -> str:
    """A frozen dataclass as canonical JSON: sorted keys, no blanks."""
    return _CANONICAL.encode(record).decode()


def decode(body: str, what: type[T]) -> T:
    """A record back from its JSON."""
    return msgspec.json.decode(body, type=what)


def decode_event(kind: str, body: str) -> Any:
    """An event back from its JSON."""
    return msgspec.json.decode(body, type=KINDS[kind])


def event_entry(stream: str, version: int, kind: str, body: str) -> bytes:
    """What an event's leaf is hashed from: its place in the stream, its type and its words."""
    return f"event\n{stream}\n{version}\n{kind}\n{body}".encode()


def report_entry(body: str) -> bytes:
    """What a report's leaf is hashed from."""
    return f"report\n{body}".encode()


def decode_report(body: str) -> Report:
    """A report back from its JSON."""
    return decode(body, Report)
