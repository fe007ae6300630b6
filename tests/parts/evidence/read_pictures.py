"""Pictures as they were read: recorded from the hard set, or put together line by line."""

import json
from pathlib import Path

from gongdao.adapters.picture_reading.process import picture_of
from gongdao.adapters.picture_reading.sifting import sifted
from gongdao.domain.evidence.reading import Box, ReadLine, ReadPicture

RECORDED = Path(__file__).parent / "recorded"


def recorded(name: str) -> ReadPicture:
    """What the reader gave for one picture of the hard set's tuning half."""
    read = picture_of(json.loads((RECORDED / f"{name}.json").read_text("utf-8")))
    lines = sifted(read.lines, read.width)
    return ReadPicture(read.width, read.height, lines, read.photographed)


def line(text: str, left: float, top: float, height: float = 44, sure: float = 0.99) -> ReadLine:
    """A line of text on a screen 1080 wide; a Chinese letter is as wide as high."""
    wide = sum(height if ord(char) > 0x2E80 else height / 2 for char in text)
    return ReadLine(text, Box(left, top, left + wide, top + height), sure)


def screen(*lines: ReadLine, height: int = 2340) -> ReadPicture:
    """A screen 1080 wide with those lines."""
    return ReadPicture(1080, height, list(lines))
