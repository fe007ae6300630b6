"""Made-up texts that wait before they appear: one for each lane, and one for a group's owner.

What stands out in them is written down here, so that filling reads no lists and no model; the
house's own thresholds still say which lane that suggests.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.handing_in import Handed
from gongdao.domain.kernel.events import Role
from gongdao.domain.policy.screening import ScreeningPolicy
from gongdao.domain.screening.model import Category, Finding, Screened, Source
from gongdao.domain.screening.posts import HeldPostId
from gongdao.domain.screening.rules import suggested

_APP = Caller(None, frozenset({Role.APP}))
_GROUP, _GROUP_NAME, _MEMBERS = "practice-runners", "周末跑步群（练习）", 80
_WISH = timedelta(hours=20)
_VERSION = "practice"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text, the passage that stands out in it, and how surely."""

    reference: str
    author: str
    text: str
    passage: str
    category: Category
    score: float
    source: Source = Source.LEXICON
    in_group: bool = False
    also: tuple[Finding, ...] = ()
    """What else stands out."""

    def screened(self, policy: ScreeningPolicy) -> Screened:
        """What is said to stand out."""
        start = self.text.index(self.passage)
        lexicon = self.source is Source.LEXICON
        evidence = f"{self.passage} (plain)" if lexicon else _VERSION
        end = start + len(self.passage)
        found = Finding(self.category, start, end, self.source, evidence, self.score)
        every = (found, *self.also)
        return Screened(suggested(every, policy), every)


def texts(person: str) -> tuple[Waiting, ...]:
    """Delayed; for a second look, twice; for a third one; for the owner of a group, a person."""
    abuse, model = Category.ABUSE, Source.MODEL
    return (
        Waiting("draft-camera", person, "二手相机低价转让，要的加微信看实物。", "加微信",
                Category.ADVERTISING, 0.6),
        Waiting("draft-drivers", "chen_chen_88", "女司机就是马路杀手，女人根本不该开车。",
                "，女人根本", abuse, 0.878, model),
        Waiting("draft-fair", "lao_shi_12", "他那篇说“乡巴佬都是垃圾”的文章，我一个字也不同意。",
                "都是垃圾", abuse, 0.825, model),
        Waiting("draft-strangers", "bei_feng_3", "外地人都是贼，赶紧滚回老家去，看见你们就恶心。",
                "你们就恶", abuse, 0.992, model),
        Waiting("draft-runner", "pao_bu_9", "跑得慢的就是个不要脸的贱人，别拖累我们。",
                "贱人", abuse, 0.874, model, in_group=True),
    )  # fmt: skip


def hand_in(app: App, owner: str) -> None:
    """Let the operator's app name a group of `owner` and hand the texts in."""
    app.owning.name(_GROUP, [owner], _GROUP_NAME, _MEMBERS, _APP)
    for number, each in enumerate(texts(owner)):
        handed_in(app, each, app.records.clock() + _WISH if number == 0 else None)


def handed_in(app: App, each: Waiting, wish: datetime | None = None) -> HeldPostId:
    """Let the operator's app hand one in."""
    policy = app.screening.now.policy()
    posts = replace(
        app.screening.posts, screen=_finding(each, policy), versions=lambda: (_VERSION, "")
    )
    place = _GROUP if each.in_group else ""
    return posts.hand_in(Handed(each.author, each.text, each.reference, place, wish), _APP)


def _finding(each: Waiting, policy: ScreeningPolicy) -> Callable[[str], Screened]:
    return lambda _text: each.screened(policy)
