"""What a file is, by its bytes: what is let in, what is refused and why, and no surprise."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stories.files_of import PDF, PNG

from gongdao.domain.evidence import media
from gongdao.domain.evidence.media import KNOWN, office, sniff
from gongdao.domain.evidence.uploads import clean_name
from gongdao.domain.kernel.errors import Refused

TAKEN = {
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "image/gif": b"GIF89a\x01\x00\x01\x00",
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "image/heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "application/pdf": PDF,
    "audio/amr": b"#!AMR\n\x3c\x91",
    "audio/mpeg": b"ID3\x04\x00",
    "audio/mp4": b"\x00\x00\x00\x20ftypM4A \x00",
    "audio/wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "video/mp4": b"\x00\x00\x00\x20ftypisom\x00",
    "video/quicktime": b"\x00\x00\x00\x14ftypqt  \x00",
    "video/webm": b"\x1aE\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
    "text/html": b"<!DOCTYPE html><body><p>Jie 21:03</p><p>hi</p><p>Chen 21:05</p></body>",
    "text/plain": "2026年11月2日 21:03 张三：你好\n".encode(),
}
REFUSED = {
    "file.empty": [b""],
    "file.page": [
        b"<!DOCTYPE html><html>",
        b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"<!DOCTYPE html><body onload=x()><p>Jie 21:03</p><p>Chen 21:05</p>",
        b"<html><p>Jie 21:03</p><p>Chen 21:05</p><script src=x></script>",
        b"<html><p>an essay</p>",
        b"hello <script>alert(1)</script>",
        "<html>".encode("utf-16"),
    ],
    "file.program": [b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh\n", b"\xca\xfe\xba\xbe"],
    "file.archive": [
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
        b"\x1f\x8b\x08",
        bytes(257) + b"ustar",
    ],
    "file.old_office": [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
    "file.two_in_one": [PNG + b"PK\x05\x06" + bytes(18), PDF + b"PK\x05\x06" + bytes(18)],
    "file.unknown": [b"\x00\x01\x02\x03", b"\x00\x00\x00\x18ftypxxxx", bytes(100)],
}


@pytest.mark.parametrize(("name", "content"), TAKEN.items())
def test_what_is_in_the_list_is_let_in(name: str, content: bytes) -> None:
    assert sniff(content, content).media == name


@pytest.mark.parametrize(
    ("code", "content"), [(code, each) for code, several in REFUSED.items() for each in several]
)
def test_what_is_not_is_refused_by_its_reason(code: str, content: bytes) -> None:
    with pytest.raises(Refused) as said:
        sniff(content, content)
    assert said.value.code == code


def test_text_of_both_chinese_encodings_is_text() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        content = ("聊天记录：你好。" * 5000).encode(encoding)[: media.HEAD]
        assert sniff(content, content).media == "text/plain"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["[Content_Types].xml", "word/document.xml", "../../etc/x"], "file.traversal"),
        (["[Content_Types].xml", "word\\..\\..\\x"], "file.traversal"),
        (["[Content_Types].xml", "/etc/passwd"], "file.traversal"),
        (["[Content_Types].xml", "C:/x"], "file.traversal"),
        (["[Content_Types].xml", "word/vbaProject.bin"], "file.macros"),
        (["a.txt"], "file.archive"),
        (["[Content_Types].xml", "other/x"], "file.archive"),
    ],
)
def test_only_office_documents_without_surprises_are_taken(names: list[str], code: str) -> None:
    with pytest.raises(Refused) as said:
        office(names)
    assert said.value.code == code


def test_which_office_document_it_is() -> None:
    for folder, medium in media.OFFICE.items():
        assert office(["[Content_Types].xml", f"{folder}document.xml"]) == medium


BEGINNINGS = st.sampled_from([b"", PNG[:16], PDF[:8], b"PK\x03\x04", b"RIFF\0\0\0\0", b"<", b"BM"])


@given(BEGINNINGS, st.binary(max_size=400), st.binary(max_size=100))
def test_whatever_comes_it_is_known_or_refused(start: bytes, rest: bytes, tail: bytes) -> None:
    with suppress(Refused):
        assert sniff(start + rest, tail).media in KNOWN


@given(st.text(max_size=300), st.integers(1, 250))
def test_a_name_is_one_line_without_a_folder(name: str, most: int) -> None:
    clean = clean_name(name, most)
    assert 0 < len(clean) <= max(most, 1)
    assert "/" not in clean
    assert clean.isprintable()


def test_the_end_of_a_long_name_stays() -> None:
    assert clean_name("很长的名字" * 100 + ".png", 20).endswith(".png")
    assert clean_name("C:\\Users\\张三\\截屏.png", 200) == "截屏.png"
