"""What all screens share: a telephone's colours, its status bar, its bottom bar."""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from bench.hard_set.drawing import Kind, Screen

HERE = Path(__file__).parent
BAR, BAR_OF_IPHONES = 26.0, 48.0
"""Height of a status bar, in dp: iPhones leave room for the camera."""


@dataclass(frozen=True, slots=True)
class Telephone:
    """How a telephone draws."""

    ios: bool
    dark: bool
    face: str
    width: int = 1080
    ratio: float = 2340 / 1080


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that makes one screenshot."""

    telephone: Telephone
    bar: bool
    """Whether the status bar is in view."""
    bottom: bool
    """Whether the lower end is in view."""
    seed: int
    height: int | None = None


@cache
def words() -> dict[str, list[Any]]:
    """The sentences that stand on the screens."""
    read: dict[str, list[Any]] = yaml.safe_load((HERE / "words.yaml").read_text("utf-8"))
    return read


def screen(asked: Asked, light: tuple[int, int, int] = (237, 237, 237)) -> Screen:
    """An empty screen of that telephone."""
    telephone = asked.telephone
    height = asked.height or round(telephone.width * telephone.ratio)
    back, ink = ((17, 17, 17), (220, 220, 220)) if telephone.dark else (light, (24, 24, 24))
    return Screen(telephone.width, height, telephone.face, back, ink, random.Random(asked.seed))


def clock(chance: random.Random, *, ios: bool = False) -> str:
    """A time as telephones show it; an iPhone leaves the first zero out."""
    hour, minute = chance.randrange(24), chance.randrange(60)
    return f"{hour}:{minute:02}" if ios and chance.random() < 0.5 else f"{hour:02}:{minute:02}"


def status_bar(on: Screen, asked: Asked) -> float:
    """The bar at the top, if it is in view; where the screen goes on."""
    if not asked.bar:
        return 4.0
    ios, chance = asked.telephone.ios, on.chance
    down = 14.0 if ios else 0.0
    time = clock(chance, ios=ios)
    right = not ios and chance.random() < 0.3
    begin = 30.0 if ios else 16.0
    if right:  # some Androids show the time beside the battery
        begin = 344 - on.width_of(time, 12.5)
    on.text((begin, down + 6), time, 14.5 if ios else 12.5, kind=Kind.CLOCK)
    edge = 290.0 if not right else 265.0
    if chance.random() < 0.7:
        on.text((edge - 30, down + 7), chance.choice(["5G", "4G", "HD"]), 10, kind=Kind.SMALL)
    for bar in range(4):
        on.box((edge + bar * 4, down + 16 - bar * 2, edge + 3 + bar * 4, down + 19), on.ink)
    on.box((edge + 22, down + 9, edge + 42, down + 19), on.ink, 2.5)
    charge = str(chance.randrange(8, 100))
    on.text((edge + 25, down + 8.5), charge, 8, on.back, Kind.SMALL)
    return (BAR_OF_IPHONES if ios else BAR) + 4


def bottom_bar(on: Screen, asked: Asked) -> None:
    """The line or the three keys at the lower end of the screen."""
    if not asked.bottom:
        return
    low = on.height * 360 / on.width
    if asked.telephone.ios or on.chance.random() < 0.5:
        on.box((115, low - 9, 245, low - 5), on.ink, 2)
        return
    on.box((92, low - 21, 104, low - 9), on.ink, 1)
    on.draw.ellipse([on.px(v) for v in (173, low - 22, 187, low - 8)], outline=on.ink, width=3)
    points = [(268, low - 15), (257, low - 21), (257, low - 9)]
    on.draw.polygon([(on.px(x), on.px(y)) for x, y in points], fill=on.ink)


def digits(chance: random.Random, count: int) -> str:
    """A number of so many digits that begins with no zero."""
    return str(chance.randrange(1, 10)) + "".join(
        str(chance.randrange(10)) for _ in range(count - 1)
    )


def moment(chance: random.Random) -> str:
    """A date with a time, to the second."""
    day = f"2026-{chance.randrange(1, 12):02}-{chance.randrange(1, 29):02}"
    return f"{day} {clock(chance)}:{chance.randrange(60):02}"


def amount(chance: random.Random) -> str:
    """A sum of money."""
    cents = chance.randrange(100, 500_000)
    return f"{cents / 100:,.2f}" if chance.random() < 0.4 else f"{cents / 100:.2f}"
