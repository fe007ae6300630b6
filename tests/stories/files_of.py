"""Files that people bring in the stories: as small as they can be, and really what they say."""

from tests.stories.stage import Stage

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.kernel.ids import CaseId, ExhibitId

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea7356ea00000000049454e44ae426082"
)
"""One white point."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n"
BROWSER = "Mozilla/5.0 (Linux; Android 15; V2405A)"
ADDRESS = "192.0.2.77"


def sent(stage: Stage, content: bytes = PNG, name: str = "截屏.png") -> str:
    """Send a file; its token."""
    return stage.app.uploading.send_whole(name, len(content), [content], BROWSER, ADDRESS)


def brought(
    stage: Stage,
    case: CaseId,
    by: Caller,
    content: bytes = PNG,
    name: str = "截屏.png",
    captured: str = "",
) -> ExhibitId:
    """Send a file and hand it in."""
    token = sent(stage, content, name)
    (exhibit,) = stage.app.exhibiting.attach(case, [token], Said(captured), by)
    return exhibit
