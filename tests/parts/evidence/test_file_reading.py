"""Text and sound out of strangers' files: in a child for some, in this process for small cases."""

import random
import sys
from pathlib import Path

import pytest
from tests.parts.evidence import dangerous, documents

from gongdao.adapters.file_reading import ChildFileReader, child, office, pdf, read_file_of, sound
from gongdao.domain.evidence import file_text
from gongdao.domain.evidence.file_text import ReadFile, lines_of
from gongdao.domain.evidence.looking_ports import NotRead
from gongdao.domain.evidence.media import AMR, DOCX, M4A, MP3, PDF, PNG, PPTX, TEXT, WAV, XLSX


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file"


def read(path: Path, content: bytes, media: str) -> ReadFile:
    path.write_bytes(content)
    return child.read(path, media)


def places(found: ReadFile) -> dict[str, str]:
    return {part.place: part.text for part in found.parts}


def remarks(found: ReadFile) -> dict[str, tuple[int, int]]:
    return {each.code: (each.count, each.of) for each in found.remarks}


def test_a_child_reads_a_document_and_says_by_what() -> None:
    reader = ChildFileReader()
    found = reader.read([documents.LETTER[:100], documents.LETTER[100:]], DOCX.media)
    assert "收货人：陈小明\n" in found.parts[0].text
    assert "pdfium" in reader.name


def test_a_letter_is_read_by_pages_with_what_stands_beside(path: Path) -> None:
    found = read(path, documents.LETTER, DOCX.media)
    said = places(found)
    assert said["page:1"].split("\n")[:2] == ["收货人：陈小明", "付款 ¥128.00\t2026-11-03"]
    assert "甲 \t乙" in said["page:1"]
    assert "第二页" in said["page:2"]
    assert (said["edges"], said["comments"]) == ("某某公司", "批注：再核对")
    assert "被删掉的话" not in "".join(said.values())
    assert remarks(found) == {"taken_back": (1, 0)}


def test_a_workbook_is_read_by_sheets_with_days_as_days(path: Path) -> None:
    found = read(path, documents.xlsx(), XLSX.media)
    assert places(found) == {
        "sheet:1": "流水\n日期\t金额\n2026-11-03\t128.5\t13800138000\t2026-11-03 12:00:00",
        "sheet:2": "备用\nTRUE",
    }
    assert remarks(found) == {"sheets": (2, 0), "sheets_hidden": (1, 0), "formulas": (1, 0)}


def test_slides_come_in_the_order_in_which_they_are_shown(path: Path) -> None:
    found = read(path, documents.pptx(), PPTX.media)
    said = {place: text.strip() for place, text in places(found).items()}
    assert said == {"slide:1": "第二张", "slide_notes:1": "讲稿", "slide:2": "第一张"}
    assert remarks(found) == {"slides": (2, 0), "slides_hidden": (1, 0)}


def test_a_pdf_is_read_by_pages_and_pages_without_text_are_counted(path: Path) -> None:
    found = read(path, documents.pdf(["Order 2026\nline two", ""]), PDF.media)
    assert places(found)["page:1"].split("\n") == ["Order 2026", "line two"]
    assert remarks(found) == {"pages": (2, 0), "pages_without_text": (1, 2)}


def test_ten_thousand_pages_are_cut_and_that_is_said(path: Path) -> None:
    content = documents.pdf(["p"] * 10_000)
    found = read(path, content, PDF.media)
    assert len(found.parts) == pdf.MOST_PAGES
    assert remarks(found)["pages_cut"] == (pdf.MOST_PAGES, 10_000)


@pytest.mark.parametrize("media", [DOCX.media, XLSX.media, PPTX.media, PDF.media, WAV.media])
def test_what_is_damaged_says_so(path: Path, media: str) -> None:
    with pytest.raises(NotRead, match=r"reading\.broken"):
        read(path, documents.LETTER[:-200], media)


def test_what_is_locked_says_so(path: Path, tmp_path: Path) -> None:
    with pytest.raises(NotRead, match=r"reading\.locked"):
        read(path, dangerous.locked_pdf(tmp_path).read_bytes(), PDF.media)


