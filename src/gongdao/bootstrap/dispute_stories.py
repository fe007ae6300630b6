"""The stories of organisations and of their disputes with outside platforms."""

from dataclasses import dataclass

from gongdao.adapters import chance
from gongdao.domain.flows.afterwards import Afterwards
from gongdao.domain.flows.counting_disputes import CountingDisputes
from gongdao.domain.flows.dispute_chain import DisputeChaining
from gongdao.domain.flows.dispute_exhibits import DisputeExhibits
from gongdao.domain.flows.dispute_files import DisputeFiles
from gongdao.domain.flows.dispute_work import DisputeWork
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.filing_disputes import Filing
from gongdao.domain.flows.filing_packets import FilingPackets
from gongdao.domain.flows.flagging import Flagging
from gongdao.domain.flows.follow_views import FollowViews
from gongdao.domain.flows.following import Following
from gongdao.domain.flows.house_templates import HouseTemplates
from gongdao.domain.flows.importing import Importing
from gongdao.domain.flows.joining import Joining
from gongdao.domain.flows.judging import Judging
from gongdao.domain.flows.looking import Looking
from gongdao.domain.flows.negotiating import Negotiating
from gongdao.domain.flows.organising import Organising
from gongdao.domain.flows.overseeing import Overseeing
from gongdao.domain.flows.public_replies import PublicReplies
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.reporting import Reporting
from gongdao.domain.flows.robot_desk import RobotDesk
from gongdao.domain.flows.starting import Starting
from gongdao.domain.flows.syncing import Syncing
from gongdao.domain.flows.talk_door import TalkDoor
from gongdao.domain.flows.talks_inside import TalksInside
from gongdao.domain.flows.teamwork import Teamwork


@dataclass(frozen=True, slots=True, repr=False)
class DisputeStories:
    """One field a story."""

    organising: Organising
    disputing: Disputing
    exhibits: DisputeExhibits
    files: DisputeFiles
    working: DisputeWork
    afterwards: Afterwards
    counting: CountingDisputes
    syncing: Syncing
    joining: Joining
    teamwork: Teamwork
    overseeing: Overseeing
    templates: HouseTemplates
    """What a statement to an outside platform can begin with."""
    flagging: Flagging
    following: Following
    follow_views: FollowViews
    robots: RobotDesk
    talk_door: TalkDoor
    talks_inside: TalksInside
    negotiating: Negotiating
    chaining: DisputeChaining
    filing: Filing
    filing_packets: FilingPackets
    judging: Judging
    importing: Importing
    starting: Starting


def dispute_stories(r: Records, looking: Looking, reporting: Reporting) -> DisputeStories:
    """Join them to the records."""
    organising = Organising(r)
    disputing = Disputing(r, organising)
    exhibits = DisputeExhibits(r, disputing, looking)
    teamwork = Teamwork(r, organising, disputing)
    following = Following(r, disputing)
    inside = TalksInside(r, reporting.telling)
    talk_door = TalkDoor(r, disputing, inside, chance.random_bytes)
    chaining = DisputeChaining(r, disputing, exhibits)
    filing = Filing(r, disputing, exhibits, chaining)
    return DisputeStories(
        organising=organising,
        disputing=disputing,
        exhibits=exhibits,
        files=DisputeFiles(r, disputing),
        working=DisputeWork(r, disputing),
        afterwards=Afterwards(r, disputing, exhibits, PublicReplies(r, disputing)),
        counting=CountingDisputes(r, organising),
        syncing=Syncing(r, disputing),
        joining=Joining(r, organising, chance.random_bytes),
        teamwork=teamwork,
        overseeing=Overseeing(r, organising, teamwork),
        templates=HouseTemplates(r, organising, disputing),
        flagging=Flagging(r, organising, disputing),
        following=following,
        follow_views=FollowViews(r, disputing, following),
        robots=RobotDesk(r, organising),
        talk_door=talk_door,
        talks_inside=inside,
        negotiating=Negotiating(r, disputing, talk_door, reporting, exhibits),
        chaining=chaining,
        filing=filing,
        filing_packets=FilingPackets(r, disputing, exhibits, filing),
        judging=Judging(r, disputing),
        importing=Importing(r, disputing),
        starting=Starting(r, disputing, exhibits),
    )
