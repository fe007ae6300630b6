"""Chats: bubbles left and right, photos in and behind them, times between."""

from bench.hard_set.drawing import Colour, Screen
from bench.hard_set.telephones import (
    Asked,
    amount,
    bottom_bar,
    clock,
    screen,
    status_bar,
    words,
)  # fmt: skip

OWN: Colour = (149, 236, 105)
OWN_DARK: Colour = (58, 165, 85)
OTHER: Colour = (255, 255, 255)
OTHER_DARK: Colour = (44, 44, 44)
BLACK: Colour = (15, 15, 15)
EMOJI = "😂👍🙏😡❤😭🌹🎉😅"


def chat(asked: Asked, *, wallpaper: bool = False) -> Screen:
    """A conversation that fills the screen."""
    on = screen(asked)
    low = on.height * 360 / on.width
    if wallpaper:
        on.photo((0, 0, 360, low))
        on.box((0, 0, 360, 72), on.back)
    y = status_bar(on, asked)
    on.text((12, y + 6), "‹", 20)
    on.items.pop()  # a sign to press, not a text
    on.middle(y + 9, on.chance.choice(words()["people"]), 16)
    y += 46
    while y < low - 150:
        y = _one(on, y, dark=asked.telephone.dark, plain=not wallpaper)
    if asked.bottom:
        on.box((0, low - 76, 360, low), (247, 247, 247) if not asked.telephone.dark else BLACK)
        on.box((44, low - 68, 268, low - 34), OTHER if not asked.telephone.dark else OTHER_DARK, 5)
        bottom_bar(on, asked)
    return on


def _one(on: Screen, y: float, *, dark: bool, plain: bool) -> float:
    """One thing that is said or shown; where the next begins."""
    drawn = on.chance.random()
    if drawn < 0.14 and plain:
        return _between(on, y)
    own = on.chance.random() < 0.45
    if drawn < 0.22:
        return _picture(on, y, own=own)
    if drawn < 0.28:
        return _transfer(on, y, own=own)
    text = on.chance.choice(words()["chat"])
    if on.chance.random() < 0.25:
        text += on.chance.choice(EMOJI) * on.chance.randrange(1, 4)
    return _bubble(on, y, text, own=own, dark=dark)


def _between(on: Screen, y: float) -> float:
    day = on.chance.choice(["", "昨天 ", "星期二 ", "11月3日 ", "2026年9月18日 ", "10/25 "])
    part = on.chance.choice(["", "", "下午 ", "晚上 "])
    grey = (150, 150, 150)
    if on.chance.random() < 0.3:
        on.middle(y + 4, on.chance.choice(words()["system"]), 12, grey)
    else:
        on.middle(y + 4, day + part + clock(on.chance), 12, grey)
    return y + 30


def _face(on: Screen, y: float, *, own: bool) -> None:
    left = 312.0 if own else 12.0
    on.photo((left, y, left + 36, y + 36))


def _bubble(on: Screen, y: float, text: str, *, own: bool, dark: bool) -> float:
    _face(on, y, own=own)
    rows = on.wrapped(text, 16, 215)
    wide = max(on.width_of(row, 16) for row in rows) + 22
    tall = len(rows) * 22 + 16
    left = 304 - wide if own else 56.0
    fill = (OWN_DARK if dark else OWN) if own else (OTHER_DARK if dark else OTHER)
    on.box((left, y, left + wide, y + tall), fill, 6)
    for number, row in enumerate(rows):
        on.text((left + 11, y + 7 + number * 22), row, 16, BLACK if own else on.ink)
    return y + tall + 14


def _picture(on: Screen, y: float, *, own: bool) -> float:
    _face(on, y, own=own)
    wide, tall = on.chance.randrange(90, 170), on.chance.randrange(80, 150)
    left = 304 - wide if own else 56
    on.photo((left, y, left + wide, y + tall))
    return y + tall + 14


def _transfer(on: Screen, y: float, *, own: bool) -> float:
    _face(on, y, own=own)
    left = 84 if own else 56
    on.box((left, y, left + 220, y + 84), (250, 157, 59), 6)
    on.draw.ellipse([on.px(v) for v in (left + 12, y + 12, left + 46, y + 46)], fill=OTHER)
    on.text((left + 56, y + 9), "¥" + amount(on.chance), 16, OTHER)
    on.text((left + 56, y + 32), on.chance.choice(["已被接收", "请收款", "已退还"]), 12, OTHER)
    on.text((left + 12, y + 63), "微信转账", 11, OTHER)
    return y + 98
