"""How far reporters are believed, as it is sent and received."""

from typing import Literal

from ninja import Schema
from pydantic import Field

from gongdao.api.schemas import Moment, Strict
from gongdao.domain.flows.credibility_views import (
    Aside,
    Credibility,
    Heard,
    MarkView,
    MeasureView,
    OfReporter,
)

Words = Field(max_length=8000)


class ReportMarkOut(Schema):
    """A reviewer's mark on a report."""

    case: str
    mark: str
    at: Moment
    reasons: str
    holds: bool = Field(description="False once its decision fell: it counts no more.")

    @classmethod
    def of(cls, view: MarkView) -> "ReportMarkOut":
        """From its view."""
        return cls(
            case=view.case, mark=view.mark, at=view.at, reasons=view.reasons, holds=view.holds
        )


class MisuseMeasureOut(Schema):
    """A warning or a measure, and the appeal against it."""

    id: str
    kind: str
    at: Moment
    until: Moment
    stands: bool
    reasons: str
    statement: str
    appeal_closes: Moment
    may_object: bool
    objected_at: Moment | None
    hear_by: Moment | None
    overturned: bool | None
    answer: str

    @classmethod
    def of(cls, view: MeasureView) -> "MisuseMeasureOut":
        """From its view."""
        return cls(
            id=view.id,
            kind=view.kind,
            at=view.at,
            until=view.until,
            stands=view.stands,
            reasons=view.reasons,
            statement=view.statement,
            appeal_closes=view.appeal_closes,
            may_object=view.may_object,
            objected_at=view.objected_at,
            hear_by=view.hear_by,
            overturned=view.overturned,
            answer=view.answer,
        )


class BelievedOut(Schema):
    """What a record does to the order in one category."""

    category: str
    figure: float
    minutes_earlier: int = Field(description="Below zero: later than a neutral reporter's.")
    neutral_at: Moment | None


class SetAsideOut(Schema):
    """One report that is set aside."""

    case: str
    category: str
    at: Moment

    @classmethod
    def of(cls, view: Aside) -> "SetAsideOut":
        """From its view."""
        return cls(case=view.case, category=view.category.zh, at=view.opened_at)


class CredibilityOut(Schema):
    """A reporter's record: it changes the order in which reports are looked at, and no more."""

    neutral: bool
    mean: float
    rests_on: float
    counts: dict[str, int]
    categories: list[BelievedOut]
    marks: list[ReportMarkOut]
    measures: list[MisuseMeasureOut]
    limited: bool = Field(description="Whether a measure is in force.")
    set_aside: int
    aside: list[SetAsideOut] = Field(description="The oldest 50 of them.")

    @classmethod
    def of(cls, seen: Credibility) -> "CredibilityOut":
        """From its view."""
        return cls(
            neutral=seen.neutral,
            mean=seen.mean,
            rests_on=seen.rests_on,
            counts=seen.counts,
            categories=[
                BelievedOut(
                    category=each.title.zh,
                    figure=each.figure,
                    minutes_earlier=each.minutes,
                    neutral_at=each.neutral_at,
                )
                for each in seen.categories
            ],
            marks=[ReportMarkOut.of(each) for each in seen.marks],
            measures=[MisuseMeasureOut.of(each) for each in seen.measures],
            limited=seen.limited,
            set_aside=seen.aside,
            aside=[SetAsideOut.of(each) for each in seen.asides],
        )


class ReporterSeenOut(Schema):
    """A reporter as staff see them: a number of a case."""

    credibility: CredibilityOut
    found: str | None
    warning_proposed: bool
    warned: bool
    longest_days: int

    @classmethod
    def of(cls, seen: OfReporter) -> "ReporterSeenOut":
        """From its view."""
        return cls(
            credibility=CredibilityOut.of(seen.seen),
            found=seen.found.value if seen.found else None,
            warning_proposed=seen.proposed,
            warned=seen.warned,
            longest_days=seen.longest_days,
        )


class MisuseObjectionOut(Schema):
    """An appeal that waits for somebody who took no part."""

    file: str
    about: MisuseMeasureOut
    grounds: str
    marks: list[ReportMarkOut]
    may_hear: bool = Field(description="False for whoever took part: somebody else must.")

    @classmethod
    def of(cls, heard: Heard) -> "MisuseObjectionOut":
        """From its view."""
        return cls(
            file=heard.file,
            about=MisuseMeasureOut.of(heard.about),
            grounds=heard.about.grounds,
            marks=[ReportMarkOut.of(each) for each in heard.marks],
            may_hear=heard.may_hear,
        )


class ObjectionIn(Strict):
    """Against what, and why."""

    about: str = Field(max_length=40, description="The id of the warning or measure.")
    grounds: str = Words


class ReportMarkIn(Strict):
    """What a reviewer found, with reasons that the reporter reads."""

    mark: Literal["manifestly_unfounded", "malicious"]
    reasons: str = Words


class MisuseReasonsIn(Strict):
    """Reasons that the reporter reads."""

    reasons: str = Words


class MisuseMeasureIn(Strict):
    """Two of the four factors in words – the other two are counted – and for how many days."""

    gravity: str = Words
    intention: str = Words
    reasons: str = Words
    days: int = Field(ge=1, le=365)


class LiftIn(Strict):
    """What is taken back, and why."""

    about: str = Field(max_length=40)
    reasons: str = Words


class HearObjectionIn(Strict):
    """How an appeal ends."""

    overturned: bool
    reasons: str = Words


class ReviveIn(Strict):
    """Nothing needs to be said. Send `{}`."""


class TakeUpIn(Strict):
    """Which report; null for all that are set aside."""

    case: str | None = Field(default=None, max_length=40)


class TakenUpOut(Schema):
    """How many reports were taken up."""

    reports: int
