"""Reading pictures: the pieces by themselves, then the real reader on one small picture."""

import json
import subprocess
import sys
import time
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from bench.hard_set.drawing import FONTS
from bench.hard_set.making import make
from PIL import Image, ImageDraw, ImageFont
from tests.parts.evidence.read_pictures import line

from gongdao.adapters.confined import FILES, WRITTEN
from gongdao.adapters.picture_reading.child import MEMORY, PROCESSOR_SECONDS
from gongdao.adapters.picture_reading.process import ReadingProcess, installed
from gongdao.adapters.picture_reading.tiles import joined, pieces
from gongdao.domain.evidence.looking_ports import NotRead

HELLO = "import sys;print('{\"ready\": true}',flush=True);"
ANSWERS = (
    '[print(\'{"read":{"width":1,"height":2,"photographed":false,"lines":[]}}\',flush=True)'
    " for l in sys.stdin.buffer if sys.stdin.buffer.read(int(l))]"
)


def fake(program: str, **settings: float) -> ReadingProcess:
    """A reader over a protocol fake: it says what it is told to and reads nothing."""
    return ReadingProcess(program=(sys.executable, "-c", program), **settings)


@pytest.mark.parametrize("height", [1, 1600, 1601, 2340, 8000, 30_000])
def test_pieces_cover_all_and_overlap(height: int) -> None:
    cuts = pieces(height)
    assert (cuts[0][0], cuts[-1][1]) == (0, height)
    assert all(low - top <= 1601 for top, low in cuts)
    assert all(upper[1] - lower[0] >= 150 for upper, lower in pairwise(cuts))


def test_a_line_on_a_seam_is_kept_once_and_whole() -> None:
    above, below = (0, 1000), (800, 1800)
    whole, half = line("一整行的文字", 40, 850), line("一整行", 40, 850)
    rest, cut_off = line("的文字", 172, 850), line("在边上", 40, 975, height=25)
    whole_below = line("在边上的一行", 40, 975)
    lines = joined([(above, [whole, cut_off]), (below, [half, rest, whole_below])], 1800)
    assert [each.text for each in lines] == ["一整行的文字", "在边上的一行"]


@pytest.mark.skipif(not FONTS["noto"][0].exists(), reason="needs Debian's fonts-noto-cjk")
@pytest.mark.skipif(not installed(), reason="needs ./dev reading")
def test_a_photographed_screen_is_found_and_a_flat_one_is_left_alone() -> None:
    from gongdao.adapters.picture_reading.rectifying import upright  # noqa: PLC0415

    made = make("tune-15-order-photographed")
    picture = np.asarray(Image.open(BytesIO(made.picture)))[:, :, ::-1].copy()
    screen = upright(picture)
    assert screen is not None
    item = made.items[len(made.items) // 2]
    assert item.upright is not None
    tall, wide = screen.picture.shape[:2]
    [(x, y)] = screen.seen([(item.upright[0] * wide, item.upright[1] * tall)])
    assert item.box[0] - 30 < x < item.box[2]
    assert item.box[1] - 30 < y < item.box[3] + 30
    flat = make("tune-27-bill_split-clean").picture
    assert upright(np.asarray(Image.open(BytesIO(flat)))[:, :, ::-1].copy()) is None


def test_the_reader_says_when_it_is_gone_and_starts_again() -> None:
    reader = fake(HELLO + "sys.exit()")
    for _ in range(2):
        with pytest.raises(NotRead, match=r"reading\.interrupted"):
            reader.read(b"x")


def test_a_reader_that_hangs_is_given_up() -> None:
    with pytest.raises(NotRead, match=r"reading\.not_started"):
        fake("import time;time.sleep(60)", loads_within=0.3).read(b"x")
    with pytest.raises(NotRead, match=r"reading\.interrupted"):
        fake(HELLO + "import time;time.sleep(60)", reads_within=0.3).read(b"x")


def test_a_reader_without_its_libraries_says_so() -> None:
    program = 'print(\'{"error": "reading.not_installed"}\')'
    with pytest.raises(NotRead, match=r"reading\.not_installed"):
        fake(program).read(b"x")


def test_a_reader_is_told_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGDAO_DATABASE_URL", "postgres://secret")
    program = (
        "import json, os; told = [*sorted(os.environ), os.getcwd() == os.environ['HOME']];"
        "print(json.dumps({'error': json.dumps(told)}))"
    )
    with pytest.raises(NotRead) as said:
        fake(program).read(b"x")
    assert json.loads(str(said.value)) == ["HOME", "LANG", "PATH", True]


ENGINE = """
import resource, sys, types
from dataclasses import make_dataclass
from gongdao.adapters.picture_reading import child
NAMES = ("AS", "CPU", "FSIZE", "NOFILE", "CORE")
class Engine:
    def read(self, content):
        now = [resource.getrlimit(getattr(resource, "RLIMIT_" + name))[0] for name in NAMES]
        return make_dataclass("Read", NAMES)(*now)
engine = types.ModuleType("engine")
engine.Engine = Engine
sys.modules["gongdao.adapters.picture_reading.engine"] = engine
child.main()
"""
"""The real child, with an engine that reads its own limits instead of a picture."""


def test_a_reader_has_little_of_everything() -> None:
    command = [sys.executable, "-c", ENGINE]
    done = subprocess.run(command, input=b"1\nx", capture_output=True, check=True)
    has = json.loads(done.stdout.splitlines()[-1])["read"]
    assert PROCESSOR_SECONDS <= has.pop("CPU") <= PROCESSOR_SECONDS + 10
    assert has == {"AS": MEMORY, "FSIZE": WRITTEN, "NOFILE": FILES, "CORE": 0}


def test_an_idle_reader_gives_its_memory_back() -> None:
    reader = fake(HELLO + ANSWERS, idle_for=0.2)
    assert reader.read(b"x").height == 2
    child = reader._child
    assert child is not None
    end = time.monotonic() + 5
    while child._process.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    assert (reader._child, child._process.poll() is not None) == (None, True)
    assert reader.read(b"x").height == 2
    reader.stop()


@pytest.mark.slow
@pytest.mark.skipif(not installed(), reason="needs ./dev reading")
def test_the_real_reader_reads_a_small_picture_and_refuses_what_is_none() -> None:
    reader = ReadingProcess()
    try:
        with pytest.raises(NotRead, match=r"reading\.no_picture"):
            reader.read(b"<svg/>")
        read = reader.read(_small())
    finally:
        reader.stop()
    assert [each.text for each in read.lines] == ["Order 2026110312345678", "12:30"]
    assert (read.width, read.height, read.photographed) == (700, 200, False)
    assert 60 < read.lines[1].box.top < 140


def _small() -> bytes:
    """Latin letters, so that no font needs to be installed."""
    picture = Image.new("RGB", (700, 200), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(size=36)
    draw.text((30, 20), "Order 2026110312345678", "black", font)
    draw.text((30, 110), "12:30", "black", font)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
