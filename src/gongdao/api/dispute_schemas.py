"""What the API of disputes takes and gives."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import AwareDatetime, Field

from gongdao.api.schemas import Moment, Strict
from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.disputes.imports import Brought, Choice, Import
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.dispute_files import DisputeView
from gongdao.domain.kernel.ids import ShopId

Number = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=20_000)]


class DisputeFactsIn(Strict):
    """What is known of a dispute. What is left out is empty."""

    noticed_at: AwareDatetime = Field(description="When it reached you, with an offset.")
    text: Words = ""
    order: Number = ""
    reference: Number = Field("", description="The platform's own number of it.")
    other_side: Number = ""
    url: str = Field("", max_length=1000)
    shown_on: date | None = None
    amount_fen: int | None = None
    stars: int | None = None
    kept_order: str | None = Field(
        None, max_length=40, description="Id of one of your orders, or `none` for none of them."
    )


class DisputeIn(DisputeFactsIn):
    """A new dispute."""

    kind: DisputeKind
    platform: str = Field(max_length=80)
    shop: str | None = Field(None, max_length=40)
    again: bool = Field(
        default=False, description="It is another matter over an order with a dispute already."
    )


class DisputePastedIn(Strict):
    """A text in which something is to be found."""

    kind: DisputeKind
    platform: str = Field(max_length=80)
    text: str = Field(max_length=8_000)


class DisputeNoteIn(Strict):
    """A note, or a reason."""

    note: Words = ""


class DisputeTimeIn(Strict):
    """Work that went into it."""

    minutes: int
    on: str = Field("work", max_length=40, pattern=r"^[a-z_]+$")


class FactsFoundOut(Schema):
    """What a program found in a text: a proposal, for a person to confirm."""

    platform: str | None
    shown_on: date | None
    orders: list[str]
    references: list[str]
    other_side: str
    amount_fen: int | None
    stars: int | None
    notes: list[str]


class DisputeLineOut(Schema):
    """A dispute in a list."""

    id: str
    kind: str
    platform: str
    shop: str
    stage: str
    ending: str | None
    assignee: str | None
    opened_at: Moment
    noticed_at: Moment
    text: str

    @classmethod
    def line(cls, now: Dispute, text: str, shop: str) -> "DisputeLineOut":
        """As the house knows it."""
        return cls(
            id=now.id,
            kind=now.kind.value,
            platform=now.platform,
            shop=shop,
            stage=now.stage.value,
            ending=now.ending.value if now.ending else None,
            assignee=now.assignee,
            opened_at=now.opened_at,
            noticed_at=now.facts.noticed_at,
            text=text,
        )


class DisputesOut(Schema):
    """A page of disputes; `next` goes into `before`."""

    disputes: list[DisputeLineOut]
    next: str | None


class DisputeEntryOut(Schema):
    """Something that happened."""

    at: Moment
    role: str
    kind: str
    text: str | None
    detail: str | None
    leaf: str


class DisputeOut(DisputeLineOut):
    """One dispute, for a member of its organisation."""

    organisation: str
    pack: str
    came: str
    order: str
    reference: str
    other_side: str
    url: str
    shown_on: date | None
    amount_fen: int | None
    stars: int | None
    kept_order: str | None
    grounds: list[str]
    judged: bool
    statement: str
    minutes: int
    same_order: list[str]
    timeline: list[DisputeEntryOut]

    @classmethod
    def of(cls, view: DisputeView) -> "DisputeOut":
        """As the house knows it."""
        now, said, facts = view.now, view.said, view.now.facts
        line = DisputeLineOut.line(now, said.text, view.shop)
        return cls(
            **line.model_dump(),
            organisation=now.organisation,
            pack=str(now.pack),
            came=now.came.value,
            order=said.order,
            reference=said.reference,
            other_side=said.other_side,
            url=said.url,
            shown_on=facts.shown_on,
            amount_fen=facts.amount_fen,
            stars=facts.stars,
            kept_order=facts.kept_order,
            grounds=list(now.grounds),
            judged=now.judged,
            statement=said.statement,
            minutes=now.minutes,
            same_order=[each.id for each in view.same_order],
            timeline=[
                DisputeEntryOut(
                    at=each.at, role=each.role, kind=each.kind, text=each.text,
                    detail=each.detail, leaf=each.leaf,
                )
                for each in view.timeline
            ],
        )  # fmt: skip


class DisputeTableIn(Strict):
    """A table that was sent as a file."""

    upload: str = Field(max_length=200, description="Token of the table, sent as a file.")
    platform: str = Field(max_length=80)
    shop: str | None = Field(None, max_length=40)
    most_stars: int = Field(3, description="Reviews with more stars open no dispute.")
    columns: dict[str, int] | None = Field(
        None, description="Which column says what, counted from 0; else guessed by headings."
    )

    def choice(self) -> Choice:
        """For the story."""
        return Choice(self.platform, ShopId(self.shop) if self.shop else None, self.most_stars)


class DisputeTableWrongOut(Schema):
    """One thing for which a line cannot be taken, and what to do; a line may have up to five."""

    line: int
    code: str
    hint: str


class DisputeBroughtOut(Schema):
    """What a table brings."""

    orders: int
    disputes: int
    known: int
    left_out: int

    @classmethod
    def of(cls, brought: Brought) -> "DisputeBroughtOut":
        """As the house counts it."""
        return cls(
            orders=brought.orders,
            disputes=brought.disputes,
            known=brought.known,
            left_out=brought.left_out,
        )


class DisputeTablePreviewOut(Schema):
    """What a table would bring. Nothing is kept."""

    headings: list[str]
    columns: dict[str, int]
    brings: DisputeBroughtOut
    wrong_in_all: int
    wrong: list[DisputeTableWrongOut]
    known: list[int]
    ambiguous: list[int]


class DisputeTableOut(Schema):
    """How far a table is."""

    id: str
    stage: str
    lines: int
    written: int
    brought: DisputeBroughtOut
    problem: str

    @classmethod
    def of(cls, found: Import) -> "DisputeTableOut":
        """As the house knows it."""
        return cls(
            id=found.id,
            stage=found.stage.value,
            lines=found.lines,
            written=found.written,
            brought=DisputeBroughtOut.of(found.brought),
            problem=found.problem,
        )
