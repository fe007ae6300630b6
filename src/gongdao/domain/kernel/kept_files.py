"""A file that lies in the vault, as any part may point to it."""

from dataclasses import dataclass

from gongdao.domain.kernel.ids import Digest, Sealed


@dataclass(frozen=True, slots=True)
class FileRef:
    """What lies in the vault under a digest, and what it was called."""

    sha256: Digest
    size: int
    media: str
    name: Sealed
