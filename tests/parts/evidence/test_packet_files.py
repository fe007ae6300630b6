"""A ZIP that somebody made for us is refused with a reason, before anything of it is unpacked."""

import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.parts.evidence import packet_writer as writer
from tests.stories.stage import refused
from typer.testing import CliRunner

from gongdao.adapters import packet_files
from gongdao.adapters.packet_files import open_packet
from gongdao.cli.main import app as command_line
from gongdao.domain.kernel.errors import BadInput

TOO_MANY = 200_000


def made(*names: str, content: bytes = b"x", **odd: int) -> bytes:
    """A ZIP with these names, each entry as odd as is said."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            for what, value in odd.items():
                setattr(info, what, value)
            archive.writestr(info, content)
    return kept.getvalue()


def locked() -> bytes:
    """The flag of a password, in the table of contents."""
    whole = bytearray(made("data/packet.json"))
    whole[whole.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(whole)


def cut() -> bytes:
    return writer.zipped(writer.made(1))[:-40]


def bomb() -> bytes:
    """Says that it unpacks to far more than it is."""
    whole = bytearray(made("data/packet.json"))
    at = whole.rindex(b"PK\x01\x02") + 24
    whole[at : at + 4] = (2**32 - 2).to_bytes(4, "little")
    return bytes(whole)


def long_table() -> bytes:
    """A table of contents that says it is very long."""
    whole = bytearray(made("data/packet.json"))
    at = whole.rindex(b"PK\x05\x06") + 12
    whole[at : at + 4] = (2**31).to_bytes(4, "little")
    return bytes(whole)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: made("../data/packet.json"), "verify.bad_name"),
        (lambda: made("/etc/passwd"), "verify.bad_name"),
        (lambda: made("data/../../x"), "verify.bad_name"),
        (lambda: made("C:/x"), "verify.bad_name"),
        (lambda: made("data\\packet.json"), "verify.bad_name"),
        (lambda: made("data/包.json"), "verify.bad_name"),
        (lambda: made("data/" + "a" * 600), "verify.bad_name"),
        (lambda: made("a.txt", external_attr=(stat.S_IFLNK | 0o777) << 16), "verify.link_inside"),
        (lambda: made("a.txt", compress_type=zipfile.ZIP_BZIP2), "verify.locked_file"),
        (locked, "verify.locked_file"),
        (lambda: made("a.txt"), "verify.no_packet"),
        (bomb, "verify.bomb"),
        (long_table, "verify.too_many_files"),
        (cut, "verify.broken_zip"),
        (lambda: b"PK\x03\x04 and nothing", "verify.broken_zip"),
    ],
)
def test_a_zip_that_is_no_packet_is_refused(
    tmp_path: Path, make: Callable[[], bytes], code: str
) -> None:
    place = tmp_path / "given.zip"
    place.write_bytes(make())
    done = CliRunner().invoke(command_line, ["verify", str(place)])
    assert isinstance(done.exception, BadInput), done.output
    assert done.exception.code == code


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "given.zip"
    place.write_bytes(made("data/packet.json", "data/packet.json"))
    with refused("verify.twice_inside", BadInput), open_packet(place):
        pass


def twisted() -> Iterator[bytes]:
    """What one program reads as the packet that was made, and another as something else."""
    whole = writer.zipped(writer.made(1))
    other = made("data/packet.json", content=b"{}")
    yield other + whole  # whoever reads from the beginning meets another packet
    yield whole + other[:30]
    yield whole[:-2] + b"\x05\x00hello"
    for at, value in ((26, b"\x00"), (22, b"\xff"), (8, b"\x08"), (30, b"c")):  # at the file alone
        head = bytearray(whole)
        head[at : at + 1] = value
        yield bytes(head)
    named = zipfile.ZipInfo("data/packet.json")
    named.extra = b"\x75\x70\x05\x00\x01abcd"
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(named, b"{}")
    yield kept.getvalue()


def test_a_zip_that_two_programs_read_in_two_ways_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "given.zip"
    for n, content in enumerate(twisted()):
        place.write_bytes(content)
        with pytest.raises(BadInput) as refusal, open_packet(place):
            pass
        assert refusal.value.code == "verify.broken_zip", n


@dataclass
class Sent:
    """What cannot go back."""

    pieces: list[bytes]

    def write(self, piece: bytes, /) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_a_zip_whose_sizes_stand_behind_its_files_is_read(tmp_path: Path) -> None:
    """As programs write it that pack a folder anew while it is sent."""
    files, place = writer.made(1), tmp_path / "given.zip"
    sent = Sent([])
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    place.write_bytes(b"".join(sent.pieces))
    with open_packet(place) as found:
        assert all(found.read(path) == content for path, content in files.items())


def test_too_many_files_are_not_counted_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packet_files, "MOST", 10)
    place = tmp_path / "given.zip"
    place.write_bytes(made(*(f"data/{n}" for n in range(11))))
    with refused("verify.too_many_files", BadInput), open_packet(place):
        pass
    unpacked(tmp_path / "folder", {f"data/{n}": b"" for n in range(11)})
    with refused("verify.too_many_files", BadInput), open_packet(tmp_path / "folder"):
        pass


def unpacked(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def test_a_folder_with_a_link_or_a_pipe_in_it_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a key")
    unpacked(tmp_path / "one", {"bagit.txt": b""})
    (tmp_path / "one" / "data").symlink_to(secret)
    with refused("verify.link_inside", BadInput), open_packet(tmp_path / "one"):
        pass
    unpacked(tmp_path / "two", {"bagit.txt": b""})
    os.mkfifo(tmp_path / "two" / "data")
    with refused("verify.link_inside", BadInput), open_packet(tmp_path / "two"):
        pass


def test_a_file_that_does_not_come_out_whole_is_named(tmp_path: Path) -> None:
    files = writer.made(1)
    whole = bytearray(writer.zipped(files))
    at = whole.index(files["data/packet.pdf"])
    whole[at] ^= 1
    place = tmp_path / "given.zip"
    place.write_bytes(whole)
    done = CliRunner().invoke(command_line, ["verify", str(place)])
    assert done.exit_code == 1
    assert "data/packet.pdf" in done.output


def test_what_lies_in_a_packet_is_not_given_beside_it(tmp_path: Path) -> None:
    place = tmp_path / "given.zip"
    place.write_bytes(writer.zipped(writer.made(1)))
    done = CliRunner().invoke(command_line, ["verify", str(place), "--file", str(place)])
    assert isinstance(done.exception, BadInput)
    assert done.exception.code == "verify.not_for_packets"
