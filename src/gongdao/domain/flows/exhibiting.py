"""Exhibits of a case: handed in by either side, by staff or by the app, and seen from each chair.

Nobody sees what the other side brought, unless staff released a redacted copy of it: then they see
that copy, and neither its name nor where it came from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import DECIDERS, bringer, decider, insider, not_found, seat
from gongdao.domain.evidence import exhibit_rules as rules
from gongdao.domain.evidence.exhibits import (
    Derivative,
    Exhibit,
    ExhibitOriginalTaken,
    ExhibitStep,
    FileMark,
    Finding,
    FromJournal,
    Locator,
    Provenance,
    Side,
)
from gongdao.domain.evidence.uploads import MadeOf, Upload, gone, keep
from gongdao.domain.flows.asking_looks import ask_for_look
from gongdao.domain.flows.exhibit_views import (
    INSIDERS,
    ExhibitFile,
    ExhibitView,
    check_view,
    may_see,
    origin,
    seals,
    view_of,
    written,
)
from gongdao.domain.flows.mailing import hears_no_appeal
from gongdao.domain.flows.masking import masking
from gongdao.domain.flows.private_material import must_not_be_private
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.intake.model import Case, numbers_of
from gongdao.domain.intake.reaching import ExhibitHandled
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.events import SYSTEM, Actor, Held, Role
from gongdao.domain.kernel.ids import CaseId, Digest, ExhibitId, PersonId, Sealed
from gongdao.domain.policy.exhibits import ExhibitPolicy

_SIDES = {
    Role.REPORTER: Side.REPORTER,
    Role.RESPONDENT: Side.RESPONDENT,
    Role.APP: Side.APP,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a file as it is handed in."""

    captured: str | None = None
    captured_at: datetime | None = None
    locator: Locator | None = None
    journal: FromJournal | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an exhibit is laid, and whose it is."""

    file: CaseId
    """A case, or an organisation's dispute."""
    policy: ExhibitPolicy
    side: Side
    owner: PersonId | None


