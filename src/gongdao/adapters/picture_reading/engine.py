"""Reading one picture, in the process that has the models loaded.

Imported only there: see `child.py`.
"""

import logging
from io import BytesIO
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageOps
from rapidocr import RapidOCR

from gongdao.adapters.picture_reading.rectifying import Picture, Upright, upright
from gongdao.adapters.picture_reading.sifting import sifted
from gongdao.adapters.picture_reading.tiles import joined, pieces
from gongdao.domain.evidence.clock_shown import LARGE, UPPER, may_hide_clock
from gongdao.domain.evidence.reading import Box, ReadLine, ReadPicture, in_order

MOST_PIXELS = 50_000_000
NARROWEST = 1000
"""Pixels of width. A smaller picture is enlarged: the recogniser needs some 30 pixels a letter."""
LEAST_CONFIDENCE = 0.5
FAR = 0.4
"""The second look at a lock screen's clock is taken at this size."""


class Engine:
    """The loaded models."""

    def __init__(self, threads: int = 2) -> None:
        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        self._read = RapidOCR(
            params={
                "Global.use_cls": False,  # turned text is not looked for: screens stand upright
                "Global.log_level": "error",
                "Global.max_side_len": 4000,
                "Global.text_score": LEAST_CONFIDENCE,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            }
        )

    def read(self, content: bytes) -> ReadPicture:
        """Everything that can be read in a picture; OSError or ValueError if it is none."""
        picture = _opened(content)
        screen = upright(picture)
        flat = picture if screen is None else screen.picture
        factor = max(1.0, min(2.0, NARROWEST / flat.shape[1]))
        if factor > 1:
            flat = np.asarray(
                cv2.resize(flat, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC),
                np.uint8,
            )
        height, width = flat.shape[:2]
        read = [(cut, self._piece(flat, *cut)) for cut in pieces(height)]
        lines = self._with_large(flat, sifted(joined(read, height), width))
        return ReadPicture(
            width=round(width / factor),
            height=round(height / factor),
            lines=[_placed(line, factor, screen) for line in lines],
            photographed=screen is not None,
            of=None if screen is None else (picture.shape[1], picture.shape[0]),
        )

    def _with_large(self, picture: Picture, lines: list[ReadLine]) -> list[ReadLine]:
        """Look again from farther away where a lock screen's clock was too large to be read."""
        height, width = picture.shape[:2]
        if not may_hide_clock(ReadPicture(width, height, lines)):
            return lines
        upper = picture[: round(UPPER * width * 1.3)]
        small = cv2.resize(upper, None, fx=FAR, fy=FAR, interpolation=cv2.INTER_AREA)
        seen = self._piece(np.asarray(small, np.uint8), 0, small.shape[0])
        large = [_grown(line) for line in seen if line.box.height / FAR >= LARGE * width]
        rest = [line for line in lines if not any(line.box.common(one.box) for one in large)]
        return in_order([*rest, *large])

    def _piece(self, picture: Picture, top: int, low: int) -> list[ReadLine]:
        """The lines of one piece, with their places in the whole."""
        answer: Any = self._read(picture[top:low])
        if answer.boxes is None or answer.txts is None:
            return []
        lines = []
        for corners, text, score in zip(answer.boxes, answer.txts, answer.scores, strict=True):
            xs, ys = [float(x) for x, _ in corners], [float(y) + top for _, y in corners]
            box = Box(min(xs), min(ys), max(xs), max(ys))
            lines.append(ReadLine(str(text), box, round(float(score), 3)))
        return lines


def _grown(line: ReadLine) -> ReadLine:
    box = line.box
    near = Box(box.left / FAR, box.top / FAR, box.right / FAR, box.low / FAR)
    return ReadLine(line.text, near, line.confidence)


def _opened(content: bytes) -> Picture:
    """The picture's pixels as OpenCV orders them, upright as its EXIF says."""
    with Image.open(BytesIO(content)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("picture.too_large")
        turned = ImageOps.exif_transpose(opened)
        red_first = np.asarray(_on_white(turned), np.uint8)
    return np.ascontiguousarray(red_first[:, :, ::-1])


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "P"}:
        see_through = picture.convert("RGBA")
        white = Image.new("RGBA", see_through.size, "white")
        return Image.alpha_composite(white, see_through).convert("RGB")
    return picture.convert("RGB")


def _placed(line: ReadLine, factor: float, screen: Upright | None) -> ReadLine:
    """A line in the coordinates of the picture as it came."""
    left, top, right, low = (
        round(value / factor, 1)
        for value in (line.box.left, line.box.top, line.box.right, line.box.low)
    )
    box = Box(left, top, right, low)
    if screen is None:
        return ReadLine(line.text, box, line.confidence)
    upper_left, upper_right, lower_right, lower_left = screen.seen(
        [(left, top), (right, top), (right, low), (left, low)]
    )
    corners = (upper_left, upper_right, lower_right, lower_left)
    return ReadLine(line.text, box, line.confidence, corners)
