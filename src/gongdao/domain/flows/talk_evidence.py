"""A message of the other side as a file, so that it can be an exhibit."""

from datetime import datetime

from gongdao.domain.evidence import media
from gongdao.domain.evidence.exhibits import FileMark
from gongdao.domain.evidence.uploads import Looked, Upload
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.clock import CHINA

_UNSCANNED = "not scanned"


def as_file(r: Records, words: str, at: datetime, number: int) -> Upload:
    """Its words with the moment at which they came, in the shape of a file that was sent."""
    when = at.astimezone(CHINA)
    content = f"{when:%Y-%m-%d %H:%M:%S} +08:00\n\n{words}\n".encode()
    medium = media.sniff(content[: media.HEAD], content[-media.HEAD :])
    if medium is not media.TEXT:
        raise media.refusal("file.unknown")
    mark = r.files.put([content])
    looked = Looked(FileMark(mark.sha256, mark.size, medium.media), medium.kind, (), _UNSCANNED, at)
    return Upload(
        place="",
        name=f"message-{number}-{when:%Y-%m-%d}.txt",
        size=mark.size,
        received=mark.size,
        begun_at=at,
        expires_at=at,
        device=None,
        address=None,
        looked=looked,
    )
