"""How an account stands: one's own grade, the appeal against it, and the same for staff."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, Moment, Strict
from gongdao.bootstrap import app
from gongdao.domain.access.rules import READERS
from gongdao.domain.flows.grade_views import GradeView
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import SanctionId
from gongdao.domain.policy.grades import Effects, GradeCode
from gongdao.domain.standing.account_rules import Ruling
from gongdao.domain.standing.accounts import Ruled, StandingId

router = Router(tags=["standing"])

APP_OR_STAFF = door.Door(
    "The operator's app, and staff who are not that account themselves.",
    lambda caller: caller.has(Role.APP, *READERS),
)
HEARER = door.Door(
    "Reviewers who took part in nothing that counts, and the operator to look.",
    lambda caller: caller.person is not None and caller.has(*READERS),
)
Grade = Literal["a", "b", "c", "d", "e"]


class StandingItemOut(Schema):
    """A violation and what it weighs now. A code opens its own case: of others, no more is said."""

    sanction: str | None
    decision: str | None
    case: str | None
    title: str | None
    at: Moment
    first: int = Field(description="Points at first.")
    points: float = Field(description="Points now.")
    halves_in_days: int
    gone_at: Moment
    out: str = Field(
        description="Why it does not count: `overturned`, `replaced`, `excluded`, `expired`."
    )


class StandingDeedOut(Schema):
    """What speaks for an account."""

    act: str
    at: Moment
    percent: int


class GradeEffectsOut(Schema):
    """What a grade restricts. An appeal is never heard later because of it."""

    post_delay: str | None
    posts_per_day: int | None
    deposit: str | None
    priority: int | None = Field(
        description="Reports about it are looked at earlier: percent of `credibility_most`."
    )

    @classmethod
    def of(cls, effects: Effects) -> "GradeEffectsOut":
        """As the pack says it."""
        return cls(
            post_delay=str(effects.post_delay) if effects.post_delay else None,
            posts_per_day=effects.posts_per_day,
            deposit=effects.deposit,
            priority=effects.priority,
        )


class AccountStandingOut(Schema):
    """How an account stands now."""

    grade: Grade
    in_effect: Grade = Field(description="The grade whose effects hold: never untold.")
    points: float
    effects: GradeEffectsOut
    coming: GradeEffectsOut | None = Field(description="What was told and has not begun.")
    coming_at: Moment | None = Field(
        description="From then on that restricts; null where an appeal is to be heard first."
    )
    items: list[StandingItemOut]
    deeds: list[StandingDeedOut]
    better_at: Moment | None = Field(description="When it is better if nothing happens.")
    may_appeal: bool
    appeal_until: Moment | None
    appeal: str = Field(description="Empty, `waits`, `upheld`, `excluded` or `set`.")
    hear_by: Moment | None

    @classmethod
    def of(cls, view: GradeView) -> "AccountStandingOut":
        """As the house knows it."""
        heard_first = view.appeal.hear_by is not None
        return cls(
            grade=view.grade.value,
            in_effect=view.in_effect.value,
            points=round(view.points, 1),
            effects=GradeEffectsOut.of(view.settings),
            coming=GradeEffectsOut.of(view.coming_settings) if view.coming else None,
            coming_at=None if heard_first else view.coming_at,
            items=[
                StandingItemOut(
                    sanction=each.sanction or None,
                    decision=each.decision or None,
                    case=each.case or None,
                    title=each.title or None,
                    at=each.at,
                    first=each.first,
                    points=round(each.points, 1),
                    halves_in_days=each.halves_in.days,
                    gone_at=each.gone_at,
                    out=each.out,
                )
                for each in view.items
            ],
            deeds=[
                StandingDeedOut(act=each.act, at=each.at, percent=each.percent)
                for each in view.deeds
            ],
            better_at=view.better_at,
            may_appeal=view.appeal.possible,
            appeal_until=view.appeal.until,
            appeal=view.appeal.ruled or ("waits" if view.appeal.grounds else ""),
            hear_by=view.appeal.hear_by,
        )


class StandingAppealIn(Strict):
    """Why the grade is wrong."""

    grounds: str = Field(min_length=1, max_length=4000)


class StandingWaitsOut(Schema):
    """An appeal against a grade that waits for somebody."""

    standing: str
    at: Moment
    hear_by: Moment


class StandingDecisionIn(Strict):
    """How an appeal against a grade ends: never with anything harder."""

    ruled: Literal["upheld", "excluded", "set"]
    excluded: list[str] = Field(default_factory=list, max_length=200)
    grade: Grade | None = None
    days: int = Field(default=0, ge=0, le=1000)
    reasons: str = Field(min_length=1, max_length=4000)


@router.get(
    "/standing", auth=door.PARTY, response=AccountStandingOut, operation_id="read_my_standing"
)
def mine(request: HttpRequest) -> AccountStandingOut:
    """How one's own account stands; by a code it is the respondent's of that case."""
    view = app().standing.explaining.own(door.caller(request), _language())
    return AccountStandingOut.of(view)


@router.post(
    "/standing/appeal", auth=door.PARTY, response=DoneOut, operation_id="appeal_against_standing"
)
def contest(request: HttpRequest, payload: StandingAppealIn) -> HttpResponse:
    """Appeal against one's grade: once for each notice, in time; a person hears it."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().standing.explaining.own(who, _language())
        app().standing.grades.contest(payload.grounds, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/standing/accounts/{account}",
    auth=APP_OR_STAFF,
    response=AccountStandingOut,
    operation_id="read_standing_of",
)
def of_account(request: HttpRequest, account: str) -> AccountStandingOut:
    """How an account of the operator's app stands, for the app to put its effects into effect."""
    view = app().standing.explaining.of_account(account, door.caller(request), _language())
    return AccountStandingOut.of(view)


@router.get(
    "/standing/appeals",
    auth=HEARER,
    response=list[StandingWaitsOut],
    operation_id="list_standing_appeals",
)
def waiting(request: HttpRequest) -> list[StandingWaitsOut]:
    """Appeals against grades that wait, the longest waiting first."""
    found = app().standing.grades.waiting(door.caller(request))
    return [
        StandingWaitsOut(standing=each.id, at=each.contest.at, hear_by=each.contest.hear_by)
        for each in found
        if each.contest is not None
    ]


@router.post(
    "/standing/appeals/{standing}/decision",
    auth=door.DECIDER,
    response=DoneOut,
    operation_id="decide_standing_appeal",
)
def hear(request: HttpRequest, standing: str, payload: StandingDecisionIn) -> HttpResponse:
    """End an appeal against a grade; who took part in anything that counts is refused."""
    who = door.caller(request)
    ruling = Ruling(
        Ruled(payload.ruled),
        tuple(SanctionId(each) for each in payload.excluded),
        GradeCode(payload.grade) if payload.grade else None,
        payload.days,
    )

    def do() -> DoneOut:
        app().standing.grades.hear(StandingId(standing), ruling, payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"
