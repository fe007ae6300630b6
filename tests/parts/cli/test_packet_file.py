"""A packet is written to its file whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from gongdao.cli.packet import write
from gongdao.domain.kernel.errors import Refused


@dataclass
class Packet:
    """As much of one as is written: a piece, then what comes between."""

    between: BaseException | None = None
    size: int = 6

    def pieces(self) -> Iterator[bytes]:
        """The bytes."""
        yield b"pac"
        if self.between is not None:
            raise self.between
        yield b"ket"


@pytest.mark.parametrize(
    ("between", "said"),
    [(KeyboardInterrupt(), KeyboardInterrupt), (OSError(28, "No space left"), Refused)],
)
def test_half_a_packet_leaves_nothing_and_spoils_nothing(
    between: BaseException, said: type[BaseException], tmp_path: Path
) -> None:
    path = tmp_path / "case.zip"
    write(cast("Any", Packet()), path, quiet=True)
    with pytest.raises(said):
        write(cast("Any", Packet(between)), path, quiet=True)
    assert [each.name for each in tmp_path.iterdir()] == ["case.zip"]
    assert path.read_bytes() == b"packet"
