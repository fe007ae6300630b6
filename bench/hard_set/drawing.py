"""A screen to draw on that remembers every line of text and where it stands."""

import random
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]

DEBIAN = Path("/usr/share/fonts")
FONTS = {
    "noto": (DEBIAN / "opentype/noto/NotoSansCJK-Regular.ttc", 2, "fonts-noto-cjk"),
    "wqy": (DEBIAN / "truetype/wqy/wqy-microhei.ttc", 0, "fonts-wqy-microhei"),
    "wenkai": (DEBIAN / "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0, "fonts-lxgw-wenkai"),
    "zenhei": (DEBIAN / "truetype/wqy/wqy-zenhei.ttc", 0, "fonts-wqy-zenhei"),
    "emoji": (DEBIAN / "truetype/noto/NotoColorEmoji.ttf", 0, "fonts-noto-color-emoji"),
}
"""File, index in it, and the Debian package that brings it."""

EMOJI_STRIKE = 109
"""The one size that the emoji font has."""


class Kind(StrEnum):
    """What a line of text is, for counting."""

    TEXT = "text"
    CLOCK = "clock"
    """The device's own clock."""
    SMALL = "small"
    """Signs of the status bar: neither wanted nor wrong."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of text where it was drawn: left, top, right, bottom."""

    text: str
    box: Box
    kind: Kind = Kind.TEXT
    upright: Box | None = None
    """Where it stands on the screen, as shares of its width and height; for photographs."""


def missing_packages() -> list[str]:
    """Debian's packages that must be installed before the set can be drawn."""
    return sorted({package for file, _, package in FONTS.values() if not file.exists()})


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in pixels."""
    file, index, _ = FONTS[name]
    return ImageFont.truetype(str(file), size, index=index)


@cache
def emoji(char: str, size: int) -> Image.Image:
    """One emoji, as large as the letters around it."""
    drawn = Image.new("RGBA", (136, 128))
    ImageDraw.Draw(drawn).text((0, 0), char, font=font("emoji", EMOJI_STRIKE), embedded_color=True)
    return drawn.resize((round(size * 136 / 128), size), Image.Resampling.LANCZOS)


def is_emoji(char: str) -> bool:
    """Whether a character is drawn as a picture and is no text to be read."""
    return ord(char) >= 0x1F300 or char in "❤⭐☕"


@dataclass(slots=True)
class Screen:
    """A screenshot being drawn. Sizes are given in dp of a screen 360 wide and scaled."""

    width: int
    height: int
    face: str
    back: Colour
    ink: Colour
    chance: random.Random
    image: Image.Image = field(init=False)
    draw: ImageDraw.ImageDraw = field(init=False)
    items: list[Item] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    """What a reader should find: `number` or `moment`, and how it is written."""

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width, self.height), self.back)
        self.draw = ImageDraw.Draw(self.image)

    def px(self, dp: float) -> int:
        """Pixels of a length in dp."""
        return round(dp * self.width / 360)

    def width_of(self, text: str, size: float) -> float:
        """How wide a line becomes, in dp."""
        return self._length(text, self.px(size)) * 360 / self.width

    def _length(self, text: str, size: int) -> float:
        plain = "".join(c for c in text if not is_emoji(c))
        pictures = len(text) - len(plain)
        return float(font(self.face, size).getlength(plain)) + pictures * size * 1.15

    def text(
        self, at: tuple[float, float], text: str, size: float,
        ink: Colour | None = None, kind: Kind = Kind.TEXT,
    ) -> float:  # fmt: skip
        """Write one line from its top left corner, in dp; where it ends."""
        pixels = self.px(size)
        x, y = float(self.px(at[0])), self.px(at[1])
        begun = x
        for run in _runs(text):
            if is_emoji(run[0]):
                for char in run:
                    picture = emoji(char, pixels)
                    self.image.paste(picture, (round(x), round(y + pixels * 0.12)), picture)
                    x += pixels * 1.15
            else:
                self.draw.text((x, y), run, fill=ink or self.ink, font=font(self.face, pixels))
                x += float(font(self.face, pixels).getlength(run))
        plain = "".join(c for c in text if not is_emoji(c)).strip()
        if plain:
            self.items.append(Item(plain, (begun, y, x, y + pixels * 1.3), kind))
        return x * 360 / self.width

    def middle(self, y: float, text: str, size: float, ink: Colour | None = None) -> None:
        """Write a line in the middle."""
        self.text(((360 - self.width_of(text, size)) / 2, y), text, size, ink)

    def right(self, y: float, text: str, size: float, ink: Colour | None = None) -> None:
        """Write a line that ends at the right margin."""
        self.text((345 - self.width_of(text, size), y), text, size, ink)

    def wrapped(self, text: str, size: float, width: float) -> list[str]:
        """The rows of a text; they break anywhere, as on phones, but not before a stop."""
        rows, row = [], ""
        for char in text:
            if row and self.width_of(row + char, size) > width and char not in "，。！？、：）；":
                rows.append(row)
                row = ""
            row += char
        return [*rows, row]

    def box(self, at: Box, colour: Colour, radius: float = 0) -> None:
        """A filled box, in dp."""
        corners = [self.px(v) for v in at]
        self.draw.rounded_rectangle(corners, radius=self.px(radius), fill=colour)

    def photo(self, at: Box) -> None:
        """A photo without text: soft shapes of many colours."""
        left, top, right, bottom = (self.px(v) for v in at)
        size = (max(8, right - left), max(8, bottom - top))
        picture = Image.new("RGB", (48, 48), _colour(self.chance))
        shapes = ImageDraw.Draw(picture)
        for _ in range(24):
            x, y = self.chance.randrange(48), self.chance.randrange(48)
            reach = self.chance.randrange(4, 24)
            shapes.ellipse([x - reach, y - reach, x + reach, y + reach], fill=_colour(self.chance))
        soft = picture.filter(ImageFilter.GaussianBlur(1.5))
        self.image.paste(soft.resize(size, Image.Resampling.BICUBIC), (left, top))


def _colour(chance: random.Random) -> Colour:
    return (chance.randrange(40, 230), chance.randrange(40, 230), chance.randrange(40, 230))


def _runs(text: str) -> list[str]:
    runs: list[str] = []
    for char in text:
        if runs and is_emoji(runs[-1][0]) == is_emoji(char):
            runs[-1] += char
        else:
            runs.append(char)
    return runs
