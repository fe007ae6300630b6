"""Fingerprints, differences, redaction and EXIF, on pictures of the hard set and small ones."""

import subprocess
import zlib
from functools import cache
from io import BytesIO

import pytest
from bench.hard_set.drawing import FONTS
from bench.hard_set.making import make
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image, ImageDraw
from tests.parts.house_pack import shipped

from gongdao.adapters.picture_files.bottom_bar import bottom_bar
from gongdao.adapters.picture_files.differences import differences
from gongdao.adapters.picture_files.exif import camera_note
from gongdao.adapters.picture_files.fingerprints import fingerprint, print_of
from gongdao.adapters.picture_files.opening import MOST_PIXELS, opened
from gongdao.adapters.picture_files.redacting import marked, redacted
from gongdao.domain.evidence.likeness import LikeBy, alike
from gongdao.domain.evidence.reading import Box

POLICY = shipped.pictures().likeness
KEY = b"a key for tests"
TEXT = "订单编号2026110312345678创建时间付款时间实付款七天无理由退货商家承担运费青禾家居旗舰店"


@cache
def drawn(name: str) -> Image.Image:
    if not all(FONTS[font][0].exists() for font in ("noto", "emoji")):
        pytest.skip("needs Debian's fonts-noto-cjk and fonts-noto-color-emoji")
    return opened(make(name).picture)


def spoiled(picture: Image.Image, quality: int, share: float) -> Image.Image:
    small = picture.resize((round(picture.width * share), round(picture.height * share)))
    out = BytesIO()
    small.save(out, "JPEG", quality=quality)
    return opened(out.getvalue())


def test_a_picture_is_known_again_compressed_and_halved_and_others_are_not() -> None:
    names = [
        "tune-27-bill_split-clean",
        "tune-30-notice-clean",
        "tune-12-order-clean",
        "tune-36-shade-clean",
    ]
    prints = [print_of(drawn(name), "", POLICY.piece, KEY) for name in names]
    for name, one in zip(names, prints, strict=True):
        again = print_of(spoiled(drawn(name), 30, 0.5), "", POLICY.piece, KEY)
        found = alike(one, again, POLICY)
        assert found is not None
        assert (found.by, found.away <= 20) == (LikeBy.PICTURE, True)
    for at, one in enumerate(prints):
        assert [alike(one, other, POLICY) for other in prints[at + 1 :]] == [None] * (3 - at)


def test_a_heavy_crop_is_known_again_by_its_text() -> None:
    whole = print_of(drawn("tune-12-order-clean"), TEXT * 2, POLICY.piece, KEY)
    crop = drawn("tune-12-order-clean").crop((0, 900, 1000, 1500))
    found = alike(whole, print_of(crop, TEXT, POLICY.piece, KEY), POLICY)
    assert found is not None
    assert found.by is LikeBy.TEXT
    other_key = print_of(crop, TEXT, POLICY.piece, b"another")
    assert alike(whole, other_key, POLICY) is None, "the pieces mean nothing without the key"


def test_the_lower_end_of_a_screen_is_seen_and_not_where_it_is_cut_off() -> None:
    keys, line = drawn("tune-27-bill_split-clean"), drawn("tune-00-chat-clean")
    for picture, says in ((keys, "navigation_keys"), (line, "home_indicator")):
        for view in (picture, spoiled(picture, 30, 0.5)):
            found = bottom_bar(view)
            assert found is not None
            assert found.says == says
            assert found.box.top > view.height * 0.95
            assert abs(found.box.middle[0] - view.width / 2) < view.width * 0.02
        for share in (0.02, 0.05, 0.13, 0.31, 0.5):
            cut = picture.crop((0, 0, picture.width, round(picture.height * (1 - share))))
            assert bottom_bar(cut) is None, share
    hidden = keys.copy()
    ImageDraw.Draw(hidden).rectangle([0, keys.height - 80, keys.width, keys.height], fill=(17,) * 3)
    assert bottom_bar(hidden) is None


def test_where_two_pictures_differ_is_shown_and_compression_is_no_difference() -> None:
    first = drawn("tune-27-bill_split-clean")
    edited = first.copy()
    ImageDraw.Draw(edited).rectangle([300, 700, 420, 760], fill=(200, 200, 200))
    [box] = differences(first, spoiled(edited, 60, 1.0))
    assert (box.left <= 300, box.top <= 700, box.right >= 420, box.low >= 760) == (True,) * 4
    assert box.width < 200
    assert differences(first, spoiled(first, 60, 1.0)) == []


def with_metadata() -> bytes:
    """A photo that says who took it where."""
    picture = Image.new("RGB", (120, 80), "white")
    ImageDraw.Draw(picture).rectangle([20, 20, 60, 50], fill=(200, 10, 10))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "Phonemaker", "Model 7", "Editor 3"
    exif[0x0132] = "2026:11:03 12:33:41"
    exif[0x013B] = "SECRET OWNER"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 10.0)
    out = BytesIO()
    picture.save(out, "JPEG", quality=95, exif=exif, comment=b"SECRET COMMENT")
    return out.getvalue() + SMALL  # as telephones do that keep a second picture behind the first


