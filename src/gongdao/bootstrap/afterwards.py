"""What is printed after a dispute: papers for authorities, and the file for a lawyer."""

from gongdao import bootstrap
from gongdao.bootstrap.papers import allow
from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.ids import DisputeId

LEGAL_FILE = "legal_file"
"""What the file for a claim of reputation is called among the papers."""


def printed(dispute: DisputeId, code: str, language: str, caller: Caller) -> bytes:
    """A paper or the legal file as PDF/A; so many a minute."""
    from gongdao.adapters.packet_paper.authority import print_paper  # noqa: PLC0415 – for it alone
    from gongdao.adapters.packet_paper.legal import print_legal_file  # noqa: PLC0415 – the same

    story = bootstrap.app().disputes.afterwards
    if code == LEGAL_FILE:
        file = story.legal_file(dispute, language, caller)
        allow(str(caller.person))
        return print_legal_file(file)
    paper = story.paper(dispute, code, language, caller)
    allow(str(caller.person))
    return print_paper(paper)
