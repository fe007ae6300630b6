"""Made-up texts that waited and were ruled on, so that screening has numbers to show.

A word that belittles women is in the lists, and most who write it object to it: its alarms were
false, so that it is soon proposed for retirement. A few other texts were rightly withheld. What
stands out in them is what the house's own lists and model found, rounded and written down.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.post_looks import Withholding
from gongdao.domain.screening.model import Category, Finding, Source
from gongdao.practice.waiting import Waiting, handed_in

WORD = "绿茶婊"
"""Nobody's insult here: everybody objects to it."""
_LISTED = (WORD, "傻逼")
_SURE = 0.6
_QUOTED = "引用这个词是为了反对它。"
_LOOKERS = ("reviewer_1", "reviewer_2", "reviewer_3")
_FIRST, _EVERY, _LATER = 590.0, 22.5, 2.25
"""In hours: when the first was handed in, how far apart they are, and when somebody looked."""

OBJECTING: tuple[tuple[str, str, float], ...] = (
    ("凭什么女生温柔一点就被骂绿茶婊？", "骂绿茶婊", 0.876),
    ("骂女生绿茶婊的男生，我一个都看不上。", "女生绿茶婊的男", 0.879),
    ("她们宿舍的人都骂她绿茶婊，太过分了。", "人都骂她绿茶婊", 0.853),
    ("我最讨厌有人骂女生绿茶婊。", "讨厌有人骂女生绿茶婊", 0.862),
    ("女人化个妆就是绿茶婊？这逻辑我不认同。", "女人化个妆就是绿茶婊？", 0.889),
    ("为什么总有人骂漂亮女生绿茶婊？", "人骂漂亮女生绿茶婊", 0.856),
    ("求求大家，别再用绿茶婊骂女人了。", "绿茶婊骂女", 0.823),
    ("一看到“绿茶婊”三个字我就生气，女人不是用来骂的。", "气，女人不是用来骂", 0.862),
    ("给女性起外号叫绿茶婊，是不尊重人。", "女性起外号叫绿茶婊", 0.85),
    ("骂她绿茶婊的人，你们了解她吗？", "骂她绿茶婊的人，你", 0.802),
    ("女孩子之间也会互相骂绿茶婊，真让人难过。", "骂绿茶婊，真让人", 0.764),
    ("电视剧里的女二号又被写成绿茶婊，女性角色就不能正常点？", "绿茶婊，女性", 0.821),
    ("被骂绿茶婊的女生，后来怎么样了？", "骂绿茶婊的女", 0.83),
    ("女人何苦骂女人绿茶婊。", "女", 0.871),
    ("因为长得好看就被骂绿茶婊，女生太难了。", "骂绿茶婊，女", 0.858),
    ("不懂就问，女的会撒娇就是绿茶婊吗？", "就问，女", 0.862),
    ("对女性的羞辱从“绿茶婊”这种词开始。", "女性的羞辱从“绿茶婊", 0.811),
    ("女生互助：被骂绿茶婊以后怎么保护自己。", "骂绿茶婊", 0.858),
    ("“绿茶婊”这个词该从女人的嘴里消失。", "女人", 0.816),
    ("骂女人绿茶婊，不如先看看自己。", "女人绿茶婊", 0.87),
    ("“绿茶婊”是对女性的侮辱，请大家不要用。", "绿茶婊”是对女性的侮辱", 0.87),
)
"""A text that screening marked although it was harmless, with the model's passage and score."""

_NO_REGION = "整句话说的是一个地方、一类人都不好，没有说任何具体的事。"
_NOT_SHOWN = "不指向任何人做过的事，只贬低一群人，符合“歧视”条款的定义，不予发表。"
HURTING: tuple[tuple[str, str, float, Withholding], ...] = (
    (
        "河南人没一个好东西，偷井盖的。", "偷井", 0.88,
        Withholding("abuse.bias", _NO_REGION, _NOT_SHOWN),
    ),
    (
        "农村人素质就是低，别来我们小区。", "人素质就是低", 0.85,
        Withholding("abuse.bias", _NO_REGION, _NOT_SHOWN),
    ),
    (
        "傻逼作者，写的什么垃圾，滚。", "垃圾", 0.87,
        Withholding(
            "abuse.insult", "开头就用脏话称呼作者，最后一个字是“滚”，没有一句谈文章。",
            "批评文章可以很尖锐，这里只有对人的辱骂，符合“辱骂”条款的定义，不予发表。",
        ),
    ),
)  # fmt: skip
"""One that was rightly marked, and why it was withheld."""


@dataclass(slots=True)
class Looked:
    """One text: handed in, and a little later looked at by somebody."""

    app: App
    text: Waiting
    why: Withholding | None
    """None: it is harmless, and appears."""
    looker: Caller
    post: str = ""

    def hand_in(self) -> None:
        """The operator's app does."""
        self.post = handed_in(self.app, self.text)

    def rule(self) -> None:
        """A reviewer does."""
        looks = self.app.screening.looks
        if self.why is None:
            looks.release(self.post, _QUOTED, self.looker)
        else:
            looks.withhold(self.post, self.why, self.looker)


def steps(app: App, people: Mapping[str, Caller]) -> Iterator[tuple[float, Callable[[], object]]]:
    """What happened to each, and so many hours ago."""
    told: list[tuple[Waiting, Withholding | None]] = [
        *((each, None) for each in harmless()), *harmful()
    ]  # fmt: skip
    told.sort(key=lambda each: each[0].text)  # those that hurt lie between the others
    for number, (text, why) in enumerate(told):
        ago = _FIRST - number * _EVERY
        each = Looked(app, text, why, people[_LOOKERS[number % len(_LOOKERS)]])
        yield ago, each.hand_in
        yield ago - _LATER, each.rule


def harmless() -> list[Waiting]:
    """Those that were marked although nothing was wrong with them."""
    return [_marked(f"objects-{n}", *each) for n, each in enumerate(OBJECTING, start=1)]


def harmful() -> list[tuple[Waiting, Withholding]]:
    """Those that were rightly marked, and why each was withheld."""
    return [
        (_marked(f"hurts-{n}", text, passage, score), why)
        for n, (text, passage, score, why) in enumerate(HURTING, start=1)
    ]


def _marked(name: str, text: str, passage: str, score: float) -> Waiting:
    """A text with what the lists and the model found in it."""
    listed = tuple(
        Finding(Category.ABUSE, start, start + len(word), Source.LEXICON, f"{word} (plain)", _SURE)
        for word in _LISTED
        if (start := text.find(word)) >= 0
    )
    return Waiting(
        f"draft-{name}", name, text, passage, Category.ABUSE, score, Source.MODEL, also=listed
    )
