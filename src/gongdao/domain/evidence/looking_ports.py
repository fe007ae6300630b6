"""What looking at exhibits needs from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongdao.domain.evidence.findings import Looks, LookStep
from gongdao.domain.evidence.likeness import Alike, Print
from gongdao.domain.evidence.reading import Box, ReadPicture
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId, ExhibitId
from gongdao.domain.policy.pictures import LikenessPolicy


class NotRead(Exception):
    """Nothing could be read. `code` says why; it is a finding, and no failure of the case."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PictureReader(Protocol):
    """Reads the text in pictures."""

    @property
    def name(self) -> str:
        """Which program it is, and its version."""

    def read(self, content: bytes) -> ReadPicture:
        """Everything read in a picture; NotRead says why where nothing could be."""


@dataclass(frozen=True, slots=True)
class CameraNote:
    """What a camera wrote into a file. Anybody can change it; None where it does not say."""

    taken_at: datetime | None
    """By the camera's clock, without a zone."""
    device: str | None
    software: str | None
    placed: bool
    """Whether it says where it was taken: then it is personal data by itself."""


@dataclass(frozen=True, slots=True)
class Bottom:
    """What a telephone's system draws at the lower end of its screen."""

    says: str
    """`home_indicator` for the line, `navigation_keys` for the three keys."""
    box: Box
    """In the view's own pixels."""
    confidence: float


class PictureTools(Protocol):
    """What is done with a picture without reading it."""

    def print_of(self, view: bytes, text: str, piece: int) -> Print:
        """What it is recognised by; ValueError if it is no picture."""

    def camera_note(self, original: bytes) -> CameraNote | None:
        """What the camera wrote, or None."""

    def size(self, view: bytes) -> tuple[int, int]:
        """Width and height; ValueError if it is no picture."""

    def hidden(self, view: bytes, boxes: Sequence[Box], passages: Sequence[Box]) -> bytes:
        """A new PNG: boxes painted over, passages framed and numbered, no metadata."""

    def fitted(self, view: bytes, media: str, most_bytes: int | None) -> bytes:
        """A neutral copy as `jpeg` or `png`, made smaller until it fits; ValueError if none is."""

    def paged(self, views: Sequence[bytes]) -> bytes:
        """Pictures as the pages of one PDF, without metadata."""

    def bottom(self, view: bytes) -> Bottom | None:
        """What closes an upright screen at its lower end, or None where nothing is seen."""

    def differences(self, one: bytes, other: bytes) -> list[Box]:
        """Where two nearly equal pictures differ, in the pixels of the first."""


class LookStreams(Streams[Looks, LookStep], Protocol):
    """The looks at all exhibits, and by what their pictures are recognised."""

    def of_exhibit(self, exhibit: ExhibitId) -> Held[Looks] | None:
        """Those at one exhibit, if there were any."""

    def of_case(self, case: CaseId) -> Sequence[Looks]:
        """Those at all exhibits of a case."""

    def keep_print(self, exhibit: ExhibitId, case: CaseId, found: Print) -> None:
        """Keep by what a picture is recognised, in place of an earlier print of that exhibit."""

    def near(
        self, found: Print, case: CaseId, policy: LikenessPolicy, limit: int
    ) -> list[tuple[ExhibitId, Alike]]:
        """Exhibits of other cases that are likely the same picture, the nearest first."""
