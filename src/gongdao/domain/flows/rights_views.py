"""A notice about rights as each chair sees it: built for it, and nothing else put in.

Here the law asks for names: each side learns who the other is, by name and the ends of a number.
"""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS
from gongdao.domain.counter_notices.events import (
    Enclosure,
    Marked,
    Paper,
    PartyKind,
    PauseForNotarisation,
    Proof,
    RightsNoticeId,
    SuitOrComplaintShown,
)
from gongdao.domain.counter_notices.identity import Identity, read, shared
from gongdao.domain.counter_notices.model import RightsNotice, Stage
from gongdao.domain.deadlines.model import Deadline
from gongdao.domain.flows.notice_takedown import NoticeTakedown
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.rights_papers import masked
from gongdao.domain.kernel.ids import Digest, PackRef, Sealed

_SIDES = {Seat.REPORTER, Seat.RESPONDENT}
_INSIDE = {Seat.STAFF, Seat.AUDITOR}


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of a paper."""

    number: int
    name: str
    sha256: Digest
    size: int
    media: str
    withheld: bool = False
    """Whether it stays with staff; said to staff and to whoever brought it."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """A notice or a counter-notice, as far as the chair may read it."""

    mine: bool
    party: PartyKind
    name: str
    number: str
    contact: str
    statement: str
    more: tuple[str, ...]
    proofs: tuple[tuple[str, str], ...]
    """Code of what was asked for, and what was said on it."""
    files: tuple[FileView, ...]
    given_at: datetime


@dataclass(frozen=True, slots=True)
class ShownView:
    """What the right holder brought in the period."""

    what: str
    said: str
    files: tuple[FileView, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class StepView:
    """One step, as a line of the timeline."""

    kind: str
    at: datetime
    role: str
    leaf: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """A reviewer's mark with its reasons."""

    paper: Paper
    mark: str
    reasons: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MatterView:
    """The whole matter from one chair."""

    id: RightsNoticeId
    number: str
    seat: Seat
    right: str
    pack: PackRef
    stage: Stage
    items: tuple[str, ...]
    notice: PaperView
    counter: PaperView | None
    account: str
    """Whose content it is, for staff alone."""
    missing: tuple[str, ...]
    reasons: str
    """Of the reviewer who judged the notice."""
    measure: str | None
    measure_at: datetime | None
    statement_zh: str
    statement_en: str
    forwarded_at: datetime | None
    delivered_at: datetime | None
    counter_delivered_at: datetime | None
    deadline: Deadline | None
    shown: ShownView | None
    pauses: tuple[ShownView, ...]
    marks: tuple[MarkView, ...]
    because: str | None
    ended_at: datetime | None
    steps: tuple[StepView, ...]
    may: frozenset[str]
    """What this chair can do now."""


