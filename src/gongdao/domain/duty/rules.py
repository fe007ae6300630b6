"""What a complaint asks for, who is asked next, and when the calendar says so: pure functions."""

from collections.abc import Sequence
from datetime import datetime

from gongdao.domain.duty.model import (
    AttendanceAsked,
    Complaint,
    ComplaintTaken,
    DocumentReady,
    DutyDone,
    DutyId,
    NobodyTookIt,
    Rung,
)
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.kernel.kept_files import FileRef
from gongdao.domain.policy.firms import FirmPolicy, Tier


def tier_of(policy: FirmPolicy, code: str) -> Tier:
    """A tier of the pack; BadInput for any other."""
    found = policy.tier(code)
    if found is None:
        raise BadInput("duty.unknown_tier", hint_noop("Choose one of the listed levels."))
    return found


def check_received(received_at: datetime, now: datetime) -> datetime:
    """When it was received, which lies behind us."""
    if received_at > now:
        raise BadInput("duty.ahead", hint_noop("It cannot have been received later than now."))
    return received_at


def do(
    complaint: Complaint,
    duty: DutyId,
    proof: Sealed,
    file: FileRef | None,
    by: Actor,
    now: datetime,
) -> DutyDone:
    """Tick a thing off, with its proof."""
    if all(each.id != duty for each in complaint.duties):
        raise BadInput("duty.unknown", hint_noop("Choose one of the listed things to do."))
    if complaint.proof_of(duty) is not None:
        raise Refused("duty.done_already", hint_noop("This was ticked off already."))
    return DutyDone(at=now, by=by, duty=duty, proof=proof, file=file)


def document(
    complaint: Complaint,
    tier: Tier,
    code: str,
    proof: Sealed,
    file: FileRef | None,
    by: Actor,
    now: datetime,
) -> DocumentReady:
    """Tick a paper off."""
    if tier.document(code) is None:
        raise BadInput("duty.unknown", hint_noop("Choose one of the listed things to do."))
    if complaint.paper(code) is not None:
        raise Refused("duty.done_already", hint_noop("This was ticked off already."))
    return DocumentReady(at=now, by=by, document=code, proof=proof, file=file)


def take(complaint: Complaint, by: Actor, now: datetime) -> ComplaintTaken:
    """See to it."""
    if complaint.taken_by is not None:
        raise Refused("duty.taken", hint_noop("Somebody sees to this complaint already."))
    return ComplaintTaken(at=now, by=by)


def ask(
    complaint: Complaint,
    on_duty: PersonId | None,
    coming: Sequence[PersonId],
    responsible: PersonId | None,
    now: datetime,
) -> AttendanceAsked | NobodyTookIt:
    """Whom to ask now: who is on duty, then the next one, then the responsible; nobody twice."""
    asked = {each.person for each in complaint.asked}
    rungs = {each.rung for each in complaint.asked}
    if not rungs and on_duty is not None:
        return AttendanceAsked(at=now, by=SYSTEM, to=on_duty, rung=Rung.ON_DUTY)
    if Rung.NEXT not in rungs and Rung.RESPONSIBLE not in rungs:
        others = [each for each in coming if each not in asked and each != responsible]
        if others:
            return AttendanceAsked(at=now, by=SYSTEM, to=others[0], rung=Rung.NEXT)
    if responsible is not None and responsible not in asked:
        return AttendanceAsked(at=now, by=SYSTEM, to=responsible, rung=Rung.RESPONSIBLE)
    return NobodyTookIt(at=now, by=SYSTEM)
