"""What negotiations take and give over the API."""

from typing import Annotated

from ninja import Schema
from pydantic import AwareDatetime, Field

from gongdao.api.schemas import IdOut, Moment, Strict
from gongdao.domain.flows.negotiating import Offered
from gongdao.domain.flows.talk_views import (
    AgreementView,
    ItemView,
    MessageView,
    OfferView,
    TalkView,
    TaskView,
)
from gongdao.domain.settlement.events import OfferKind, Side, Withdrawer

Words = Annotated[str, Field(max_length=20_000)]
Sure = Annotated[
    bool,
    Field(
        description="About a case of this installation: the reporter knows that it tells something "
        "of themselves, and tells it. Their own name is never sent."
    ),
]
Name = Annotated[str, Field(max_length=200, description="As it stands in the settlement.")]


class TalkOpenIn(Strict):
    """What the other side reads before it comes in."""

    subject: str = Field(max_length=1000, description="What it is about, in a line.")


class InsideTalkOpenIn(Strict):
    """What the respondent of a case reads before coming in."""

    name: Name
    subject: str = Field(max_length=1000, description="What it is about, in a line.")
    sure: Sure = False


class ComeIn(Strict):
    """Coming in by one's own door."""

    name: Name


class TalkEnterIn(Strict):
    """Coming in: the first who comes sets the word and gives a name."""

    word: str = Field(max_length=200)
    name: str = Field("", max_length=200, description="For the first time alone.")


class TalkStepIn(Strict):
    """Nothing needs to be said. Send `{}`."""


class TalkMessageIn(Strict):
    """A message to the other side."""

    text: Words
    template: str | None = Field(None, max_length=80, description="The pack's words it began with.")
    sure: Sure = False


class OfferItemIn(Strict):
    """One thing that one side will do."""

    kind: OfferKind
    by: Side
    text: Words
    amount_fen: int | None = Field(None, ge=0, le=10**12, description="Of a refund, and no other.")

    def item(self) -> Offered:
        """As the story takes it."""
        return Offered(self.kind, self.by, self.text, self.amount_fen)


class OfferIn(Strict):
    """An offer, signed by whoever makes it."""

    items: list[OfferItemIn] = Field(min_length=1, max_length=50)
    until: AwareDatetime = Field(description="Until when it can be accepted, with an offset.")
    signed: Name
    answers: int | None = Field(None, ge=1, description="The other side's offer it replaces.")
    sure: Sure = False


class SignIn(Strict):
    """A signature."""

    signed: Name
    sure: Sure = False


class ProofOfItemIn(Strict):
    """What shows that it is done."""

    proof: Words
    exhibit: str | None = Field(
        None, max_length=36, description="A file among the dispute's; the inviter alone has them."
    )
    sure: Sure = False


class WhyIn(Strict):
    """Why."""

    why: Words
    sure: Sure = False


class TalkCloseIn(Strict):
    """How it ends."""

    withdrawn_by: Withdrawer | None = Field(
        None,
        description="Who had the complaint withdrawn on the platform, if somebody did. About a "
        "case here `complainant`, once the reporter withdrew the report.",
    )
    note: Words = ""


class TalkOpenedOut(Schema):
    """An invitation. The code is said once and goes to the other side."""

    id: str
    code: str
    link: str = Field(description="The page of the other side, which opens with the code.")


class TalksOut(Schema):
    """Negotiations about one dispute or case, the latest first."""

    settlements: list[IdOut]


class InvitationToTalkOut(Schema):
    """Who invites to what."""

    came: bool = Field(description="Whether somebody came already; then nothing else is said.")
    inviter: str | None
    subject: str | None
    until: Moment | None


class TalkEnteredOut(Schema):
    """What this device shows from now on, as `X-Talk-Mark`. It is said once."""

    settlement: str
    mark: str


class NumberOut(Schema):
    """The number of what was made, counted from 1."""

    number: int


class ReportOfMessageOut(Schema):
    """The receipt of a report to this installation. The code is said once."""

    case: str
    receipt: str


class ExhibitKeptOut(Schema):
    """The exhibit that a message was kept as."""

    exhibit: str


class TalkMessageOut(Schema):
    """One message."""

    number: int
    at: Moment
    side: Side
    text: str
    found: list[str] = Field(description="For the inviter: what it may be evidence of.")
    reported: str | None = Field(description="The case of your own report of it.")
    kept: bool

    @classmethod
    def of(cls, seen: MessageView) -> "TalkMessageOut":
        """As this side sees it."""
        return cls(
            number=seen.number,
            at=seen.at,
            side=seen.side,
            text=seen.text,
            found=list(seen.found),
            reported=seen.reported,
            kept=seen.kept,
        )


