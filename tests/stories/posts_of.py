"""A stage whose posts are looked at by a list of three words: one for each lane."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any

from tests.fakes.house import shipped_packs
from tests.stories.stage import INSULT, REASONS, Stage

from gongdao.adapters.screening.engine import engine
from gongdao.bootstrap.screening import letters
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.handing_in import Handed
from gongdao.domain.flows.post_looks import Withholding
from gongdao.domain.flows.post_views import PostView
from gongdao.domain.kernel.events import Role
from gongdao.domain.screening import lexicon
from gongdao.domain.screening.screener import Screener
from gongdao.domain.screening.spotting import spotter

APP = Caller(None, frozenset({Role.APP}))
CLEAN, MILD, BAD, WORST = (
    "周末一起去爬山吧。",
    "你真是笨手笨脚。",
    "你简直蠢如木头。",
    "你这人猪狗不如。",
)
"""Nothing found; delayed; for a second look; for a third one."""
LIST = "# version: 1\n笨手笨脚 precision=0.65\n蠢如木头 precision=0.8\n猪狗不如 precision=0.95\n"
WHY = Withholding(INSULT, "这句话指着对方说“蠢如木头”。", REASONS)
_NUMBERS = count(1)


@cache
def three_words() -> Screener:
    """A screener of three words, without a model."""
    lists = lexicon.read({"abuse.txt": LIST}, letters().folding)
    return Screener(spotter(lists, letters(), engine), None)


def with_three_words(stage: Stage, **changes: Any) -> Stage:
    """The same house, where three words stand out and nothing else."""
    screening = shipped_packs().versions("house")[0].screening
    assert screening is not None
    reads: dict[str, Any] = {
        "screen": lambda text: three_words().look(text, screening),
        "versions": lambda: ("three-words@1", ""),
    }
    posts = replace(stage.app.screening.posts, **reads, **changes)
    return replace(
        stage, app=replace(stage.app, screening=replace(stage.app.screening, posts=posts))
    )


def hand_in(
    stage: Stage,
    text: str,
    *,
    author: str = "li_si",
    place: str = "",
    reference: str = "",
    wish: datetime | None = None,
) -> str:
    """The app hands a text in; its id."""
    name = reference or f"draft-{next(_NUMBERS)}"
    return stage.app.screening.posts.hand_in(Handed(author, text, name, place, wish), APP)


def post(stage: Stage, of: str) -> PostView:
    """A text as it stands."""
    return stage.app.screening.posts.read(of, APP)
