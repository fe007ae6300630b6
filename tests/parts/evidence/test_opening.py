"""Opening strangers' files: in a child for some, and in this process for the many small cases."""

import errno
import io
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from tests.parts.evidence import dangerous
from tests.stories.files_of import PNG

from gongdao.adapters.opening import ChildExaminer, child
from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.kernel.errors import PeerFailed, Refused


def looked(path: Path, folder: Path) -> list[str]:
    """What a child would say, without a process for it."""
    return [each["what"] for each in child.look(path, folder)["drawn"]]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


def test_a_child_draws_a_picture_anew(tmp_path: Path) -> None:
    found = ChildExaminer().look(str(dangerous.photo_with_a_place(tmp_path)), 0)
    assert found.media == "image/jpeg"
    assert [each.what for each in found.drawn] == [Derivative.THUMBNAIL, Derivative.VIEW]
    view = Image.open(io.BytesIO(found.drawn[1].content))
    assert (view.format, view.size) == ("WEBP", (20, 80)), "turned upright"
    assert not view.getexif()
    assert b"taken at home" not in found.drawn[1].content
    assert "without metadata; pillow" in found.drawn[1].recipe


def test_a_child_that_does_not_end_is_ended(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"file\.took_too_long"):
        ChildExaminer(seconds=0.01).look(str(dangerous.picture(tmp_path)), 0)


def test_a_child_that_dies_is_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Refused, match=r"file\.broken"):
        ChildExaminer().look(str(dangerous.picture(tmp_path)), 0)


def test_nobody_waits_for_ever_behind_costly_files(tmp_path: Path) -> None:
    examiner = ChildExaminer(patience=0.01)
    path = str(dangerous.picture(tmp_path))
    with examiner.room, examiner.room, pytest.raises(PeerFailed, match=r"file\.not_opened"):
        examiner.look(path, 0)


def test_a_full_disk_says_nothing_about_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    path = str(dangerous.picture(tmp_path))
    said = {"refused": "file.broken", "ours": True}
    with monkeypatch.context() as patched:
        patched.setattr(ChildExaminer, "_ask", lambda *_: said)
        with pytest.raises(PeerFailed, match=r"file\.not_opened"):
            ChildExaminer().look(path, 0)
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "mkdtemp", full)
        with pytest.raises(PeerFailed, match=r"file\.not_opened"):
            ChildExaminer().look(path, 0)


def test_a_child_says_when_it_had_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(child, "bound_oneself", lambda *_: None)
    monkeypatch.setattr(child, "look", full)
    monkeypatch.setattr(sys, "argv", ["child", str(tmp_path), str(tmp_path)])
    child.main()
    assert json.loads(capsys.readouterr().out)["ours"] is True


def test_a_child_has_little_of_everything() -> None:
    code = (
        "import resource as r, sys; from gongdao.adapters.opening import child;"
        "child.look = lambda *_: [r.getrlimit(w)[1] for w in (r.RLIMIT_AS, r.RLIMIT_CPU)];"
        "sys.argv = ['child', 'a', 'b']; child.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [child.MEMORY, child.PROCESSOR_SECONDS]


def test_bombs_are_refused_before_they_go_off(tmp_path: Path, out: Path) -> None:
    with pytest.raises(Refused, match=r"file\.too_many_pixels"):
        looked(dangerous.bomb(tmp_path), out)
    with pytest.raises(Refused, match=r"file\.bomb"):
        looked(dangerous.office(tmp_path, content=bytes(40_000_000)), out)


def test_what_can_run_in_a_pdf_is_taken_out_of_the_copy_alone(tmp_path: Path, out: Path) -> None:
    path = dangerous.running_pdf(tmp_path)
    before = path.read_bytes()
    assert looked(path, out) == ["neutral", "thumbnail", "view"]
    assert path.read_bytes() == before
    with pikepdf.open(out / "neutral.pdf") as copy:
        assert "/OpenAction" not in copy.Root
        assert not copy.attachments
        assert "/AA" not in copy.pages[0].obj
        assert "/A" not in copy.pages[0].obj.Annots[0]
        assert "/Info" not in copy.trailer
    content = (out / "neutral.pdf").read_bytes()
    for word in (b"calc.exe", b"app.alert", b"evil.example", b"payload", b"Zhang San"):
        assert word not in content


def test_nothing_runs_at_the_end_of_a_jump_either(tmp_path: Path, out: Path) -> None:
    looked(dangerous.chained_pdf(tmp_path), out)
    with pikepdf.open(out / "neutral.pdf") as copy:
        copy.save(out / "plain.pdf", qdf=True)
        links = copy.pages[0].obj.Annots
        assert ["/A" in link for link in links] == [True] * 5 + [False, True]
        assert links[6].A.S == "/GoTo", "a jump within the document stays"
        assert copy.Root.Outlines.First.Next.Title == "b", "and so does the outline"
    assert b"run-" not in (out / "plain.pdf").read_bytes()


@pytest.mark.parametrize(
    ("name", "code"),
    [("../../x", "file.traversal"), ("word/vbaProject.bin", "file.macros")],
)
def test_office_documents_are_only_listed(tmp_path: Path, out: Path, name: str, code: str) -> None:
    assert looked(dangerous.office(tmp_path), out) == []
    with pytest.raises(Refused, match=code):
        looked(dangerous.office(tmp_path, name), out)


def test_a_locked_pdf_says_that_it_is_locked(tmp_path: Path, out: Path) -> None:
    with pytest.raises(Refused, match=r"file\.locked"):
        looked(dangerous.locked_pdf(tmp_path), out)


def test_a_long_screenshot_stays_readable(tmp_path: Path, out: Path) -> None:
    looked(dangerous.picture(tmp_path, (1080, 8000)), out)
    with Image.open(out / "view.webp") as view, Image.open(out / "thumbnail.webp") as small:
        assert view.size == (1080, 8000)
        assert max(small.size) == 320


def test_damaged_files_never_get_past_the_child(tmp_path: Path, out: Path) -> None:
    """A few seeded damages; `bench/fuzz_files.py` makes them for as long as one likes."""
    damage(tmp_path, out, rounds=40, seed=2026)


def damage(folder: Path, out: Path, rounds: int, seed: int) -> int:
    """Change bytes of good files: each is opened, or refused, and nothing else happens."""
    chance, opened = random.Random(seed), 0
    good = [
        dangerous.picture(folder).read_bytes(),
        dangerous.photo_with_a_place(folder).read_bytes(),
        dangerous.running_pdf(folder).read_bytes(),
        dangerous.office(folder).read_bytes(),
        dangerous.broken_png(),
        PNG,
    ]
    path = folder / "damaged"
    for _ in range(rounds):
        content = bytearray(chance.choice(good))
        for _ in range(chance.randrange(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content[: chance.randrange(8, len(content) + 1)])
        try:
            child.look(path, out)
            opened += 1
        except Exception:  # noqa: BLE001, S112 – the child answers `file.broken` to any of them
            continue
    return opened
