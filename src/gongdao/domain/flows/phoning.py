"""An appeal over the phone: taken down by staff, read back, confirmed by whoever makes it.

Whoever takes it down opens the case by the code that the caller names, never by a name. They write
only: by that they took part in the case, so that they do not hear the appeal.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hmac import compare_digest

from gongdao.domain.access.model import Caller, Seat, actor
from gongdao.domain.access.rules import DECIDERS, must_be, not_found, party, seat
from gongdao.domain.appeals import dictating, rules
from gongdao.domain.appeals.dictation import (
    PARTS,
    Confirming,
    Dictation,
    DictationStage,
)
from gongdao.domain.appeals.model import Channel, Filing, Side
from gongdao.domain.flows.appealing import Appealing, under_appeal
from gongdao.domain.flows.mailing import hears_no_appeal
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.intake.model import Case
from gongdao.domain.intake.reaching import AppealTakenDown
from gongdao.domain.kernel.calendar import passed
from gongdao.domain.kernel.errors import PackInvalid, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import AppealId, CaseId, DictationId, PackRef, PersonId, Sealed
from gongdao.domain.policy.ways import PhonePolicy

TAKERS = (Role.OPERATOR, *DECIDERS)
"""Who may take an appeal down."""
_SHOWN = 50
_EMPTY = "—"


@dataclass(frozen=True, slots=True)
class DictationView:
    """What was taken down, for whoever took it and for its maker."""

    id: str
    case: CaseId
    subject: str
    called_at: datetime
    until: datetime
    stage: str
    """`writing`, `read_back`, `confirmed`, `over` or `locked`."""
    parts: tuple[str, str, str]
    """Facts, what is acknowledged, what will change."""
    ways: tuple[str, ...]
    """How it may be confirmed."""
    part_most: int
    appeal: str | None
    code: str = ""
    """The confirmation code, for the taker once everything was read back; else empty."""
    mine: bool = False
    """Whether the caller took it down."""


@dataclass(frozen=True, slots=True)
class Phoning:
    """Appeals over the phone, at their doors."""

    records: Records
    appealing: Appealing
    chance: Callable[[int], bytes]

    def policy(self, ref: PackRef) -> PhonePolicy:
        """How it is done under a pack; PackInvalid where it doesn't say."""
        ways = self.records.pack(ref).ways
        if ways is None:
            raise PackInvalid(
                "pack.no_phone",
                hint_noop("The pack {pack} says nothing of appeals over the phone."),
                pack=str(ref),
            )
        return ways.phone

    def take(self, code: str, caller: Caller) -> DictationId:
        """Open a case by the code that the caller names, and begin; the window counts from now."""
        must_be(caller, *TAKERS)
        r = self.records
        with r.work():
            case_id, appellant = r.codes.opens(code)
            held = r.cases.get(case_id)
            by = self._taker(held.now, caller)
            if held.now.decision is None:
                raise _nothing_to_appeal()
            self._must_be_open(held.now, appellant)
            policy = self.policy(held.now.pack)
            new = DictationId(r.new_id())
            number = dictating.digits(self.chance(8 * policy.digits))[: policy.digits]
            about = (case_id, held.now.decision, appellant)
            step = dictating.take(
                new, about, r.texts.seal(number, appellant), policy, by, r.clock()
            )
            r.dictations.add(new, [step], after=0)
            note = AppealTakenDown(at=r.clock(), by=by, dictation=new)
            r.cases.add(case_id, [note], after=held.version)
        return new

    def write(self, dictation: DictationId, parts: Sequence[str], caller: Caller) -> None:
        """Keep what was said so far; anybody who may take calls can go on where one dropped."""
        r = self.records
        with r.work():
            held, by = self._at_desk(dictation, caller)
            policy = self._policy_of(held.now)
            said = dictating.check_parts(policy, parts)
            facts, acknowledge, change = (
                r.texts.seal(part or _EMPTY, held.now.appellant) for part in said
            )
            step = dictating.write(held.now, (facts, acknowledge, change), by, r.clock())
            r.dictations.add(dictation, [step], after=held.version)

    def read_back(self, dictation: DictationId, ticked: Sequence[str], caller: Caller) -> None:
        """Keep that each part was read back and found right; then the code is given out."""
        r = self.records
        with r.work():
            held, by = self._at_desk(dictation, caller)
            step = dictating.read_back(held.now, ticked, by, r.clock())
            case = r.cases.get(held.now.case).now
            rules.check_grounds(r.policy(case.pack).appeals, self._grounds(held.now, case))
            r.dictations.add(dictation, [step], after=held.version)

    def confirm(self, dictation: DictationId, code: str, caller: Caller) -> AppealId:
        """Its maker enters the code; a wrong one is counted."""
        held = self._mine(dictation, caller)
        return self._confirm(held, code, Confirming.WEB, actor(caller, Role.RESPONDENT))

    def confirm_called(self, dictation: DictationId, code: str, caller: Caller) -> AppealId:
        """Its maker names the code in another call, to somebody else."""
        held, by = self._at_desk(dictation, caller)
        return self._confirm(held, code, Confirming.SECOND_CALL, by)

    def confirm_spoken(self, dictation: DictationId, caller: Caller) -> AppealId:
        """The taker records that its maker confirmed it by word, where the pack allows that."""
        held, by = self._at_desk(dictation, caller)
        return self._filed(held, Confirming.SPOKEN, by)

    def at_desk(self, dictation: DictationId, caller: Caller) -> DictationView:
        """What was taken down, for staff who take calls."""
        held, by = self._at_desk(dictation, caller)
        view = self._view(held.now)
        read_back = held.now.stage is DictationStage.READ_BACK
        mine = by.person == held.now.taker
        code = self.records.opened(held.now.code) if read_back and mine else ""
        return replace(view, code=code, mine=mine)

    def waiting(self, caller: Caller) -> list[DictationView]:
        """What was taken down and is no appeal yet, the latest call first."""
        must_be(caller, *TAKERS)
        found = self.records.dictations.unconfirmed(_SHOWN)
        views = [self._view(each) for each in found]
        return [view for view in views if view.stage != "over"]

    def of_case(self, case_id: CaseId, caller: Caller) -> list[DictationView]:
        """What was taken down for oneself in a case, while it is no appeal yet."""
        found = self.records.dictations.of_case(case_id)
        mine = [held.now for held in found if held.now.appellant == caller.person]
        views = [self._view(each) for each in mine]
        return [view for view in views if view.stage != "confirmed"]

    def _confirm(self, held: Held[Dictation], code: str, way: Confirming, by: Actor) -> AppealId:
        r, found = self.records, held.now
        policy = self._policy_of(found)
        dictating.check_locked(found, policy)
        dictating.check_open(found, r.clock())
        dictating.check_way(found, way, policy, by)
        given = "".join(str(int(c)) for c in code if c.isdecimal())  # full-width ones, too
        if compare_digest(given, r.opened(found.code)):
            return self._filed(held, way, by)
        # Counted in a transaction of its own, so that the refusal does not forget it.
        with r.work():
            step = dictating.wrong_code(by, r.clock())
            counted = r.dictations.add(found.id, [step], after=held.version)
        raise dictating.not_the_code(counted.now, policy)

    def _filed(self, held: Held[Dictation], way: Confirming, by: Actor) -> AppealId:
        """Both at once: it is confirmed, and the appeal is there as of the call."""
        r, found = self.records, held.now
        with r.work():
            case = r.cases.get(found.case).now
            dictating.check_way(found, way, self._policy_of(found), by)
            dictating.check_read_back(found, r.clock())
            maker = Caller(found.appellant, only_case=found.case)
            filing = Filing(channel=Channel.PHONE, asked_at=found.called_at)
            appeal = self.appealing.file(
                found.decision, self._grounds(found, case), maker, filing=filing
            )
            step = dictating.confirm(found, appeal, way, by, r.clock())
            r.dictations.add(found.id, [step], after=held.version)
        return appeal

    def _grounds(self, found: Dictation, case: Case) -> str:
        """The three parts as one text, under the pack's headings."""
        drafts = self.records.pack(case.pack).drafts
        language = self.records.parties.language(found.appellant)
        texts = [self.records.opened(part) for part in found.parts or ()]
        named = [
            (getattr(drafts.parts, part).in_(language) if drafts else part, text)
            for part, text in zip(PARTS, texts, strict=True)
            if text != _EMPTY
        ]
        colon = "：" if language.startswith("zh") else ": "
        return "\n\n".join(f"{heading}{colon}{text}" for heading, text in named)

    def _must_be_open(self, case: Case, appellant: PersonId) -> None:
        """There is a decision against which this person can appeal now."""
        r = self.records
        if case.decision is None:
            raise _nothing_to_appeal()
        decision = r.decisions.get(case.decision).now
        about = under_appeal(decision, case)
        if rules.side_of(about, appellant) is not Side.RESPONDENT:
            raise _nothing_to_appeal()
        closes = about.closes_at
        if case.open_appeal is not None or (closes is not None and passed(closes, r.clock())):
            raise _nothing_to_appeal()

    def _taker(self, case: Case, caller: Caller) -> Actor:
        must_be(caller, *TAKERS)
        if seat(caller, parties_of(case)) is not Seat.STAFF or caller.person is None:
            raise Refused(
                "access.own_case",
                hint_noop("You have a part in this case. Somebody else must handle it."),
            )
        role = next(role for role in TAKERS if role in caller.roles)
        by = Actor(role, caller.person)
        hears_no_appeal(self.records, case, by)
        return by

    def _at_desk(self, dictation: DictationId, caller: Caller) -> tuple[Held[Dictation], Actor]:
        must_be(caller, *TAKERS)
        held = self.records.dictations.get(dictation)
        return held, self._taker(self.records.cases.get(held.now.case).now, caller)

    def _mine(self, dictation: DictationId, caller: Caller) -> Held[Dictation]:
        held = self.records.dictations.get(dictation)
        case = self.records.cases.get(held.now.case).now
        party(caller, parties_of(case), Seat.RESPONDENT)
        if caller.person != held.now.appellant:
            raise not_found()
        return held

    def _policy_of(self, found: Dictation) -> PhonePolicy:
        return self.policy(self.records.cases.get(found.case).now.pack)

    def _view(self, found: Dictation) -> DictationView:
        r = self.records
        case = r.cases.get(found.case).now
        policy = self.policy(case.pack)
        opened = [self._part(part) for part in found.parts or ()]
        facts, acknowledge, change = opened or ["", "", ""]
        return DictationView(
            id=found.id,
            case=found.case,
            subject=r.opened(case.subject.ref),
            called_at=found.called_at,
            until=found.until,
            stage=_stage(found, policy, r.clock()),
            parts=(facts, acknowledge, change),
            ways=tuple(way.value for way in policy.confirm_by),
            part_most=policy.part_most,
            appeal=found.appeal,
        )

    def _part(self, seal: Sealed) -> str:
        text = self.records.opened(seal)
        return "" if text == _EMPTY else text


def _stage(found: Dictation, policy: PhonePolicy, now: datetime) -> str:
    if found.stage is DictationStage.CONFIRMED:
        return found.stage.value
    if now >= found.until:
        return "over"
    if found.wrong_codes >= policy.wrong_codes:
        return "locked"
    return found.stage.value


def _nothing_to_appeal() -> Refused:
    return Refused(
        "dictation.nothing_to_appeal",
        hint_noop("Under this code there is no decision against which an appeal is open now."),
    )
