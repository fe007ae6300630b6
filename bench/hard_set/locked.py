"""Lock screens and notification shades: the device's time stands large, not in a bar."""

from bench.hard_set.drawing import Colour, Kind, Screen
from bench.hard_set.telephones import Asked, bottom_bar, clock, screen, words

WHITE: Colour = (255, 255, 255)
WEEK = "一二三四五六日"


def _date(on: Screen) -> str:
    return (
        f"{on.chance.randrange(1, 13)}月{on.chance.randrange(1, 29)}日 星期{on.chance.choice(WEEK)}"
    )


def lock_screen(asked: Asked) -> Screen:
    """A large clock over a picture, with notices below."""
    on = screen(asked)
    low = on.height * 360 / on.width
    on.photo((0, 0, 360, low))
    dim = on.image.point([round(v * 0.6) for v in range(256)] * 3)
    on.image.paste(dim)
    time = clock(on.chance)
    size = 78.0
    left = (360 - on.width_of(time, size)) / 2
    if asked.telephone.ios:
        on.middle(62, _date(on), 18, WHITE)
        on.text((left, 78), time, size, WHITE, Kind.CLOCK)
    else:
        on.text((left, 58), time, size, WHITE, Kind.CLOCK)
        on.middle(160, _date(on), 16, WHITE)
    _notices(on, low * 0.42, low - 90, asked)
    bottom_bar(on, asked)
    return on


def shade(asked: Asked) -> Screen:
    """The notifications pulled down over a page."""
    on = screen(asked)
    low = on.height * 360 / on.width
    time = clock(on.chance)
    after = on.text((20, 34), time, 34, kind=Kind.CLOCK)
    on.text((after + 10, 56), _date(on), 13)
    for number in range(4):
        on.box((20 + number * 82, 92, 92 + number * 82, 150), (90, 120, 200), 18)
    _notices(on, 172, low - 90, asked)
    bottom_bar(on, asked)
    return on


def _notices(on: Screen, y: float, low: float, asked: Asked) -> None:
    """Notices of apps, each with its age; their times are not the device's."""
    card = (48, 48, 48) if asked.telephone.dark else (246, 246, 246)
    ink = (230, 230, 230) if asked.telephone.dark else (20, 20, 20)
    for app, said in on.chance.sample(words()["notices"], k=5):
        rows = on.wrapped(said, 14, 300)
        tall = 38 + 20 * len(rows)
        if y + tall > low:
            return
        on.box((12, y, 348, y + tall), card, 14)
        on.text((24, y + 9), app, 12, (120, 120, 120))
        age = on.chance.choice(["现在", "5分钟前", "1小时前", f"昨天 {clock(on.chance)}"])
        on.right(y + 9, age, 11.5, (120, 120, 120))
        for number, row in enumerate(rows):
            on.text((24, y + 28 + number * 20), row, 14, ink)
        y += tall + 10
