"""What is said of an appeal before it is sent, for ways in that have no page to ask on."""

from gongdao import bootstrap
from gongdao.bootstrap import wording
from gongdao.domain.access.model import Caller
from gongdao.domain.appeals.model import Weighed
from gongdao.domain.flows.forecasting import Draft, Explained
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.ids import DecisionId
from gongdao.domain.linting.model import Setting


def before_sending(decision: DecisionId, grounds: str, caller: Caller) -> Explained:
    """The forecast with its reasons, from the material that is there and the words as they are."""
    app = bootstrap.app()
    complete = app.around_appeals.materials.of(decision, caller)
    draft = Draft(complete.share, complete.missing, _tone(decision, grounds, caller), grounds)
    return app.around_appeals.forecasting.explained(decision, caller, draft)


def weighed(decision: DecisionId, grounds: str, caller: Caller) -> Weighed | None:
    """What is kept with the appeal; nothing where it cannot be weighed: that stops nobody."""
    try:
        return before_sending(decision, grounds, caller).weighed
    except GongdaoError:
        return None


def _tone(decision: DecisionId, grounds: str, caller: Caller) -> tuple[str, ...]:
    """The kinds of passages that the linter marks; none where it cannot look."""
    app = bootstrap.app()
    found = app.records.decisions.get(decision).now
    own = app.exhibiting.of_case(found.case, caller)
    setting = Setting(exhibits=frozenset(each.number for each in own if each.mine))
    if not grounds.strip():
        return ()
    try:
        report = wording.look_at(grounds, setting, app.records.pack(found.pack))
    except GongdaoError:
        return ()
    return tuple(sorted({each.kind.value for each in report.findings}))
