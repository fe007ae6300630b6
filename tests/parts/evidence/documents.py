"""Small documents and recordings as people have them, made here."""

import io
import math
import struct
import wave
import zipfile
from collections.abc import Sequence

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def zipped(files: dict[str, str]) -> bytes:
    """A document with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as document:
        for name, content in {"[Content_Types].xml": "<Types/>", **files}.items():
            document.writestr(name, content)
    return out.getvalue()


def rels(**targets: str) -> str:
    """What a file of a document refers to."""
    each = "".join(f'<Relationship Id="{k}" Target="{v}"/>' for k, v in targets.items())
    return f'{_HEAD}<Relationships xmlns="{_RELS}">{each}</Relationships>'


def docx(body: str, **more: str) -> bytes:
    """A text; `body` is the inside of w:body."""
    files = {"word/document.xml": f"{_HEAD}<w:document {_W}><w:body>{body}</w:body></w:document>"}
    files |= {f"word/{name}.xml": f"<w:x {_W}>{inside}</w:x>" for name, inside in more.items()}
    return zipped(files)


def paragraph(*runs: str) -> str:
    """One paragraph of plain runs."""
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


LETTER = docx(
    paragraph("收货人：", "陈小明")
    + "<w:p><w:r><w:t>付款 ¥128.00</w:t><w:tab/><w:t>2026-11-03</w:t></w:r></w:p>"
    + "<w:p><w:del><w:r><w:delText>被删掉的话</w:delText></w:r></w:del></w:p>"
    + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
    + "<w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    + '<w:p><w:r><w:br w:type="page"/><w:t>第二页 电话13800138000</w:t></w:r></w:p>',
    header1=paragraph("某某公司"),
    comments=paragraph("批注：再核对"),
)


def xlsx() -> bytes:
    """A workbook of two sheets, the second hidden, with a day, a formula and shared words."""
    book = (
        f'<workbook {_S} {_R}><sheets><sheet name="流水" sheetId="1" r:id="r1"/>'
        '<sheet name="备用" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>'
    )
    strings = (
        f"<sst {_S}><si><t>日期</t></si><si><r><t>金</t></r><r><t>额</t></r>"
        "<rPh><t>jin</t></rPh></si></sst>"
    )
    styles = (
        f'<styleSheet {_S}><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m"/>'
        '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>'
        "</styleSheet>"
    )
    sheet = (
        f'<worksheet {_S}><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        '<row><c s="1"><v>46329</v></c><c><f>1+2</f><v>128.5</v></c>'
        '<c t="inlineStr"><is><t>13800138000</t></is></c><c s="2"><v>46329.5</v></c></row>'
        "</sheetData></worksheet>"
    )
    other = f'<worksheet {_S}><sheetData><row><c t="b"><v>1</v></c></row></sheetData></worksheet>'
    return zipped(
        {
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": rels(r1="worksheets/a.xml", r2="/xl/worksheets/b.xml"),
            "xl/sharedStrings.xml": strings,
            "xl/styles.xml": styles,
            "xl/worksheets/a.xml": sheet,
            "xl/worksheets/b.xml": other,
        }
    )


def pptx() -> bytes:
    """Two slides, the second in the file shown first, one with notes."""

    def slide(text: str, more: str = "") -> str:
        said = f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
        return f"<p:sld {_P} {_A}{more}><p:cSld>{said}</p:cSld></p:sld>"

    order = '<p:sldId id="1" r:id="r2"/><p:sldId id="2" r:id="r1"/>'
    return zipped(
        {
            "ppt/presentation.xml": f"<p:presentation {_P} {_R}><p:sldIdLst>{order}"
            "</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": rels(r1="slides/s1.xml", r2="slides/s2.xml"),
            "ppt/slides/s1.xml": slide("第一张", ' show="0"'),
            "ppt/slides/s2.xml": slide("第二张"),
            "ppt/slides/_rels/s2.xml.rels": rels(n="../notesSlides/n.xml"),
            "ppt/notesSlides/n.xml": slide("讲稿"),
        }
    )


def pdf(pages: Sequence[str]) -> bytes:
    """A PDF with a line of Latin text on each page."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    kids = []
    for text in pages:
        lines = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
        stream = f"BT /F1 12 Tf 14 TL 20 100 Td {lines} ET" if text else ""
        objects.append(f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {len(objects)} 0 R>>"
        )
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode()
    begin = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{at:010} 00000 n \n".encode() for at in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{begin}\n%%EOF".encode()
    return bytes(out)


def wav(seconds: float = 2.0, rate: int = 8000) -> bytes:
    """A tone that grows louder."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        count = int(seconds * rate)
        points = (int(30000 * n / count * math.sin(n / 3)) for n in range(count))
        sound.writeframes(b"".join(struct.pack("<h", point) for point in points))
    return out.getvalue()


MP3 = (b"\xff\xfb\x90\x00" + bytes(413)) * 40
"""A second of silence: forty frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz."""
AMR = b"#!AMR\n" + (b"\x3c" + bytes(31)) * 250
"""Five seconds of frames at 12.2 kbit/s."""


def _box(name: bytes, inside: bytes) -> bytes:
    return struct.pack(">I", 8 + len(inside)) + name + inside


M4A = _box(b"ftyp", b"M4A \0\0\0\0M4A mp42") + _box(
    b"moov", _box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, 61_500) + bytes(80))
)
"""A recording that says that it lasts 61.5 seconds, with nothing in it."""
