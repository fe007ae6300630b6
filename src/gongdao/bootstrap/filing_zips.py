"""A filing's packet as a ZIP: the same bytes whenever it is made of the same things."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from gongdao.domain.flows.filing_packets import FilingPacket

_FIRST = (1980, 1, 1, 0, 0, 0)


def zipped(packet: FilingPacket) -> bytes:
    """The packet; pictures are small already, and nothing is compressed."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for file in packet.files:
            archive.writestr(ZipInfo(file.name, _FIRST), file.content)
    return out.getvalue()
