"""The hard set, one specification after another, in two halves."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from bench.hard_set import chats, locked, shopping, spoiling
from bench.hard_set.drawing import Item, Kind, Screen
from bench.hard_set.spoiling import Spoiling
from bench.hard_set.telephones import Asked, Telephone

Drawing = Callable[[Asked], Screen]
LONG = 8000
SCREENS: dict[str, Drawing] = {
    "chat": chats.chat,
    "wallpaper": partial(chats.chat, wallpaper=True),
    "order": shopping.order,
    "order_split": partial(shopping.order, split=True),
    "reviews": shopping.reviews,
    "bill": shopping.bill,
    "bill_split": partial(shopping.bill, split=True),
    "notice": shopping.notice,
    "lock": locked.lock_screen,
    "shade": locked.shade,
}


@dataclass(frozen=True, slots=True)
class Spec:
    """One kind of picture: what is on the screen, on which telephone, and what became of it."""

    screen: str
    spoiled: str = "clean"
    ios: bool = False
    dark: bool = False
    bar: bool = True
    bottom: bool = True
    long: bool = False


SPECS = (
    Spec("chat", ios=True), Spec("chat", dark=True), Spec("chat", "jpeg30"),
    Spec("chat", "half", ios=True), Spec("chat", "cut"), Spec("chat", "photographed", ios=True),
    Spec("chat", "photographed", dark=True), Spec("chat", bar=False), Spec("chat", long=True),
    Spec("wallpaper"), Spec("wallpaper", "jpeg30", ios=True), Spec("wallpaper", "half", dark=True),
    Spec("order", ios=True), Spec("order", "jpeg30"), Spec("order", "half", dark=True),
    Spec("order", "photographed"), Spec("order", bar=False), Spec("order_split", dark=True),
    Spec("order_split", "jpeg30", ios=True), Spec("reviews"), Spec("reviews", "jpeg30", dark=True),
    Spec("reviews", "cut", ios=True), Spec("reviews", bar=False), Spec("reviews", long=True),
    Spec("reviews", "photographed", ios=True), Spec("bill", ios=True), Spec("bill", "half"),
    Spec("bill_split", dark=True), Spec("bill", "photographed"), Spec("bill", bar=False),
    Spec("notice", dark=True), Spec("notice", "jpeg30", ios=True), Spec("notice", "half"),
    Spec("lock", ios=True, bar=False), Spec("lock", bar=False),
    Spec("lock", "photographed", bar=False),
    Spec("shade", bar=False), Spec("shade", "jpeg30", dark=True, bar=False),
    Spec("order", long=True, bottom=False), Spec("chat", bottom=False),
)  # fmt: skip
"""Each is drawn twice: once to tune on, once to be judged by."""

FACES = {"tune": ("noto", "wqy", "wenkai"), "check": ("noto", "wqy", "wenkai", "zenhei")}
SIZES = ((1080, 2340), (1170, 2532), (1080, 1920), (720, 1600), (1260, 2800))
SPOILINGS: dict[str, Spoiling] = {
    name: getattr(spoiling, name) for name in ("clean", "jpeg30", "half", "cut", "photographed")
}


@dataclass(frozen=True, slots=True)
class Made:
    """A picture and everything that is known of it."""

    name: str
    spec: Spec
    face: str
    picture: bytes
    items: tuple[Item, ...]
    facts: tuple[tuple[str, str], ...]

    @property
    def clock(self) -> str | None:
        """The device's time as the picture shows it, or None where it shows none."""
        return next((item.text for item in self.items if item.kind is Kind.CLOCK), None)

    @property
    def whole(self) -> bool:
        """Whether the whole screen is in view, and no more than one screen."""
        spec = self.spec
        up = spec.bar or spec.screen in {"lock", "shade"}
        return up and spec.bottom and spec.spoiled != "cut" and not spec.long


def names(half: str) -> list[str]:
    """The names of a half's pictures, in their order."""
    return [f"{half}-{number:02}-{_title(spec)}" for number, spec in enumerate(SPECS)]


def _title(spec: Spec) -> str:
    return f"{spec.screen}-{'long' if spec.long else spec.spoiled}"


def half(which: str) -> Iterator[Made]:
    """Draw one half of the set."""
    for name in names(which):
        yield make(name)


def make(name: str) -> Made:
    """Draw one picture again by its name."""
    which, written, _ = name.split("-", maxsplit=2)
    number = int(written)
    spec = SPECS[number]
    seed = number * 2 + (which == "check") + 7000
    chance = random.Random(seed)
    face = FACES[which][(number + (which == "check")) % len(FACES[which])]
    width, height = SIZES[chance.randrange(len(SIZES))]
    telephone = Telephone(spec.ios, spec.dark, face, width, height / width)
    asked = Asked(telephone, spec.bar, spec.bottom, seed)
    if spec.long:
        long = replace(telephone, width=1080)
        asked = replace(asked, telephone=long, height=LONG)
    drawn = SCREENS[spec.screen](asked)
    picture, items = SPOILINGS[spec.spoiled](drawn.image, drawn.items, chance)
    facts = () if spec.spoiled == "cut" else tuple(drawn.facts)
    return Made(name, spec, face, picture, tuple(items), facts)
