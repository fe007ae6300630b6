"""A complaint of some tier: what it obliges to, who was asked, and what was done about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import Code, PackRef, PersonId, Sealed
from gongdao.domain.kernel.kept_files import FileRef

ComplaintId = NewType("ComplaintId", str)
DutyId = NewType("DutyId", str)


class Rung(StrEnum):
    """As whom somebody is asked to take a complaint."""

    ON_DUTY = "on_duty"
    NEXT = "next"
    RESPONSIBLE = "responsible"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that must be done."""

    id: DutyId
    code: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintEntered(Event):
    """A complaint reached a firm, or the operator, and was entered with its tier."""

    kind: ClassVar[str] = "complaint.entered"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    complaint: ComplaintId
    owner: PersonId | None
    """The firm's account; None where it is the operator's own."""
    pack: PackRef
    tier: Code
    received_at: datetime
    about: Sealed
    reference: Sealed | None
    """Its number at whoever passed it on."""
    duties: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDone(Event):
    """One thing was done, with its proof."""

    kind: ClassVar[str] = "complaint.duty_done"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    duty: DutyId
    proof: Sealed
    file: FileRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReady(Event):
    """One of the tier's papers is there."""

    kind: ClassVar[str] = "complaint.document_ready"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    document: Code
    proof: Sealed
    file: FileRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceAsked(Event):
    """Somebody was asked to take it."""

    kind: ClassVar[str] = "complaint.attendance_asked"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    to: PersonId
    rung: Rung


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintTaken(Event):
    """Somebody said that they see to it."""

    kind: ClassVar[str] = "complaint.taken"
    personal: ClassVar[Personal] = Personal.PARTY_IDS


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyTookIt(Event):
    """Everybody who could be asked was asked, and nobody answered."""

    kind: ClassVar[str] = "complaint.nobody_took_it"
    personal: ClassVar[Personal] = Personal.NOTHING


ComplaintStep = (
    ComplaintEntered | DutyDone | DocumentReady | AttendanceAsked | ComplaintTaken | NobodyTookIt
)


@dataclass(frozen=True, slots=True)
class Proof:
    """That something was done: when, in words, and with which file."""

    at: datetime
    words: Sealed
    file: FileRef | None


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """Who was asked, when and as whom."""

    at: datetime
    person: PersonId
    rung: Rung


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint as it stands."""

    id: ComplaintId
    owner: PersonId | None
    pack: PackRef
    tier: Code
    received_at: datetime
    entered_at: datetime
    about: Sealed
    reference: Sealed | None
    duties: tuple[Asked, ...]
    done: tuple[tuple[DutyId, Proof], ...] = ()
    documents: tuple[tuple[Code, Proof], ...] = ()
    asked: tuple[AskedPerson, ...] = ()
    taken_by: PersonId | None = None
    unanswered: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return {duty.id for duty in self.duties} != {duty for duty, _ in self.done}

    def proof_of(self, duty: DutyId) -> Proof | None:
        """The proof that a thing was done."""
        return dict(self.done).get(duty)

    def paper(self, document: Code) -> Proof | None:
        """The proof that a paper is there."""
        return dict(self.documents).get(document)


def after(complaint: Complaint, step: ComplaintStep) -> Complaint:
    """The complaint as it stands after one more step."""
    match step:
        case ComplaintEntered():
            raise ValueError(f"complaint {complaint.id} was entered twice")
        case DutyDone():
            proof = Proof(step.at, step.proof, step.file)
            return replace(complaint, done=(*complaint.done, (step.duty, proof)))
        case DocumentReady():
            proof = Proof(step.at, step.proof, step.file)
            return replace(complaint, documents=(*complaint.documents, (step.document, proof)))
        case AttendanceAsked():
            asked = AskedPerson(step.at, step.to, step.rung)
            return replace(complaint, asked=(*complaint.asked, asked))
        case ComplaintTaken():
            return replace(complaint, taken_by=step.by.person, unanswered=False)
        case NobodyTookIt():
            return replace(complaint, unanswered=True)
        case _:
            assert_never(step)


def fold(steps: Iterable[ComplaintStep]) -> Complaint:
    """The standing after a whole stream; ValueError if it does not begin with its entering."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, ComplaintEntered):
        raise ValueError("a complaint begins with complaint.entered")
    complaint = Complaint(
        id=first.complaint,
        owner=first.owner,
        pack=first.pack,
        tier=first.tier,
        received_at=first.received_at,
        entered_at=first.at,
        about=first.about,
        reference=first.reference,
        duties=first.duties,
    )
    for step in rest:
        complaint = after(complaint, step)
    return complaint
