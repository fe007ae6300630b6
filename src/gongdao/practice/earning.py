"""Somebody in a practice case begins to earn a sanction off."""

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.earning_back import Signature
from gongdao.domain.flows.ways_shown import WaysShown
from gongdao.domain.kernel.ids import CaseId


def sign_pledge(app: App, case: CaseId, name: str, who: Caller) -> None:
    """Sign the first pledge that the way back from the case's sanction asks for."""
    for way in WaysShown(app.records).of_case(case, who):
        pledges = [step for each in way.alternatives for step in each if step.kind == "pledge"]
        if way.way_back is not None and pledges:
            signature = Signature(name, _DRAWN)
            app.around_appeals.ways_back.sign(way.way_back, pledges[0].code, signature, "zh", who)
            return
    raise ValueError(f"no pledge is asked for in {case}")


_DRAWN = [
    [[120, 420], [180, 380], [240, 430], [210, 560], [140, 640]],
    [[330, 300], [360, 480], [350, 700]],
    [[300, 450], [420, 430], [520, 470], [600, 420], [700, 520], [820, 480]],
]