@dataclass(frozen=True, slots=True)
class RightsViews:
    """Notices about rights, at their door."""

    records: Records
    takedown: NoticeTakedown

    def by_code(self, code: str) -> tuple[MatterView, Caller]:
        """What the holder of a code sees; looking makes what was passed on arrive."""
        notice, caller = self.takedown.holder(code)
        return self.open(notice, caller), caller

    def open(self, notice: RightsNoticeId, caller: Caller) -> MatterView:
        """The matter from the caller's chair; NotFound for everybody else."""
        now = self.takedown.opened(notice, caller)
        return self._view(now, self.takedown.seat_of(now, caller), caller)

    def _view(self, now: RightsNotice, chair: Seat, caller: Caller) -> MatterView:
        r = self.records
        inside, notifier = chair in _INSIDE, chair is Seat.REPORTER
        account = r.parties.account(now.respondent) if inside and now.respondent else None
        return MatterView(
            id=now.id,
            number=now.number,
            seat=chair,
            right=now.right,
            pack=now.pack,
            stage=now.stage,
            items=tuple(r.opened(item) for item in now.items),
            notice=self._notice(now, chair),
            counter=self._counter(now, chair),
            account=account or "",
            missing=now.missing,
            reasons=self._open(now.reasons),
            measure=now.measure.value if now.measure else None,
            measure_at=now.measure_at,
            statement_zh=self._open(now.statement_zh),
            statement_en=self._open(now.statement_en),
            forwarded_at=now.forwarded_at,
            delivered_at=now.delivered_at,
            counter_delivered_at=now.counter.delivered_at if now.counter else None,
            deadline=self.takedown.clock.of(now),
            shown=self._shown(now.shown, whole=inside or notifier) if now.shown else None,
            pauses=tuple(self._pause(each, whole=inside or notifier) for each in now.pauses),
            marks=tuple(self._mark(m) for m in now.marks if inside or _theirs(m, chair)),
            because=now.because.value if now.because else None,
            ended_at=now.ended_at,
            steps=self._steps(now, chair),
            may=_may(now, chair, caller),
        )

    def _notice(self, now: RightsNotice, chair: Seat) -> PaperView:
        hidden = frozenset(now.withheld) if chair is Seat.RESPONDENT else frozenset()
        files = self._files(now.files, frozenset(now.withheld))
        return self._paper(
            now, chair, mine=chair is Seat.REPORTER, identity=now.identity, party=now.party,
            statement=now.statement, more=now.more, proofs=now.proofs, given_at=now.given_at,
            files=tuple(file for file in files if file.number not in hidden),
        )  # fmt: skip

    def _counter(self, now: RightsNotice, chair: Seat) -> PaperView | None:
        counter = now.counter
        if counter is None:
            return None
        return self._paper(
            now, chair, mine=chair is Seat.RESPONDENT, identity=counter.identity,
            party=counter.party, statement=counter.statement, more=(), proofs=counter.proofs,
            files=self._files(counter.files), given_at=counter.given_at,
        )  # fmt: skip

    def _paper(
        self, now: RightsNotice, chair: Seat, *, mine: bool, identity: Sealed, party: PartyKind,
        statement: Sealed, more: tuple[Sealed, ...], proofs: tuple[Proof, ...],
        files: tuple[FileView, ...], given_at: datetime,
    ) -> PaperView:  # fmt: skip
        r = self.records
        rule = r.counter_notices(now.pack).identity
        who = read(r.texts.open(identity))
        other = chair in _SIDES and not mine

        def text(seal: Sealed) -> str:
            plain = r.opened(seal)
            return masked(plain, who, rule, r.clock()) if other else plain

        seen = shared(who, rule) if who is not None and other else who
        if chair is Seat.AUDITOR or seen is None:
            seen = Identity(party, "—", "—", "—")
        return PaperView(
            mine=mine,
            party=party,
            name=seen.name,
            number=seen.number,
            contact=seen.contact,
            statement=text(statement),
            more=tuple(text(each) for each in more),
            proofs=tuple((proof.code, text(proof.said)) for proof in proofs),
            files=files,
            given_at=given_at,
        )

    def _files(
        self, files: tuple[Enclosure, ...], withheld: frozenset[int] = frozenset()
    ) -> tuple[FileView, ...]:
        r = self.records
        return tuple(
            FileView(n, r.opened(f.name), f.sha256, f.size, f.media, n in withheld)
            for n, f in enumerate(files, start=1)
        )

    def _shown(self, step: SuitOrComplaintShown, *, whole: bool) -> ShownView:
        """The other side learns what it is; the document is for staff and whoever brought it."""
        said = self.records.opened(step.said) if whole else ""
        files = self._files(step.files) if whole else ()
        return ShownView(step.proceeding.value, said, files, step.at)

    def _pause(self, step: PauseForNotarisation, *, whole: bool) -> ShownView:
        said = self.records.opened(step.said) if whole else ""
        files = self._files(step.files) if whole else ()
        return ShownView(step.reason, said, files, step.at)

    def _mark(self, each: Marked) -> MarkView:
        reasons = self.records.opened(each.reasons)
        return MarkView(each.paper, each.mark.value, reasons, each.at)

    def _steps(self, now: RightsNotice, chair: Seat) -> tuple[StepView, ...]:
        """What happened; whom it concerns reads from the measure on, and no mark of the other."""
        found = [
            StepView(r.event.kind, r.event.at, r.event.by.role.value, r.leaf)
            for r in self.records.rights_notices.history(now.id)
        ]
        if chair in _SIDES:
            found = [step for step in found if step.kind != "rights_notice.marked"]
        if chair is Seat.RESPONDENT:
            before = {"rights_notice.more_asked", "rights_notice.supplemented"}
            found = [step for step in found if step.kind not in before]
        return tuple(found)

    def _open(self, seal: Sealed | None) -> str:
        return self.records.opened(seal) if seal is not None else ""


def _theirs(mark: Marked, chair: Seat) -> bool:
    side = Seat.REPORTER if mark.paper is Paper.NOTICE else Seat.RESPONDENT
    return chair is side


def _may(now: RightsNotice, chair: Seat, caller: Caller) -> frozenset[str]:
    """What can be done from a chair; the rules ask again."""
    stage, may = now.stage, set[str]()
    if chair is Seat.REPORTER:
        may |= {"withdraw"} if not stage.is_over else set()
        may |= {"supplement"} if not stage.is_judged else set()
        may |= {"prove"} if stage in {Stage.WAITING, Stage.PAUSED} else set()
        may |= {"pause"} if stage is Stage.WAITING else set()
        may |= {"resume"} if stage is Stage.PAUSED else set()
    elif chair is Seat.RESPONDENT:
        may |= {"counter"} if stage is Stage.IN_FORCE else set()
    elif chair is Seat.STAFF and caller.has(*DECIDERS):
        may |= {"mark"} if stage.is_judged else set()
        may |= {"accept", "ask_more", "reject"} if not stage.is_judged else set()
        may |= {"doubt"} if stage is Stage.STAYS else set()
        may |= {"resume"} if stage is Stage.PAUSED else set()
        may |= {"restore"} if now.holds else set()
        may |= {"handed_over"} if now.under_way else set()
    return frozenset(may)
