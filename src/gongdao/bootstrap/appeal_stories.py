"""The stories around appeals: what helps before one is sent, and the ways back after a decision."""

from dataclasses import dataclass

from gongdao.adapters import chance
from gongdao.domain.flows.appealing import Appealing
from gongdao.domain.flows.asking_back import AskingBack
from gongdao.domain.flows.casefile import CaseFiles
from gongdao.domain.flows.chaining import Chaining
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.dating import Dating
from gongdao.domain.flows.earning_back import EarningBack
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.firming import Firming
from gongdao.domain.flows.forecasting import Forecasting
from gongdao.domain.flows.guiding import Guiding
from gongdao.domain.flows.hearing_appeals import Hearings
from gongdao.domain.flows.high_profile import HighProfile
from gongdao.domain.flows.lane import Lane
from gongdao.domain.flows.learning import Learning
from gongdao.domain.flows.lists import CaseLists
from gongdao.domain.flows.materials import Materials
from gongdao.domain.flows.notice_takedown import NoticeTakedown
from gongdao.domain.flows.papers import Papers
from gongdao.domain.flows.phoning import Phoning
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.rights_desk import RightsDesk
from gongdao.domain.flows.rights_views import RightsViews
from gongdao.domain.flows.rostering import Rostering
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.telling import Telling
from gongdao.domain.flows.tiering import Tiering
from gongdao.domain.flows.verifying import Verifying


@dataclass(frozen=True, slots=True, repr=False)
class Common:
    """What most of them stand on."""

    records: Records
    telling: Telling
    clocks: Clocks
    sanctioning: Sanctioning
    appealing: Appealing
    lists: CaseLists


@dataclass(frozen=True, slots=True, repr=False)
class AppealStories:
    """One field a story."""

    materials: Materials
    verifying: Verifying
    phoning: Phoning
    forecasting: Forecasting
    learning: Learning
    guiding: Guiding
    ways_back: EarningBack
    takedown: NoticeTakedown
    rights_desk: RightsDesk
    rights_views: RightsViews
    papers: Papers
    firms: Firming
    tiers: Tiering
    rosters: Rostering
    dating: Dating
    lane: Lane
    asking: AskingBack
    """Questions back to the appellant."""
    hearings: Hearings
    """Opinions, notes, a colleague's opinion: all between an appeal's assignment and its end."""
    high_profile: HighProfile
    """Whose outcomes two people answer for."""


def appeal_stories(on: Common) -> AppealStories:
    """Join them to the records."""
    r = on.records
    takedown = NoticeTakedown(r)
    asking, high_profile = AskingBack(r, on.telling, on.clocks), HighProfile(r)
    return AppealStories(
        asking=asking,
        hearings=Hearings(r, on.lists, asking, high_profile, Exhibiting(r)),
        high_profile=high_profile,
        materials=Materials(r),
        verifying=Verifying(r, chance.random_bytes),
        phoning=Phoning(r, on.appealing, chance.random_bytes),
        forecasting=Forecasting(r, Chaining(r, Exhibiting(r))),
        learning=Learning(r),
        guiding=Guiding(r, on.appealing, Exhibiting(r)),
        ways_back=EarningBack(r, on.telling, on.clocks, on.sanctioning),
        takedown=takedown,
        rights_desk=RightsDesk(r, takedown),
        rights_views=RightsViews(r, takedown),
        papers=Papers(r, CaseFiles(r), Exhibiting(r)),
        firms=Firming(r),
        tiers=Tiering(r),
        rosters=Rostering(r),
        dating=Dating(r),
        lane=Lane(r),
    )