def _small() -> bytes:
    """The same photo in small."""
    out = BytesIO()
    Image.effect_noise((24, 16), 60).save(out, "JPEG")
    return out.getvalue()


SMALL = _small()


def test_exif_says_when_and_with_what() -> None:
    said = camera_note(with_metadata())
    assert said is not None
    assert (said.device, said.software, said.placed) == ("Phonemaker Model 7", "Editor 3", True)
    assert f"{said.taken_at:%Y-%m-%d %H:%M}" == "2026-11-03 12:33"
    assert camera_note(b"no picture") is None
    assert camera_note(b"Exif, and no picture") is None


def test_no_strangers_picture_is_opened_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow decodes a PNG to the end, looking for what is written behind its points."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x0131] = "Editor 3"
    Image.new("RGB", (120, 80), "white").save(out, "PNG", exif=exif)
    plain = BytesIO()
    Image.new("RGB", (120, 80), "white").save(plain, "PNG")

    def opens(*_args: object, **_more: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Image, "open", opens)
    said = camera_note(out.getvalue())
    assert said is not None
    assert said.software == "Editor 3"
    monkeypatch.setattr(subprocess, "run", opens)
    assert camera_note(plain.getvalue()) is None, "and nothing is started where there is no note"


def test_nothing_of_what_is_hidden_survives_in_the_derivative() -> None:
    """No pixel, no word, no small picture of the whole, nothing that the camera wrote."""
    original = with_metadata()
    clean = redacted(opened(original), [Box(18, 18, 62, 52)])
    raw = clean + b"".join(_inflated(clean))
    words = (b"SECRET", b"Phonemaker", b"Model 7", b"Exif", b"Editor", b"2026:11:03", SMALL[:40])
    for word in words:
        assert word in original
        assert word not in raw
    for chunk in (b"tEXt", b"zTXt", b"eXIf", b"iTXt", b"iCCP", b"tIME", b"JFIF", b"\xff\xd8\xff"):
        assert chunk not in raw
    assert {chunk for chunk, _ in _chunks(clean)} == {b"IHDR", b"IDAT", b"IEND"}
    assert clean.endswith(b"IEND\xaeB`\x82"), "nothing behind its end"
    with Image.open(BytesIO(clean)) as picture:
        assert (picture.info, dict(picture.getexif())) == ({}, {})
    assert camera_note(clean) is None
    pixels = opened(clean)
    under = pixels.crop((16, 16, 65, 55))
    assert under.getcolors() == [(49 * 39, (0, 0, 0))]
    assert pixels.getpixel((100, 70)) == (255, 255, 255)
    points = pixels.tobytes()
    seen = set(zip(points[::3], points[1::3], points[2::3], strict=True))
    assert not any(red > 150 > blue + green for red, green, blue in seen), "nor its blurred edge"


@settings(max_examples=25, deadline=None)
@given(some.tuples(*[some.integers(-50, 250)] * 4))
def test_whatever_the_box_its_pixels_are_gone(edges: tuple[int, int, int, int]) -> None:
    left, right = sorted(edges[:2])
    top, low = sorted(edges[2:])
    picture = (
        Image.effect_noise((120, 80), 90).convert("RGB").point([max(v, 9) for v in range(256)] * 3)
    )
    clean = opened(redacted(picture, [Box(left, top, right, low)]))
    if right >= 0 and left < 120 and low >= 0 and top < 80:
        inside = clean.crop((max(left, 0), max(top, 0), min(right + 1, 120), min(low + 1, 80)))
        assert inside.getcolors() == [(inside.width * inside.height, (0, 0, 0))]


def test_passages_are_framed_in_red_and_numbered() -> None:
    page = Image.new("RGB", (600, 400), "white")
    out = opened(
        marked(page, [Box(10, 10, 50, 30)], [Box(100, 100, 300, 140), Box(100, 200, 300, 240)])
    )
    assert out.getpixel((30, 20)) == (0, 0, 0)
    assert out.getpixel((200, 98)) == (214, 32, 24)
    assert out.getpixel((200, 120)) == (255, 255, 255), "what is framed stays readable"


def test_what_is_no_picture_or_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="unreadable"):
        opened(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    out = BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    for limit in (None, MOST_PIXELS, 200_000_000):  # whatever others set for the whole process
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit)
        with pytest.raises(ValueError, match=r"picture\.too_large"):
            opened(out.getvalue())


def test_fingerprints_have_256_bits() -> None:
    assert 0 < fingerprint(drawn("tune-27-bill_split-clean")).bit_length() <= 256


def _chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    at, found = 8, []
    while at < len(png):
        size = int.from_bytes(png[at : at + 4])
        found.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def _inflated(png: bytes) -> list[bytes]:
    return [zlib.decompress(b"".join(data for kind, data in _chunks(png) if kind == b"IDAT"))]