class OfferItemOut(Schema):
    """One thing that one side will do."""

    kind: OfferKind
    by: Side
    text: str
    amount_fen: int | None

    @classmethod
    def of(cls, seen: ItemView) -> "OfferItemOut":
        """As it was written."""
        kind = OfferKind(seen.kind)
        return cls(kind=kind, by=seen.by, text=seen.text, amount_fen=seen.amount_fen)


class OfferOut(Schema):
    """One offer."""

    number: int
    at: Moment
    side: Side
    signed: str
    items: list[OfferItemOut]
    until: Moment
    answers: int | None
    state: str = Field(description="open, taken_back, declined, replaced, accepted or expired.")
    stands: bool

    @classmethod
    def of(cls, seen: OfferView) -> "OfferOut":
        """As it stands now."""
        return cls(
            number=seen.number,
            at=seen.at,
            side=seen.side,
            signed=seen.signed,
            items=[OfferItemOut.of(each) for each in seen.items],
            until=seen.until,
            answers=seen.answers,
            state=seen.state,
            stands=seen.stands,
        )


class AgreedItemOut(Schema):
    """One thing that was agreed."""

    number: int
    item: OfferItemOut
    performed_at: Moment | None
    proof: str | None
    confirmed_at: Moment | None
    contested: str | None
    done: bool

    @classmethod
    def of(cls, seen: TaskView) -> "AgreedItemOut":
        """As far as it was done."""
        return cls(
            number=seen.number,
            item=OfferItemOut.of(seen.item),
            performed_at=seen.performed_at,
            proof=seen.proof,
            confirmed_at=seen.confirmed_at,
            contested=seen.contested,
            done=seen.done,
        )


class AgreementOut(Schema):
    """The written settlement."""

    at: Moment
    offer: int
    names: dict[str, str]
    items: list[AgreedItemOut]
    code: str = Field(description="SHA-256 (hex) of `text`.")
    text: str = Field(description="What both signed, as canonical JSON.")
    whole: bool = Field(description="Whether the text is still the one that was signed.")
    leaf: str = Field(description="Of the signature in the public log.")

    @classmethod
    def of(cls, seen: AgreementView) -> "AgreementOut":
        """The same for both sides."""
        return cls(
            at=seen.at,
            offer=seen.offer,
            names={side.value: name for side, name in seen.names.items()},
            items=[AgreedItemOut.of(each) for each in seen.tasks],
            code=seen.code,
            text=seen.text,
            whole=seen.whole,
            leaf=seen.leaf,
        )


class SettlementOut(Schema):
    """A negotiation as one side sees it."""

    id: str
    side: Side = Field(description="On which you are.")
    stage: str
    names: dict[str, str]
    subject: str
    opened_at: Moment
    invited_until: Moment
    came_at: Moment | None
    devices: list[Moment] = Field(description="When further devices of the other side came.")
    wrong_words: list[Moment] = Field(description="When somebody with the code had a wrong word.")
    suspected: bool = Field(description="Somebody says that whoever came first was not them.")
    messages: list[TalkMessageOut]
    offers: list[OfferOut]
    agreement: AgreementOut | None
    stopped_by: Side | None
    stopped_at: Moment | None
    ending: str | None
    withdrawn_by: str | None
    closed_at: Moment | None
    may_close: bool
    leaf: str = Field(description="Of its latest step in the public log.")

    @classmethod
    def of(cls, seen: TalkView) -> "SettlementOut":
        """As its story shows it."""
        return cls(
            id=seen.id,
            side=seen.side,
            stage=seen.stage.value,
            names={side.value: name for side, name in seen.names.items()},
            subject=seen.subject,
            opened_at=seen.opened_at,
            invited_until=seen.invited_until,
            came_at=seen.came_at,
            devices=list(seen.devices),
            wrong_words=list(seen.wrong_words),
            suspected=seen.suspected,
            messages=[TalkMessageOut.of(each) for each in seen.messages],
            offers=[OfferOut.of(each) for each in seen.offers],
            agreement=AgreementOut.of(seen.agreement) if seen.agreement else None,
            stopped_by=seen.stopped_by,
            stopped_at=seen.stopped_at,
            ending=seen.ending.value if seen.ending else None,
            withdrawn_by=seen.withdrawn_by.value if seen.withdrawn_by else None,
            closed_at=seen.closed_at,
            may_close=seen.may_close,
            leaf=seen.leaf,
        )
