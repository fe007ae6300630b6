"""What is said of an appeal before it is sent, and for staff how surely that is said."""

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import Moment, Strict
from gongdao.bootstrap import app, forecasts, wording
from gongdao.domain.appeals.likelihood import Card, Model
from gongdao.domain.flows.forecasting import Explained, Pointed
from gongdao.domain.flows.learning import Learned
from gongdao.domain.kernel.ids import DecisionId
from gongdao.domain.policy.forecast import Claim

router = Router(tags=["appeals"])


class DraftIn(Strict):
    """The words of an appeal as they are now. Nothing of them is kept."""

    grounds: str = Field("", max_length=20_000)


class PatternOut(Schema):
    """A pattern by which appeals fail, and what to do instead."""

    code: str
    title_zh: str
    title_en: str
    instead_zh: str
    instead_en: str


class ContributionOut(Schema):
    """What one feature adds, in percentage points, against an average decided appeal."""

    name: str
    points: int


class ClaimOut(Schema):
    """A share of success that a source claims; nobody measured it."""

    code: str
    low: float
    high: float
    says_zh: str
    says_en: str
    source: str

    @classmethod
    def of(cls, claim: Claim) -> "ClaimOut":
        """From the pack."""
        return cls(
            code=claim.code,
            low=float(claim.low),
            high=float(claim.high),
            says_zh=claim.says.zh,
            says_en=claim.says.en,
            source=claim.source,
        )


class ForecastWayOut(Schema):
    """A way outside that is still open."""

    code: str
    title_zh: str
    title_en: str


class ToldOut(Schema):
    """What is said of an appeal before it is sent. It is advice: nobody is kept from sending."""

    basis: str
    """`own`, `claimed` (nobody measured it) or `none`."""
    low: int
    high: int
    """Between which percents the likelihood lies; both 0 where nothing is said of it."""
    cases: int
    complete: int
    missing: list[str]
    tone: list[str]
    contributions: list[ContributionOut]
    claims: list[ClaimOut]
    patterns: list[PatternOut]
    routes: list[ForecastWayOut]
    """What is still possible once the window is missed."""

    @classmethod
    def of(cls, said: Explained) -> "ToldOut":
        """From a forecast."""
        weighed = said.weighed
        return cls(
            basis=weighed.basis.value,
            low=weighed.low,
            high=weighed.high,
            cases=weighed.cases,
            complete=weighed.complete,
            missing=list(weighed.missing),
            tone=list(weighed.tone),
            contributions=[
                ContributionOut(name=c.name, points=c.points) for c in said.contributions
            ],
            claims=[ClaimOut.of(claim) for claim in said.claims],
            patterns=[_pattern(each) for each in said.warnings],
            routes=[
                ForecastWayOut(code=r.code, title_zh=r.title.zh, title_en=r.title.en)
                for r in said.routes
            ],
        )


def _pattern(each: Pointed) -> PatternOut:
    words = each.words
    return PatternOut(
        code=words.code.value,
        title_zh=words.title.zh,
        title_en=words.title.en,
        instead_zh=words.instead.zh,
        instead_en=words.instead.en,
    )


class TenthOut(Schema):
    """Held-back appeals whose likelihood lay in one tenth of the scale."""

    cases: int
    foretold: float
    accepted: int


class CardOut(Schema):
    """What was learned, from how many appeals, and how right it was on those held back."""

    trained_at: Moment
    first: Moment
    last: Moment
    cases: int
    accepted: int
    unweighed: int
    brier: float
    brier_base: float
    """For whoever always tells the share of all."""
    tenths: list[TenthOut]
    weights: dict[str, float]

    @classmethod
    def of(cls, model: Model) -> "CardOut":
        """From a model."""
        card: Card = model.card
        return cls(
            trained_at=card.trained_at,
            first=card.first,
            last=card.last,
            cases=card.cases,
            accepted=card.accepted,
            unweighed=card.unweighed,
            brier=card.brier,
            brier_base=card.brier_base,
            tenths=[
                TenthOut(cases=t.cases, foretold=t.foretold, accepted=t.accepted)
                for t in card.tenths
            ],
            weights={each.name: each.weight for each in model.weights},
        )


class ForecastOut(Schema):
    """How far this installation has come in telling likelihoods of its own."""

    decided: int
    """Decided appeals that can be learned from."""
    unweighed: int
    least: int | None
    """So many the pack asks for; null where it says nothing of prospects."""
    told: bool
    """Whether people are told a likelihood of our own; else they are told claims as claims."""
    card: CardOut | None
    claims: list[ClaimOut]

    @classmethod
    def of(cls, learned: Learned) -> "ForecastOut":
        """From what was learned."""
        policy, model = learned.policy, learned.model
        return cls(
            decided=learned.decided,
            unweighed=learned.unweighed,
            least=policy.least.decided if policy else None,
            told=learned.told,
            card=CardOut.of(model) if model is not None else None,
            claims=[ClaimOut.of(claim) for claim in (policy.claims if policy else ())],
        )


@router.get("/forecast", auth=door.READER, response=ForecastOut, operation_id="read_forecast")
def read_forecast(request: HttpRequest) -> ForecastOut:
    """What decided appeals taught, with the card of the model that people are told from."""
    return ForecastOut.of(app().around_appeals.learning.shown(door.caller(request)))


@router.post(
    "/decisions/{decision}/forecast",
    auth=door.PARTY,
    response=ToldOut,
    operation_id="weigh_appeal",
)
def weigh_appeal(request: HttpRequest, decision: str, payload: DraftIn) -> ToldOut:
    """What is said of an appeal before it is sent, to whoever may send it. Nothing is kept."""
    wording.allow_look(door.address(request))
    who = door.caller(request)
    return ToldOut.of(forecasts.before_sending(DecisionId(decision), payload.grounds, who))
