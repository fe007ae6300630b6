"""Finding a telephone's screen in a photograph, and setting it upright.

A status bar is looked for at the top of the screen; in a photograph the screen's top is anywhere
and askew, so that it would never be found.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gongdao.domain.evidence.reading import Point

Picture = NDArray[np.uint8]

LOOKED_AT = 900
"""Pixels of the longer side while the screen is looked for."""
SMALLEST = 0.18
"""Share of the picture that a screen covers at least."""
LARGEST = 0.97
SLIMMEST, BROADEST = 1.4, 2.6
"""Height by width of a telephone's screen, seen askew."""
ASKEW = 0.006
"""A frame whose sides are all straighter than this (in radians) is a card on a flat screenshot."""

UNLIKE_TABLE = 45
"""Levels by which a colour differs from that of the table."""
FOUR, EDGE = 4, 3


@dataclass(frozen=True, slots=True)
class Upright:
    """The screen set upright, and how to get back from its points to those of the photograph."""

    picture: Picture
    back: NDArray[np.float64]

    def seen(self, points: list[Point]) -> list[Point]:
        """Where points of the screen are in the photograph."""
        moved = cv2.perspectiveTransform(np.array([points], dtype=np.float64), self.back)
        return [(float(x), float(y)) for x, y in moved[0]]


def upright(picture: Picture, width: int = 1080) -> Upright | None:
    """The screen in a photograph, or None where there is none to be found askew."""
    corners = screen_corners(picture)
    if corners is None:
        return None
    wide, tall = _sides(corners)
    height = round(width * tall / wide)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    forth = cv2.getPerspectiveTransform(corners, target)
    flat = cv2.warpPerspective(picture, forth, (width, height), flags=cv2.INTER_CUBIC)
    return Upright(np.asarray(flat, np.uint8), np.asarray(np.linalg.inv(forth), np.float64))


def screen_corners(picture: Picture) -> NDArray[np.float32] | None:
    """The four corners of the screen, clockwise from the upper left, or None."""
    scale = LOOKED_AT / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = [corners for mask in _masks(small) for corners in _frames(mask)]
    if not found:
        return None
    best = max(found, key=lambda each: abs(cv2.contourArea(each)))
    return np.asarray(best / scale, np.float32)


def _masks(small: Any) -> list[Any]:
    """Several views in which a screen may stand out: by its edges, lighter, darker, by colour."""
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    edges = cv2.dilate(cv2.Canny(grey, 40, 120), np.ones((5, 5), np.uint8))
    _, light = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    near = np.concatenate([small[:12].reshape(-1, 3), small[-12:].reshape(-1, 3)])
    table = np.median(near, axis=0)
    other = (np.abs(small.astype(int) - table).max(axis=2) > UNLIKE_TABLE).astype(np.uint8) * 255
    close = np.ones((15, 15), np.uint8)
    other = cv2.morphologyEx(other, cv2.MORPH_CLOSE, close)
    return [edges, light, cv2.bitwise_not(light), other]


def _frames(mask: Any) -> list[NDArray[np.float32]]:
    """Four-cornered outlines that may be a telephone's screen."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    area = mask.shape[0] * mask.shape[1]
    found = []
    for outline in outlines:
        hull = cv2.convexHull(outline)
        if not SMALLEST <= cv2.contourArea(hull) / area <= LARGEST:
            continue
        for loose in (0.01, 0.02, 0.03, 0.05):
            corners = cv2.approxPolyDP(hull, loose * cv2.arcLength(hull, True), True)
            if len(corners) == FOUR:
                ordered = _clockwise(corners.reshape(4, 2).astype(np.float32))
                if _like_a_screen(ordered, mask.shape):
                    found.append(ordered)
                break
    return found


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """From the upper left corner on, as the clock goes."""
    sums, differences = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    order = [sums.argmin(), differences.argmin(), sums.argmax(), differences.argmax()]
    return corners[order]


def _like_a_screen(corners: NDArray[np.float32], shape: tuple[int, ...]) -> bool:
    wide, tall = _sides(corners)
    if (
        wide < 1
        or not SLIMMEST <= tall / wide <= BROADEST
        or len(np.unique(corners, axis=0)) < FOUR
    ):
        return False
    far = np.array([shape[1] - EDGE, shape[0] - EDGE])
    at_edge = ((corners < EDGE).any(axis=1) | (corners > far).any(axis=1)).sum()
    return bool(at_edge <= 1 and _askew(corners) > ASKEW)


def _sides(corners: NDArray[np.float32]) -> tuple[float, float]:
    """Mean width and height of a frame."""
    a, b, c, d = corners.astype(np.float64)
    wide = (np.linalg.norm(b - a) + np.linalg.norm(c - d)) / 2
    tall = (np.linalg.norm(d - a) + np.linalg.norm(c - b)) / 2
    return float(wide), float(tall)


def _askew(corners: NDArray[np.float32]) -> float:
    """How far the most slanting side is from upright or level, in radians."""
    a, b, c, d = corners.astype(np.float64)
    level = [abs(np.arctan2((q - p)[1], (q - p)[0])) for p, q in ((a, b), (d, c))]
    steep = [abs(np.arctan2((q - p)[0], (q - p)[1])) for p, q in ((a, d), (b, c))]
    return float(max(level + steep))