@dataclass(frozen=True, slots=True)
class Exhibiting:
    """The exhibits of cases, at their doors."""

    records: Records

    def attach(
        self, case_id: CaseId, tokens: Sequence[str], said: Said, caller: Caller
    ) -> list[ExhibitId]:
        """Hand in files that were sent: they are exhibits from now on, all of them or none."""
        return self.bring(case_id, [partial(self.taken, token) for token in tokens], said, caller)

    def bring(
        self, case_id: CaseId, files: Sequence[Callable[[], Upload]], said: Said, caller: Caller
    ) -> list[ExhibitId]:
        """The same for files that are in the store once they are called for."""
        r = self.records
        with r.work():
            held = r.cases.get(case_id)
            by = bringer(caller, parties_of(held.now))
            if by.role not in _SIDES:
                hears_no_appeal(r, held.now, by)
            rules.check_any(files)
            place = self._place(held.now, by)
            brought = [self.lay(place, file, said, by) for file in files]
            self.took_part(held, by, brought[-1:])
        return brought

    def attach_what_is_there(
        self, case_id: CaseId, tokens: Sequence[str], said: Said, caller: Caller
    ) -> int:
        """Hand in one by one, for somebody who has just reported; how many could not be."""
        lost = 0
        for token in tokens:
            try:
                self.attach(case_id, [token], said, caller)
            except GongdaoError:  # the report stands, whatever becomes of its files
                lost += 1
        return lost

    def of_case(self, case_id: CaseId, caller: Caller) -> list[ExhibitView]:
        """What the caller may see of a case's exhibits; NotFound for whoever has no chair."""
        case = self.records.cases.get(case_id).now
        return self.of(case, caller)

    def of(self, case: Case, caller: Caller) -> list[ExhibitView]:
        """The same, where the case was read already."""
        chair = seat(caller, parties_of(case))
        found = self.records.exhibits.of_case(case.id)
        shown = [each for each in found if may_see(each[0], chair, caller)]
        known = self.records.texts.several([e.name for e, _ in shown]) if shown else {}
        numbers = numbers_of(case, {e.owner for e, _ in shown if e.owner})
        return [view_of(e, leaf, chair, caller, known, numbers) for e, leaf in shown]

    def open(self, exhibit: ExhibitId, caller: Caller) -> ExhibitFile:
        """All of it, for staff and the auditor; NotFound for everybody else."""
        r = self.records
        held, case = self._inside(exhibit, caller)
        now = held.now
        (view,) = [v for v in self.of(case, caller) if v.id == now.id]
        known = r.texts.several([now.name, *seals(now)])
        if now.side is Side.REPORTER and not view.mine:
            hide = masking(r, case)
            view = replace(view, name=hide(known.get(now.name, "—")))
        same = [e for e in r.exhibits.same_file(now.file.sha256) if e.case != now.case]
        # What an organisation brought to a dispute of its own is nobody else's to hear of.
        elsewhere = [e.case for e in same if e.side is not Side.ORGANISATION]
        # Who is a party to one of those cases does not learn here what was brought in it.
        also_in = sum(self.inside(each, caller) for each in elsewhere)
        return ExhibitFile(
            view=view,
            case=now.case,
            origin=origin(now, known),
            made=now.made,
            checks=tuple(check_view(check, known) for check in now.checks),
            released=now.released,
            also_in=also_in,
            taken=now.taken,
        )

    def take_original(self, exhibit: ExhibitId, caller: Caller) -> FileMark:
        """The very file that was brought, for staff and the auditor.

        A reporter's may say in its metadata who they are, so it is kept who took it.
        """
        with self.records.work():
            held, case = self._inside(exhibit, caller)
            (view,) = [v for v in self.of(case, caller) if v.id == exhibit]
            if view.guarded:
                by = insider(caller, parties_of(case))
                step = ExhibitOriginalTaken(
                    at=self.records.clock(), by=by, file=held.now.file.sha256
                )
                self.records.exhibits.add(exhibit, [step], after=held.version)
        return held.now.file

    def inside(self, case: CaseId, caller: Caller) -> bool:
        """Whether the caller sits in a case as staff or the auditor."""
        return seat(caller, parties_of(self.records.cases.get(case).now)) in INSIDERS

    def check(
        self, exhibit: ExhibitId, factor: str, finding: Finding, note: str, caller: Caller
    ) -> None:
        """Note what was found on one factor of authenticity."""
        r = self.records
        with r.work():
            held, case = self._handled(exhibit, caller)
            by = decider(caller, parties_of(case.now))
            policy = r.exhibit_policy(case.now.pack)
            said = rules.check_note(policy, note)
            seal = r.texts.seal(said, held.now.owner) if said else None
            step = rules.check(policy, factor, finding, seal, by, r.clock())
            self._add(held, [step], case, by)

    def release(self, exhibit: ExhibitId, derivative: str, caller: Caller) -> None:
        """Let the other side see a redacted copy."""
        r = self.records
        with r.work():
            held, case = self._handled(exhibit, caller)
            by = decider(caller, parties_of(case.now))
            must_not_be_private(r, held.now, case.now)
            self._add(held, [rules.release(held.now, derivative, by, r.clock())], case, by)

    def derive(
        self, exhibit: ExhibitId, what: Derivative, content: bytes, media: str, recipe: str,
        by: Actor = SYSTEM, source: Digest | None = None,
    ) -> Digest:  # fmt: skip
        """Keep something that was made of it, beside it. For the stories that make such things.

        Whoever calls has asked whether they may, and opened the unit of work around it or not.
        """
        r = self.records
        mark = self.records.files.put([content])
        with r.work():
            held = r.exhibits.get(exhibit)
            of = source or held.now.file.sha256
            made = MadeOf(what, FileMark(mark.sha256, mark.size, media), recipe)
            r.exhibits.add(exhibit, [rules.derive(of, made, r.clock(), by)], after=held.version)
        return mark.sha256

    def took_part(self, case: Held[Case], by: Actor, exhibits: Sequence[ExhibitId]) -> None:
        """Staff who handle an exhibit take part in its case (invariant 2)."""
        if by.role not in DECIDERS:
            return
        steps = [ExhibitHandled(at=self.records.clock(), by=by, exhibit=e) for e in exhibits]
        self.records.cases.add(case.now.id, steps, after=case.version)

    def taken(self, token: str) -> Upload:
        """A file that was sent, kept now."""
        r = self.records
        upload = r.uploads.take(token)
        if upload.expires_at <= r.clock():
            raise gone()
        keep(r.files, upload)
        return upload

    def _place(self, case: Case, by: Actor) -> Place:
        side = _SIDES.get(by.role, Side.STAFF)
        owner = by.person if side in {Side.REPORTER, Side.RESPONDENT} else None
        return Place(case.id, self.records.exhibit_policy(case.pack), side, owner)

    def lay(self, place: Place, file: Callable[[], Upload], said: Said, by: Actor) -> ExhibitId:
        """Lay a file there; within a unit of work, for stories that asked whether one may."""
        r, now = self.records, self.records.clock()
        policy, owner = place.policy, place.owner
        numbers = r.exhibits.next_numbers(place.file, owner)
        rules.check_room(policy, numbers[1] - 1)
        upload = file()
        looked = upload.looked
        if looked is None:
            raise gone()
        new = ExhibitId(r.new_id())
        steps = rules.receive(
            new, place.file, numbers, place.side, owner, r.texts.seal(upload.name, owner), looked,
            self._provenance(upload, said, rules.capture(policy, said.captured), owner), by, now,
        )  # fmt: skip
        r.exhibits.add(new, steps, after=0)
        ask_for_look(r, new)
        return new

    def _provenance(
        self, upload: Upload, said: Said, captured: str, owner: PersonId | None
    ) -> Provenance:
        def seal(text: str | None) -> Sealed | None:
            return self.records.texts.seal(text, owner) if text else None

        looked = upload.looked
        return Provenance(
            uploaded_at=looked.at if looked else upload.begun_at,
            captured=captured,
            captured_at=said.captured_at,
            device=seal(upload.device),
            address=seal(upload.address),
            locator=seal(written(said.locator)),
            scan=looked.scan if looked else "",
            journal=said.journal,
        )

    def _inside(self, exhibit: ExhibitId, caller: Caller) -> tuple[Held[Exhibit], Case]:
        held = self.records.exhibits.get(exhibit)
        case = self.records.cases.get(held.now.case).now
        if seat(caller, parties_of(case)) not in INSIDERS:
            raise not_found()
        return held, case

    def _handled(self, exhibit: ExhibitId, caller: Caller) -> tuple[Held[Exhibit], Held[Case]]:
        held = self.records.exhibits.get(exhibit)
        case = self.records.cases.get(held.now.case)
        by = decider(caller, parties_of(case.now))
        hears_no_appeal(self.records, case.now, by)
        return held, case

    def _add(
        self, held: Held[Exhibit], steps: Sequence[ExhibitStep], case: Held[Case], by: Actor
    ) -> None:
        self.records.exhibits.add(held.now.id, steps, after=held.version)
        self.took_part(case, by, [held.now.id])
