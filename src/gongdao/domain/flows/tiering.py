"""Complaints with a tier: entered, taken by whoever is on duty, answered with proof, or missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import READERS, firm_account, must_be, not_found
from gongdao.domain.deadlines.model import Deadline, DeadlineKind
from gongdao.domain.duty import rules
from gongdao.domain.duty.model import (
    Asked,
    AttendanceAsked,
    Complaint,
    ComplaintEntered,
    ComplaintId,
    DutyId,
    Rung,
)
from gongdao.domain.duty.roster import Roster, on_duty, upcoming
from gongdao.domain.firms.model import FirmStage
from gongdao.domain.firms.rules import check_text
from gongdao.domain.flows.file_clocks import Limit, meet, start
from gongdao.domain.flows.firm_papers import (
    pack_with_firms,
    short,
    take_file,
    tell,
    until,
)
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.telling import Gap
from gongdao.domain.kernel.errors import PackInvalid, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held, Role
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.kernel.kept_files import FileRef
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.firms import DutyRule, FirmPolicy, Tier

_NEXT_WEEK = 7


@dataclass(frozen=True, slots=True)
class Incoming:
    """What somebody enters."""

    tier: str
    about: str
    reference: str = ""
    received_at: datetime | None = None
    """None: now."""


@dataclass(frozen=True, slots=True)
class DutyView:
    """One thing to do, with its clock and its proof."""

    id: DutyId
    rule: DutyRule
    clock: Deadline | None
    done_at: datetime | None
    proof: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper, with a text to begin with, and its proof."""

    code: str
    title_zh: str
    title_en: str
    template_zh: str
    template_en: str
    ready_at: datetime | None
    proof: str
    file: FileRef | None


@dataclass(frozen=True, slots=True)
class AskedView:
    """Who was asked to take it."""

    at: datetime
    name: str
    rung: Rung


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """A complaint with everything that its tier asks for."""

    complaint: Complaint
    number: str
    tier: Tier
    about: str
    reference: str
    duties: tuple[DutyView, ...]
    papers: tuple[PaperView, ...]
    asked: tuple[AskedView, ...]
    taken_by: str
    mine: bool
    """Whether the caller took it, or is the firm."""


