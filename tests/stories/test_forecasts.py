"""What is said of an appeal before it is sent, and what decided appeals teach of it."""

from tests.stories.stage import Stage, refused

from gongdao.domain.appeals.model import ForecastBasis
from gongdao.domain.flows.forecasting import Draft
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role


def test_while_few_are_decided_only_claims_are_told_and_called_so(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    decision = stage.decided(ana)
    forecasting, li_si = stage.app.around_appeals.forecasting, stage.account("li_si")
    whole = forecasting.explained(decision, li_si, Draft(100))
    assert whole.weighed.basis is ForecastBasis.CLAIMED
    assert (whole.weighed.low, whole.weighed.high) == (37, 65)
    assert {claim.basis.value for claim in whole.claims} == {"claimed"}
    part = forecasting.of(decision, li_si, 40, ("pledge",), ("antagonistic",))
    assert (part.low, part.high, part.cases) == (37, 37, 0)
    assert part.patterns == ("broken_chain", "tone")
    for stranger in (stage.account("zhang_san"), ana):
        with refused("decision.not_found" if stranger is ana else "not_found", NotFound):
            forecasting.of(decision, stranger, 100, (), ())
