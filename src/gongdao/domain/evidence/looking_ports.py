"""What looking at exhibits needs from outside."""

from typing import Protocol

from gongdao.domain.evidence.reading import ReadPicture


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