@dataclass(frozen=True, slots=True)
class Tiering:
    """What is done about complaints, a firm's or the operator's own."""

    records: Records

    def enter(self, given: Incoming, caller: Caller, *, own: bool = False) -> ComplaintId:
        """Enter one with its tier; its clocks run from when it was received. `own`: ours."""
        r = self.records
        by = self._operator(caller) if own else self._firm(caller)
        pack, policy = pack_with_firms(r)
        owner = None if own else by.person
        with r.work():
            now, tier = r.clock(), rules.tier_of(policy, given.tier)
            received = rules.check_received(given.received_at or now, now)
            said = check_text(policy.qualification, given.about)
            number = given.reference.strip()[:200]
            step = ComplaintEntered(
                at=now,
                by=by,
                complaint=ComplaintId(r.new_id()),
                owner=owner,
                pack=pack.ref,
                tier=tier.code,
                received_at=received,
                about=r.texts.seal(said, owner),
                reference=r.texts.seal(number, owner) if number else None,
                duties=tuple(Asked(DutyId(r.new_id()), each.code) for each in tier.duties),
            )
            held = r.complaints.add(step.complaint, [step], after=0)
            for asked, duty in zip(step.duties, tier.duties, strict=True):
                limit = Limit(duty.within, duty.source)
                start(r, DeadlineKind.DUTY, step.complaint, asked.id, limit, received)
            if own:
                self._ask(held, policy)
        return step.complaint

    def take(self, complaint: ComplaintId, caller: Caller) -> None:
        """See to one of the operator's own."""
        r, by = self.records, self._operator(caller)
        with r.work():
            held = self._held(complaint, caller)
            if held.now.owner is not None:
                raise not_found()
            step = rules.take(held.now, by, r.clock())
            r.complaints.add(complaint, [step], after=held.version)
            meet(r, complaint, DeadlineKind.ATTENDANCE, by)

    def done(
        self, complaint: ComplaintId, duty: DutyId, proof: str, upload: str, caller: Caller
    ) -> None:
        """Tick a thing off, with its proof in words and maybe a file."""
        r = self.records
        with r.work():
            held = self._held(complaint, caller)
            by, sealed, file = self._proof(held.now, proof, upload, caller)
            step = rules.do(held.now, duty, sealed, file, by, r.clock())
            r.complaints.add(complaint, [step], after=held.version)
            meet(r, duty, DeadlineKind.DUTY, by)

    def paper(
        self, complaint: ComplaintId, document: str, proof: str, upload: str, caller: Caller
    ) -> None:
        """Tick one of the tier's papers off."""
        r = self.records
        with r.work():
            held = self._held(complaint, caller)
            by, sealed, file = self._proof(held.now, proof, upload, caller)
            tier = self._tier(held.now)
            step = rules.document(held.now, tier, document, sealed, file, by, r.clock())
            r.complaints.add(complaint, [step], after=held.version)

    def _proof(
        self, complaint: Complaint, proof: str, upload: str, caller: Caller
    ) -> tuple[Actor, Sealed, FileRef | None]:
        """Who ticks something off, with the words and maybe the file that show it."""
        r, by = self.records, self._doer(complaint, caller)
        said = check_text(pack_with_firms(r)[1].qualification, proof)
        file = take_file(r, upload, complaint.owner) if upload else None
        return by, r.texts.seal(said, complaint.owner), file

    def missed(self, deadline: Deadline) -> None:
        """Nobody took it, or a thing was not done in time."""
        r = self.records
        held = r.complaints.get(deadline.case)
        policy = pack_with_firms(r)[1]
        if deadline.kind is DeadlineKind.ATTENDANCE:
            meet(r, deadline.about, DeadlineKind.ATTENDANCE, SYSTEM)
            if held.now.taken_by is None:
                self._ask(held, policy)
            return
        code = next((d.code for d in held.now.duties if d.id == deadline.about), "")
        rule, owner = self._tier(held.now).duty(code), held.now.owner
        roster = r.rosters.now()
        whom = owner or (roster.now.responsible if roster else None)
        if whom is None or rule is None:
            return
        named = Gap(zh={"duty": rule.title.zh}, en={"duty": rule.title.en})
        reader = Reader.FIRM if owner else Reader.STAFF
        tell(r, whom, reader, "duty_missed", held.now.id, named, until(deadline.due_at))

    def of(self, caller: Caller, *, own: bool = False, limit: int = 50) -> list[ComplaintView]:
        """One's own, the open ones first; `own`: the operator's, for staff."""
        owner = None if own else firm_account(caller).person
        if own:
            must_be(caller, *READERS)
        found = self.records.complaints.of_owner(owner, limit)
        return [self._view(each, caller) for each in found]

    def open(self, complaint: ComplaintId, caller: Caller) -> ComplaintView:
        """One of them; NotFound for others."""
        return self._view(self._held(complaint, caller).now, caller)

    def _ask(self, held: Held[Complaint], policy: FirmPolicy) -> None:
        """Ask whoever comes next to take it, and let their clock run; nobody is asked twice."""
        r = self.records
        kept = r.rosters.now()
        roster, now = kept.now if kept else Roster(), r.clock()
        coming = upcoming(roster, now, _NEXT_WEEK)
        step = rules.ask(held.now, on_duty(roster, now), coming, roster.responsible, now)
        complaint = r.complaints.add(held.now.id, [step], after=held.version).now
        if not isinstance(step, AttendanceAsked):
            return
        limit = Limit(policy.roster.answer_within, policy.roster.source)
        due = start(r, DeadlineKind.ATTENDANCE, complaint.id, complaint.id, limit)
        tier = self._tier(complaint)
        named = Gap(zh={"tier": tier.title.zh}, en={"tier": tier.title.en})
        template = f"duty_asked_{step.rung.value}"
        tell(r, step.to, Reader.STAFF, template, complaint.id, named, until(due.at))

    def _tier(self, complaint: Complaint) -> Tier:
        policy = self.records.pack(complaint.pack).firms
        found = policy.tier(complaint.tier) if policy else None
        if found is None:
            raise PackInvalid(
                "pack.no_firms",
                hint_noop("The pack {pack} says nothing of firms. Add its firms part."),
                pack=str(complaint.pack),
            )
        return found

    def _operator(self, caller: Caller) -> Actor:
        must_be(caller, *READERS)
        if caller.person is None:
            raise not_found()
        known = (Role.OPERATOR, Role.SENIOR_REVIEWER, Role.REVIEWER)
        return Actor(next(role for role in known if role in caller.roles), caller.person)

    def _firm(self, caller: Caller) -> Actor:
        by = firm_account(caller)
        held = self.records.firms.of_person(by.person) if by.person else None
        if held is None or held.now.stage is not FirmStage.VERIFIED:
            raise Refused(
                "firm.not_verified", hint_noop("Only verified firms enter complaints. Apply first.")
            )
        return by

    def _held(self, complaint: ComplaintId, caller: Caller) -> Held[Complaint]:
        held = self.records.complaints.get(complaint)
        mine = held.now.owner == caller.person if held.now.owner else caller.has(*READERS)
        if caller.person is None or caller.only_case is not None or not mine:
            raise not_found()
        return held

    def _doer(self, complaint: Complaint, caller: Caller) -> Actor:
        return firm_account(caller) if complaint.owner else self._operator(caller)

    def _view(self, complaint: Complaint, caller: Caller) -> ComplaintView:
        r, tier = self.records, self._tier(complaint)
        clocks = {
            held.now.about: held.now
            for asked in complaint.duties
            for held in r.deadlines.running_about(asked.id)
        }
        return ComplaintView(
            complaint=complaint,
            number=short(complaint.id),
            tier=tier,
            about=r.opened(complaint.about),
            reference=r.opened(complaint.reference) if complaint.reference else "",
            duties=tuple(
                self._duty(complaint, asked, rule, clocks.get(asked.id))
                for asked in complaint.duties
                if (rule := tier.duty(asked.code)) is not None
            ),
            papers=tuple(self._papers(complaint, tier)),
            asked=tuple(
                AskedView(a.at, r.staff.name(a.person) or "—", a.rung) for a in complaint.asked
            ),
            taken_by=self._name(complaint.taken_by),
            mine=caller.person in {complaint.owner, complaint.taken_by},
        )

    def _duty(
        self, complaint: Complaint, asked: Asked, rule: DutyRule, clock: Deadline | None
    ) -> DutyView:
        proof = complaint.proof_of(asked.id)
        words = self.records.opened(proof.words) if proof else ""
        return DutyView(asked.id, rule, clock, proof.at if proof else None, words)

    def _papers(self, complaint: Complaint, tier: Tier) -> Sequence[PaperView]:
        found = []
        for rule in tier.documents:
            proof, template = complaint.paper(rule.code), rule.template
            found.append(
                PaperView(
                    code=rule.code,
                    title_zh=rule.title.zh,
                    title_en=rule.title.en,
                    template_zh=template.zh if template else "",
                    template_en=template.en if template else "",
                    ready_at=proof.at if proof else None,
                    proof=self.records.opened(proof.words) if proof else "",
                    file=proof.file if proof else None,
                )
            )
        return found

    def _name(self, person: PersonId | None) -> str:
        return (self.records.staff.name(person) or "—") if person else ""
