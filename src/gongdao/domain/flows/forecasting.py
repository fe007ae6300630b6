"""What is said of an appeal's prospects before it is sent.

The likelihood comes from this installation's own decided appeals, or, while they are too few, from
what the pack's sources claim, and says which. Only whoever appeals asks; the reviewer reads what
was kept with the appeal, after a first opinion. Nothing here keeps anybody from sending.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import seat
from gongdao.domain.appeals import failing, rules
from gongdao.domain.appeals.failing import AboutToSend, Sign
from gongdao.domain.appeals.likelihood import (
    Contribution,
    Features,
    Model,
    contributions,
    features_of,
    range_of,
)
from gongdao.domain.appeals.model import Appeal, ForecastBasis, Side, Weighed
from gongdao.domain.decisions.model import Decision
from gongdao.domain.evidence.chain import Missing
from gongdao.domain.flows.appealing import under_appeal
from gongdao.domain.flows.chaining import CaseChain, Chaining
from gongdao.domain.flows.known_at_filing import at_filing, past, refused_before, tone_weights
from gongdao.domain.flows.records import Records, missing, parties_of
from gongdao.domain.intake.likeness import runs
from gongdao.domain.kernel.ids import AppealId, DecisionId, Sealed
from gongdao.domain.policy.drafts import templates
from gongdao.domain.policy.forecast import Claim, ForecastPolicy, Least, Material, Pattern, Warned
from gongdao.domain.policy.model import Route, SubjectKind
from gongdao.domain.policy.pack import RulePack

_LEAST_RUNS = 15
"""A statement with less of its own is too short to be like another one."""
_NOT_YET = AppealId("")


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is about to send, as far as it was looked at."""

    complete: int
    """Percent of the required material."""
    missing: tuple[str, ...] = ()
    tone: tuple[str, ...] = ()
    """Kinds of passages that the linter marked."""
    grounds: str = ""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A pattern that shows, in words, and by what it shows."""

    sign: Sign
    words: Warned


@dataclass(frozen=True, slots=True)
class Explained:
    """A forecast with everything that stands beside it."""

    weighed: Weighed
    contributions: tuple[Contribution, ...] = ()
    """What each feature adds, where the likelihood is our own."""
    features: Features | None = None
    """What they were told from."""
    claims: tuple[Claim, ...] = ()
    """From what the range is claimed, where it is not."""
    warnings: tuple[Pointed, ...] = ()
    gaps: tuple[Missing, ...] = ()
    """The gaps of the chain over the appellant's own exhibits."""
    routes: tuple[Route, ...] = ()
    """What is still possible once the window is missed."""


@dataclass(frozen=True, slots=True)
class _About:
    """A decision that somebody is about to appeal against, as if they filed now."""

    decision: Decision
    appeal: Appeal
    subject: SubjectKind
    chain: CaseChain
    pack: RulePack
    draft: Draft
    now: datetime

    @property
    def tone(self) -> tuple[int, ...]:
        """The weights of what the linter marked."""
        weights = tone_weights(self.pack)
        return tuple(weights.get(kind, 1) for kind in self.draft.tone)


