"""Following up a dispute: more material, calls, answers, and the way on after a rejection (D5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes import rules
from gongdao.domain.disputes.events import (
    CallLogged,
    DisputeChecked,
    DisputeEnded,
    DisputeOutcomeRecorded,
    DisputeStep,
    Ending,
    Instance,
    MoreMaterialAsked,
    MoreMaterialSent,
    Outcome,
)
from gongdao.domain.disputes.model import Dispute, DisputeStage
from gongdao.domain.flows.dispute_clocks import follow_up_of
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import CaseId, Code, DisputeId, ExhibitId, PersonId, Sealed
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.organisations.model import Right
from gongdao.domain.policy.follow_up import ReasonRead, read_reasons

MOST_WORDS = 4_000
"""Characters of a note; an answer of a platform is far shorter."""
_A_DAY_OF_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A call, as whoever made it tells it."""

    called_at: datetime
    whom: str
    said: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of entering an answer."""

    dispute: DisputeId
    reason: Code | None
    """What a rejection is taken to rest on."""
    read: tuple[ReasonRead, ...]
    """What its words speak for, the surest first."""


@dataclass(frozen=True, slots=True)
class Following:
    """Everything between filing and the end."""

    records: Records
    disputing: Disputing

    def more_asked(
        self, dispute: DisputeId, what: str, until: datetime | None, caller: Caller
    ) -> None:
        """Whoever decides asked for more; its own clock runs."""
        with self.records.work():
            held, by, now = self._open(dispute, caller)
            _must_wait(held.now)
            rules.check_until(until, now)
            said = self._sealed(held.now, what)
            self._add(held, MoreMaterialAsked(at=now, by=by, what=said, until=until))

    def more_sent(
        self, dispute: DisputeId, note: str, exhibits: Sequence[ExhibitId], caller: Caller
    ) -> None:
        """It was sent, on the platform, by whoever says so here."""
        with self.records.work():
            held, by, now = self._open(dispute, caller)
            if held.now.stage is not DisputeStage.MORE_ASKED:
                raise Refused(
                    "dispute.nothing_asked", hint_noop("Nobody waits for more material here.")
                )
            sent = self._own(held.now, exhibits)
            said = self._sealed(held.now, note) if note.strip() else None
            self._add(held, MoreMaterialSent(at=now, by=by, note=said, exhibits=sent))

    def called(self, dispute: DisputeId, call: Called, caller: Caller) -> None:
        """Log a call. It may be entered after the end, too."""
        with self.records.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            now = self.records.clock()
            rules.check_moment(call.called_at, now)
            if not 0 <= call.minutes <= _A_DAY_OF_MINUTES:
                raise BadInput(
                    "dispute.minutes", hint_noop("Give whole minutes, at most a day of them.")
                )
            step = CallLogged(
                at=now,
                by=by,
                called_at=call.called_at,
                whom=self._sealed(held.now, call.whom),
                said=self._sealed(held.now, call.said),
                minutes=call.minutes,
            )
            self._add(held, step)

    def answered(
        self,
        dispute: DisputeId,
        outcome: Outcome,
        words: str,
        caller: Caller,
        *,
        reason: Code | None = None,
    ) -> Answered:
        """Enter what they decided. What was upheld has ended; a rejection's reason is read."""
        r = self.records
        with r.work():
            held, by, now = self._open(dispute, caller)
            _must_wait(held.now)
            policy = follow_up_of(r)
            read = () if outcome is Outcome.UPHELD else read_reasons(policy, words)
            if reason is not None and policy.reason(reason) is None:
                raise BadInput("dispute.reason", hint_noop("Choose one of the reasons, or none."))
            taken = reason or (read[0].code if read else None)
            said = self._sealed(held.now, words) if words.strip() else None
            if outcome is Outcome.UPHELD:
                taken = None
            answer = DisputeOutcomeRecorded(
                at=now, by=by, outcome=outcome, reason=taken, words=said
            )
            steps: list[DisputeStep] = [answer]
            if outcome is Outcome.UPHELD:
                steps.append(DisputeEnded(at=now, by=by, how=Ending.UPHELD, note=None))
            self._add(held, *steps)
        return Answered(dispute, taken, read)

    def further(
        self,
        dispute: DisputeId,
        to: Instance,
        exhibits: Sequence[ExhibitId],
        reference: str,
        caller: Caller,
    ) -> None:
        """Say that it was taken further, there; a second appeal must bring something new."""
        with self.records.work():
            held, by, now = self._open(dispute, caller)
            if held.now.last is None or held.now.stage is not DisputeStage.REJECTED:
                raise Refused(
                    "dispute.not_rejected",
                    hint_noop("It goes further once an answer that does not satisfy is entered."),
                )
            if to is Instance.PLATFORM:
                to = Instance.SECOND
            brought = self._own(held.now, exhibits)
            kept = self._sealed(held.now, reference) if reference.strip() else None
            step = rules.file_dispute(held.now, to, kept, brought, None, by, now)
            self._add(held, step)

    def ended(self, dispute: DisputeId, how: Ending, note: str, caller: Caller) -> None:
        """A person ends it: left at the rejection, or since a window passed. Nothing else does."""
        with self.records.work():
            held, by, now = self._open(dispute, caller)
            _must_fit(held.now, how)
            said = self._sealed(held.now, note) if note.strip() else None
            self._add(held, rules.end(held.now, how, said, by, now))

    def check_off(self, dispute: DisputeId, caller: Caller) -> None:
        """Somebody looked today. Twice on a day is once."""
        with self.records.work():
            held, by, now = self._open(dispute, caller)
            today = now.astimezone(CHINA).date()
            if held.now.checked_on != today:
                self._add(held, DisputeChecked(at=now, by=by, on=today))

    def new_to_them(self, dispute: Dispute) -> list[ExhibitId]:
        """Exhibits that whoever decides has not seen."""
        shown = {each for filing in dispute.filings for each in filing.exhibits}
        kept = self.records.exhibits.of_case(CaseId(dispute.id))
        return [each.id for each, _ in kept if each.id not in shown]

    def _open(self, dispute: DisputeId, caller: Caller) -> tuple[Held[Dispute], Actor, datetime]:
        held, by = self.disputing.held(dispute, caller, Right.WORK)
        rules.must_be_open(held.now)
        return held, by, self.records.clock()

    def _own(self, dispute: Dispute, exhibits: Sequence[ExhibitId]) -> tuple[ExhibitId, ...]:
        known = {each.id for each, _ in self.records.exhibits.of_case(CaseId(dispute.id))}
        if not set(exhibits) <= known:
            raise BadInput(
                "dispute.exhibit", hint_noop("Choose among the evidence of this dispute.")
            )
        return tuple(dict.fromkeys(exhibits))

    def _sealed(self, dispute: Dispute, text: str) -> Sealed:
        said = text.strip()
        check_characters(said)
        if not said or len(said) > MOST_WORDS:
            raise BadInput(
                "dispute.words",
                hint_noop("Write between one and {most} characters."),
                most=MOST_WORDS,
            )
        party: PersonId = dispute.party
        return self.records.texts.seal(said, party)

    def _add(self, held: Held[Dispute], *steps: DisputeStep) -> None:
        self.disputing.add(held, *steps)


def _must_wait(dispute: Dispute) -> None:
    if dispute.stage not in {DisputeStage.FILED, DisputeStage.MORE_ASKED}:
        raise Refused(
            "dispute.not_filed", hint_noop("Nobody was asked yet. Enter first where it was filed.")
        )


def _must_fit(dispute: Dispute, how: Ending) -> None:
    rejected = dispute.last is not None and dispute.stage is DisputeStage.REJECTED
    if how is Ending.LAPSED or (how is Ending.REJECTED and rejected):
        return
    raise BadInput(
        "dispute.ending",
        hint_noop("End it here as rejected once it was, or as lapsed once a window has passed."),
    )
