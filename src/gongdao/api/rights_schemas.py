"""Notices about rights as the API takes and gives them."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from gongdao.api.schemas import Moment, Strict, Text
from gongdao.domain.counter_notices.events import Mark, Paper, PartyKind, Proceeding
from gongdao.domain.flows.rights_papers import Given
from gongdao.domain.flows.rights_register import RegisterLine
from gongdao.domain.flows.rights_views import FileView, MatterView, PaperView, ShownView
from gongdao.domain.policy.counter_notices import MeasureKind

Short = Annotated[str, Field(max_length=500)]
Tokens = Annotated[list[str], Field(max_length=100, description="Of files sent to uploads.")]


class IdentityIn(Strict):
    """Who gives a paper. The other side gets the name and the ends of the number; no public."""

    party: PartyKind = PartyKind.PERSON
    name: Short = ""
    number: Short = Field("", description="Of an identity document, or a firm's USCC.")
    contact: Short = Field("", description="An e-mail address.")


class CounterNoticeIn(Strict):
    """A counter-notice: identity, what shows that nothing is infringed, files, and vouching."""

    identity: IdentityIn
    statement: str = Text
    proofs: dict[str, Annotated[str, Field(max_length=5000)]] = Field(default_factory=dict)
    uploads: Tokens = Field(default_factory=list)
    bona_fide: bool = False

    def given(self) -> Given:
        """As the story takes it."""
        who = self.identity
        return Given(
            party=who.party,
            name=who.name,
            number=who.number,
            contact=who.contact,
            statement=self.statement,
            proofs=self.proofs,
            files=tuple(self.uploads),
            bona_fide=self.bona_fide,
        )


class RightsNoticeIn(CounterNoticeIn):
    """A notice: the same, with the right and the exact content."""

    right: Short
    items: list[Short] = Field(default_factory=list, max_length=500)
    account: Annotated[str, Field(max_length=200)] = ""
    language: Literal["zh-hans", "en"] = "zh-hans"

    def given_notice(self) -> Given:
        """As the story takes it."""
        return replace(
            self.given(),
            items=tuple(self.items),
            right=self.right,
            account=self.account,
            language=self.language,
        )


class RightsStepIn(Strict):
    """What whoever gave the notice does: a text, and files where the step needs them."""

    step: Literal["supplement", "withdraw", "prove", "pause", "resume"]
    text: str = Field("", max_length=20_000)
    uploads: Tokens = Field(default_factory=list)
    proceeding: Proceeding = Proceeding.SUIT


class JudgeIn(Strict):
    """What a reviewer does."""

    step: Literal[
        "accept", "ask_more", "reject", "doubt", "resume", "restore", "mark", "handed_over"
    ]
    reasons: str = Field("", max_length=20_000)
    measure: MeasureKind = MeasureKind.HIDE
    account: Annotated[str, Field(max_length=200)] = ""
    withheld: list[int] = Field(default_factory=list, max_length=100)
    missing: list[Short] = Field(default_factory=list, max_length=50)
    paper: Paper = Paper.NOTICE
    mark: Mark = Mark.WRONG


class RightsReceiptOut(Schema):
    """The number in the register, and the code that opens the matter."""

    number: str
    code: str
    leaf: str


class RightsFileOut(Schema):
    """A file of a paper."""

    number: int
    name: str
    sha256: str
    size: int

    @classmethod
    def of(cls, file: FileView) -> "RightsFileOut":
        """As the chair may see it."""
        return cls(number=file.number, name=file.name, sha256=file.sha256, size=file.size)


class RightsPaperOut(Schema):
    """A notice or a counter-notice, as far as the caller may read it."""

    mine: bool
    party: PartyKind
    name: str
    number: str
    contact: str
    statement: str
    more: list[str]
    proofs: dict[str, str]
    files: list[RightsFileOut]
    given_at: Moment

    @classmethod
    def of(cls, paper: PaperView) -> "RightsPaperOut":
        """As the chair may see it."""
        return cls(
            mine=paper.mine,
            party=paper.party,
            name=paper.name,
            number=paper.number,
            contact=paper.contact,
            statement=paper.statement,
            more=list(paper.more),
            proofs=dict(paper.proofs),
            files=[RightsFileOut.of(file) for file in paper.files],
            given_at=paper.given_at,
        )


class RightsClockOut(Schema):
    """The right holder's period."""

    due_at: Moment
    paused: bool
    provisional: bool
    source: str


class RightsShownOut(Schema):
    """What was brought in the period."""

    what: str
    said: str
    at: Moment

    @classmethod
    def of(cls, shown: ShownView) -> "RightsShownOut":
        """As the chair may see it."""
        return cls(what=shown.what, said=shown.said, at=shown.at)


class MatterOut(Schema):
    """The whole matter from the caller's chair."""

    id: str
    number: str
    seat: str
    right: str
    stage: str
    items: list[str]
    notice: RightsPaperOut
    counter_notice: RightsPaperOut | None
    missing: list[str]
    reasons: str
    measure: str | None
    forwarded_at: Moment | None
    delivered_at: Moment | None
    counter_delivered_at: Moment | None
    clock: RightsClockOut | None
    shown: RightsShownOut | None
    because: str | None
    may: list[str]

    @classmethod
    def of(cls, view: MatterView) -> "MatterOut":
        """As the chair may see it."""
        return cls(
            id=view.id,
            number=view.number,
            seat=view.seat.value,
            right=view.right,
            stage=view.stage.value,
            items=list(view.items),
            notice=RightsPaperOut.of(view.notice),
            counter_notice=RightsPaperOut.of(view.counter) if view.counter else None,
            missing=list(view.missing),
            reasons=view.reasons,
            measure=view.measure,
            forwarded_at=view.forwarded_at,
            delivered_at=view.delivered_at,
            counter_delivered_at=view.counter_delivered_at,
            clock=_clock(view),
            shown=RightsShownOut.of(view.shown) if view.shown else None,
            because=view.because,
            may=sorted(view.may),
        )


def _clock(view: MatterView) -> RightsClockOut | None:
    deadline = view.deadline
    if deadline is None:
        return None
    return RightsClockOut(
        due_at=deadline.due_at,
        paused=deadline.stage.value == "paused",
        provisional=deadline.provisional,
        source=deadline.rule.source,
    )


class RegisterLineOut(Schema):
    """One line of the public register: nothing of anybody."""

    number: str
    right: str
    items: int
    received_on: date
    effective_on: date | None
    measure: str | None
    forwarded_on: date | None
    delivered_on: date | None
    counter_notice_on: date | None
    counter_delivered_on: date | None
    paused: int
    proceeding: str | None
    outcome: str
    because: str | None
    ended_on: date | None
    notice_found: str | None
    counter_notice_found: str | None
    first_record: str
    last_record: str

    @classmethod
    def of(cls, line: RegisterLine) -> "RegisterLineOut":
        """As it stands."""
        return cls(**line.plain())  # type: ignore[arg-type]  # the same names, read strictly