def test_xml_that_multiplies_itself_is_not_read(path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(NotRead, match=r"reading\.broken"):
        read(path, documents.zipped({"word/document.xml": bomb}), DOCX.media)


def test_macros_and_large_files_in_a_document_are_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "MOST_UNPACKED", 400)
    body = "".join(map(documents.paragraph, "一二三四五六七八九十"))
    found = read(path, documents.docx(body, vbaProject="x"), DOCX.media)
    assert remarks(found) == {"files_cut": (1, 0)}
    assert found.parts[0].text.startswith("一\n二")
    content = documents.zipped({"word/document.xml": "<x/>", "word/vbaProject.bin": "x"})
    assert remarks(read(path, content, DOCX.media)) == {"macros": (0, 0)}


def test_plain_text_is_read_in_both_encodings_and_pages_lose_what_runs(path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert places(read(path, "阿杰：在吗".encode(encoding), TEXT.media)) == {"": "阿杰：在吗"}
    page = b"<!DOCTYPE html><body><script>alert(1)</script><p>a</p><p>b</p></body>"
    found = read(path, page, "text/html")
    assert (places(found), remarks(found)) == ({"": "a\nb"}, {"page": (0, 0)})


@pytest.mark.parametrize(
    ("content", "media", "seconds", "drawn"),
    [
        (documents.wav(), WAV.media, 2.0, True),
        (documents.MP3, MP3.media, 1.04, True),
        (documents.AMR, AMR.media, 5.0, False),
        (documents.M4A, M4A.media, 61.5, False),
    ],
)
def test_a_recording_has_a_length_and_a_waveform_where_it_can_be_decoded(
    path: Path, content: bytes, media: str, seconds: float, *, drawn: bool
) -> None:
    found = read(path, content, media).sound
    assert found is not None
    assert found.seconds == pytest.approx(seconds, abs=0.1)
    assert bool(found.peaks) == drawn


def test_a_waveform_grows_with_the_sound(path: Path) -> None:
    found = read(path, documents.wav(60), WAV.media).sound
    assert found is not None
    assert (len(found.peaks), max(found.peaks)) == (file_text.BARS, 100)
    assert found.peaks[10] < found.peaks[120] < found.peaks[230]
    assert sound.LONGEST > 60


def test_a_child_that_hangs_dies_or_babbles_is_an_answer(tmp_path: Path) -> None:
    del tmp_path
    slow = ChildFileReader(seconds=0.01)
    with pytest.raises(NotRead, match=r"reading\.took_too_long"):
        slow.read([b"x"], TEXT.media)
    with pytest.raises(NotRead, match=r"reading\.broken"):
        ChildFileReader(child="json.no_such_module").read([b"x"], TEXT.media)
    with pytest.raises(NotRead, match=r"reading\.broken"):
        ChildFileReader(child="this").read([b"x"], TEXT.media)
    with pytest.raises(KeyError):
        read_file_of({})
    with pytest.raises(NotRead, match=r"reading\.no_text"):
        child.read(Path("x"), PNG.media)
    assert sys.executable


def test_long_texts_and_lines_are_cut_and_nothing_else_is_lost() -> None:
    text = "\n".join(["字" * 1000, "", "a b"])
    lines, cut = lines_of(ReadFile((file_text.Part("page:1", text),)))
    assert ("".join(line.text for line in lines), cut) == ("字" * 1000 + "a b", None)
    assert max(len(line.text) for line in lines) == file_text.LONGEST_LINE
    lines, cut = lines_of(ReadFile((file_text.Part("", "x\n" * 6000),)))
    assert cut == file_text.Remark("lines_cut", file_text.MOST_LINES, 6000)


def test_damage_is_always_an_answer(path: Path) -> None:
    """A few seeded damages; `bench/fuzz_files.py` makes them for as long as one likes."""
    chance = random.Random(19)
    good = [
        (documents.LETTER, DOCX.media), (documents.xlsx(), XLSX.media),
        (documents.pptx(), PPTX.media), (documents.pdf(["text", "more"]), PDF.media),
        (documents.wav(0.2), WAV.media), (documents.MP3, MP3.media), (documents.M4A, M4A.media),
    ]  # fmt: skip
    for _ in range(60):
        content, media = chance.choice(good)
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read(path, bytes(damaged), media)
        except Exception:  # noqa: BLE001, S112 – the child answers `reading.broken` to any of them
            continue
