"""The picture tools, joined: what the stories call. Pillow is loaded when one is used."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongdao.domain.evidence.likeness import Print
from gongdao.domain.evidence.looking_ports import Bottom, CameraNote
from gongdao.domain.evidence.reading import Box


@dataclass(frozen=True, slots=True)
class PillowTools:
    """Picture tools over Pillow."""

    key: bytes
    """Keys the pieces of texts that pictures are recognised by."""

    def print_of(self, view: bytes, text: str, piece: int) -> Print:
        """What a picture is recognised by."""
        from gongdao.adapters.picture_files import fingerprints  # noqa: PLC0415
        from gongdao.adapters.picture_files.opening import opened  # noqa: PLC0415

        return fingerprints.print_of(opened(view), text, piece, self.key)

    def camera_note(self, original: bytes) -> CameraNote | None:
        """What the camera wrote."""
        from gongdao.adapters.picture_files import exif  # noqa: PLC0415

        return exif.camera_note(original)

    def size(self, view: bytes) -> tuple[int, int]:
        """Width and height."""
        from gongdao.adapters.picture_files.opening import opened  # noqa: PLC0415

        return opened(view).size

    def hidden(self, view: bytes, boxes: Sequence[Box], passages: Sequence[Box]) -> bytes:
        """A new PNG with boxes painted over and passages framed."""
        from gongdao.adapters.picture_files import redacting  # noqa: PLC0415
        from gongdao.adapters.picture_files.opening import opened  # noqa: PLC0415

        return redacting.marked(opened(view), boxes, passages)

    def fitted(self, view: bytes, media: str, most_bytes: int | None) -> bytes:
        """A neutral copy that fits."""
        from gongdao.adapters.picture_files import fitting  # noqa: PLC0415
        from gongdao.adapters.picture_files.opening import opened  # noqa: PLC0415

        return fitting.fitted(opened(view), media, most_bytes)

    def paged(self, views: Sequence[bytes]) -> bytes:
        """One PDF."""
        from gongdao.adapters.picture_files import fitting  # noqa: PLC0415
        from gongdao.adapters.picture_files.opening import opened  # noqa: PLC0415

        return fitting.paged([opened(view) for view in views])

    def bottom(self, view: bytes) -> Bottom | None:
        """What is seen at the lower end."""
        from gongdao.adapters.picture_files import bottom_bar  # noqa: PLC0415
        from gongdao.adapters.picture_files.opening import opened  # noqa: PLC0415

        return bottom_bar.bottom_bar(opened(view))

    def differences(self, one: bytes, other: bytes) -> list[Box]:
        """Where two differ."""
        from gongdao.adapters.picture_files import differences  # noqa: PLC0415
        from gongdao.adapters.picture_files.opening import opened  # noqa: PLC0415

        return differences.differences(opened(one), opened(other))
