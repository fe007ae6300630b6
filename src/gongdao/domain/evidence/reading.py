"""What was read in a picture: lines of text and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""Clockwise from the upper left."""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright box in pixels; the origin is the upper left corner."""

    left: float
    top: float
    right: float
    low: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.low - self.top

    @property
    def middle(self) -> Point:
        """Its centre."""
        return ((self.left + self.right) / 2, (self.top + self.low) / 2)

    def covers(self, point: Point) -> bool:
        """Whether a point lies within."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.low

    def common(self, other: "Box") -> float:
        """The area that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.low, other.low) - max(self.top, other.top)
        return max(0.0, wide) * max(0.0, tall)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of text."""

    text: str
    box: Box
    """On the screen: upright, even where the picture shows it at an angle."""
    confidence: float
    """What the recogniser says of itself, 0 to 1. It is not a probability."""
    corners: Corners | None = None
    """In the picture, where the screen was photographed at an angle; else the box says it."""


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """Everything read in one picture."""

    width: int
    height: int
    """Of the screen in the picture: of all of it, unless it was photographed."""
    lines: Sequence[ReadLine]
    photographed: bool = False
    """A telephone's screen was found at an angle and set upright first."""
    of: tuple[int, int] | None = None
    """Width and height of the picture, where the screen is only a part of it."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        return self.of or (self.width, self.height)

    @property
    def text(self) -> str:
        """All of it, line by line from above."""
        return "\n".join(line.text for line in self.lines)


def in_order(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """From above, and from the left where lines stand side by side."""
    rows: list[list[ReadLine]] = []
    for line in sorted(lines, key=lambda each: each.box.middle[1]):
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda each: each.box.left)]


def _same_row(first: ReadLine, other: ReadLine) -> bool:
    near = min(first.box.height, other.box.height) * 0.5
    return abs(first.box.middle[1] - other.box.middle[1]) < near
