"""What the API takes and gives of a dispute's evidence, statement and filing."""

from datetime import date, time

from ninja import Schema
from pydantic import Field

from gongdao.api.schemas import Moment, Strict
from gongdao.domain.disputes.contradictions import Contradiction, Quote
from gongdao.domain.disputes.events import Instance
from gongdao.domain.evidence.chain import Proves, Step
from gongdao.domain.flows.filing_disputes import Limits, Looked
from gongdao.domain.policy import comparing


class EntryIn(Strict):
    """An entry of your own journal."""

    entry: str = Field(max_length=40)


class DayIn(Strict):
    """A day on which something happened that no exhibit shows."""

    step: str = Field(max_length=20, description="Such as `delivered` or `closed`.")
    day: date


class DaysIn(Strict):
    """All such days, in place of those that were said before."""

    days: list[DayIn] = Field(max_length=200)


class WordIn(Strict):
    """What an exhibit shows, by your word."""

    proves: list[Proves] = Field(max_length=4)
    happened: dict[Step, date] = Field(default_factory=dict)
    note: str = Field("", max_length=5000)


class DisputeSideOut(Schema):
    """One side of a contradiction."""

    place: str = Field(description="`text`, `exhibit`, `facts` or `member`.")
    exhibit: int
    words: str
    day: date | None
    clock: time | None
    figure: int | None = Field(description="An amount in fen, or stars.")

    @classmethod
    def of(cls, quote: Quote) -> "DisputeSideOut":
        """As it is quoted."""
        return cls(
            place=quote.place.value,
            exhibit=quote.exhibit,
            words=quote.words,
            day=quote.day,
            clock=quote.clock,
            figure=quote.figure,
        )


class ContradictionOut(Schema):
    """What they say against what the record says. Nothing is decided by it."""

    kind: str
    step: str
    sure: int = Field(description="Whole percent.")
    theirs: DisputeSideOut
    record: DisputeSideOut

    @classmethod
    def of(cls, found: Contradiction) -> "ContradictionOut":
        """Both sides."""
        return cls(
            kind=found.kind.value,
            step=found.step,
            sure=found.sure,
            theirs=DisputeSideOut.of(found.theirs),
            record=DisputeSideOut.of(found.record),
        )


class MomentOut(Schema):
    """Something in order of time."""

    step: str
    day: date
    clock: time | None
    exhibit: int = Field(description="0: a member says so, and no exhibit shows it.")
    said: bool


class DisputeGapOut(Schema):
    """What nothing shows, or what does not fit."""

    gap: str
    exhibits: list[int]


class DisputeChainOut(Schema):
    """The closed chain of a dispute."""

    moments: list[MomentOut]
    gaps: list[DisputeGapOut]
    needs: list[str]
    shown: list[str]
    contradictions: list[ContradictionOut]


class QuoteOut(Schema):
    """A figure with who says it."""

    zh: str
    en: str
    source: str
    as_of: date
    basis: str
    used: bool

    @classmethod
    def of(cls, quote: comparing.Quote) -> "QuoteOut":
        """In both languages."""
        return cls(
            zh=quote.text.zh,
            en=quote.text.en,
            source=quote.source,
            as_of=quote.as_of,
            basis=quote.basis.value,
            used=quote.used,
        )


class LimitsOut(Schema):
    """What the platform's form takes; null: nobody published it."""

    characters: int | None
    pictures: int | None
    picture_bytes: int | None
    formats: list[str]
    pdf: bool | None

    @classmethod
    def of(cls, limits: Limits) -> "LimitsOut":
        """As the pack says."""
        return cls(
            characters=limits.characters,
            pictures=limits.pictures,
            picture_bytes=limits.picture_bytes,
            formats=list(limits.formats),
            pdf=limits.pdf,
        )


class FiledOut(Schema):
    """One time that it was filed."""

    at: Moment
    instance: str
    proof: str | None


class FilingOut(Schema):
    """The way on the platform, and what was filed."""

    stage: str
    entry: list[QuoteOut]
    materials: list[QuoteOut]
    window: list[QuoteOut]
    handling: list[QuoteOut]
    limits: LimitsOut
    templates: list[str]
    filings: list[FiledOut]


class LookedOut(Schema):
    """What is said of a statement."""

    characters: int
    over: int = Field(description="So many too long for the form.")
    left: list[str] = Field(description="Brackets that nobody filled in.")
    findings: list[str] = Field(description="Codes of what could be worded better.")

    @classmethod
    def of(cls, looked: Looked) -> "LookedOut":
        """Briefly; `POST /lint` explains each."""
        codes = [each.code for each in looked.report.findings]
        return cls(
            characters=looked.characters, over=looked.over, left=list(looked.left), findings=codes
        )


class DisputeStatementOut(Schema):
    """The statement as it is kept, or a template filled in."""

    text: str
    template: str | None
    filled: dict[str, str] = Field(description="What was filled in, by its label.")
    looked: LookedOut | None


class StatementIn(Strict):
    """A statement to be kept."""

    text: str = Field(max_length=20_000)
    template: str | None = Field(None, max_length=80)


class FiledIn(Strict):
    """That it was filed."""

    instance: Instance = Instance.PLATFORM
    reference: str = Field("", max_length=200)
    proof: str | None = Field(None, max_length=40, description="An exhibit that shows it.")
    exhibits: list[str] | None = Field(None, max_length=200, description="What went in.")