@dataclass(frozen=True, slots=True)
class Forecasting:
    """Says how likely an appeal is accepted, why, and by which patterns it could fail."""

    records: Records
    chaining: Chaining

    def of(
        self,
        decision: DecisionId,
        caller: Caller,
        complete: int,
        missing: Sequence[str],
        tone: Sequence[str],
        grounds: str = "",
    ) -> Weighed:
        """What is kept with the appeal; NotFound or Refused for whoever may not appeal."""
        draft = Draft(complete, tuple(missing), tuple(tone), grounds)
        return self.explained(decision, caller, draft).weighed

    def explained(self, decision: DecisionId, caller: Caller, draft: Draft) -> Explained:
        """The same with its reasons, for the page of whoever appeals."""
        about = self._about(decision, caller, draft)
        weighed = Weighed(draft.complete, draft.missing, draft.tone)
        policy = about.pack.forecast
        if policy is None:
            return Explained(weighed)
        signs = self._signs(about, policy)
        codes = tuple(sign.pattern for sign in signs)
        found = Explained(
            replace(weighed, patterns=tuple(code.value for code in codes)),
            warnings=tuple(Pointed(sign, policy.words(sign.pattern)) for sign in signs),
            gaps=about.chain.gaps,
        )
        if Pattern.WINDOW_MISSED in codes:
            routes = self.records.policy(about.decision.pack).appeals.routes
            return replace(found, routes=routes)
        return self._likelihood(found, about, policy)

    def _about(self, decision_id: DecisionId, caller: Caller, draft: Draft) -> _About:
        """Whoever may appeal, and nobody else."""
        r = self.records
        decision = r.decisions.get(decision_id).now
        case = r.cases.get(decision.case).now
        seat(caller, parties_of(case))
        if caller.person is None:
            raise missing()
        side = rules.side_of(under_appeal(decision, case), caller.person)
        chain = self.chaining.chain_of(case.id, caller)
        now = r.clock()
        appeal = Appeal(
            id=_NOT_YET,
            decision=decision.id,
            case=case.id,
            level=decision.level + 1,
            side=side,
            appellant=caller.person,
            grounds=Sealed(""),
            filed_at=now,
        )
        return _About(decision, appeal, case.subject.kind, chain, r.pack(decision.pack), draft, now)

    def _likelihood(self, found: Explained, about: _About, policy: ForecastPolicy) -> Explained:
        model = self._model(policy.least)
        if model is not None:
            features = self._features(about, found.weighed)
            range_ = range_of(model, features)
            weighed = replace(
                found.weighed,
                basis=ForecastBasis.OWN,
                low=range_.low,
                high=range_.high,
                cases=model.card.cases,
            )
            return replace(
                found,
                weighed=weighed,
                contributions=contributions(model, features),
                features=features,
            )
        claims = _claims(about, policy)
        if not claims:
            return found
        low, high = min(c.low for c in claims), max(c.high for c in claims)
        weighed = replace(
            found.weighed,
            basis=ForecastBasis.CLAIMED,
            low=round(low * 100),
            high=round(high * 100),
        )
        return replace(found, weighed=weighed, claims=claims)

    def _features(self, about: _About, weighed: Weighed) -> Features:
        known = at_filing(self.records, about.appeal, weighed)
        return features_of(known, tone_weights(about.pack))

    def _model(self, least: Least) -> Model | None:
        """The latest model, if it was learned from enough."""
        found = next(iter(self.records.outcomes.models(1)), None)
        return found if found is not None and enough(found, least) else None

    def _signs(self, about: _About, policy: ForecastPolicy) -> tuple[Sign, ...]:
        decision, chain = about.decision, about.chain
        appeals = self.records.policy(decision.pack).appeals
        respondent = about.appeal.side is Side.RESPONDENT
        return failing.patterns(
            AboutToSend(
                now=about.now,
                closes_at=decision.appeal_closes,
                levels_left=appeals.at(about.appeal.level) is not None,
                gaps=tuple(each.gap.value for each in chain.gaps) if chain.links else (),
                exhibits=len(chain.links),
                missing=about.draft.missing,
                tone=about.tone,
                strikes=decision.strikes if respondent else 0,
                alike=self._alike(about),
            ),
            policy.thresholds,
        )

    def _alike(self, about: _About) -> float:
        """How alike the grounds are to the most alike of those that were refused."""
        r = self.records
        ours = _own_runs(about, about.draft.grounds)
        refused = refused_before(about.appeal, past(r, about.appeal.appellant))
        if len(ours) < _LEAST_RUNS or not refused:
            return 0.0
        theirs = r.texts.several([each.grounds for each in refused]).values()
        found = [_own_runs(about, text) for text in theirs]
        return max((len(ours & each) / len(ours | each) for each in found if each), default=0.0)


def enough(model: Model, least: Least) -> bool:
    """Whether a model was learned from as many decided appeals as the pack asks for."""
    card = model.card
    rarer = min(card.accepted, card.cases - card.accepted)
    return card.cases >= least.decided and rarer >= least.each_outcome


def _claims(about: _About, policy: ForecastPolicy) -> tuple[Claim, ...]:
    """The claims that speak of such an appeal: all are of respondents' appeals."""
    if about.appeal.side is not Side.RESPONDENT:
        return ()
    complete = about.draft.complete >= 100 and not about.draft.missing  # noqa: PLR2004
    of = {Material.ANY, Material.COMPLETE if complete else Material.INCOMPLETE}
    kind = about.subject
    return tuple(
        c for c in policy.claims if c.material in of and (not c.subjects or kind in c.subjects)
    )


def _own_runs(about: _About, text: str) -> frozenset[str]:
    """A statement's runs of characters without those of the templates it may have begun with."""
    drafts = about.pack.drafts
    if drafts is None or about.decision.clause is None:
        return runs(text)
    begun = [
        each.text
        for language in ("zh", "en")
        for each in templates(drafts, about.decision.clause, language)
    ]
    return runs(text).difference(*map(runs, begun))
