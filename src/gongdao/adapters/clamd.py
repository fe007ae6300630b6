"""Asking ClamAV's daemon, where there is one; where there is none it says so and lets files in."""

import socket
import struct
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from gongdao.domain.kernel.errors import PeerFailed, Refused, hint_noop

NOT_SCANNED = "not scanned"
CLEAN = "clamd: clean"
COULD_NOT = "clamd: not scanned"
"""It answered that it cannot look at this file, such as one beyond its StreamMaxLength."""
_PIECE = 64 * 1024
_PATIENCE = 60.0


class NoScanner:
    """No scanner is set up."""

    def scan(self, path: str) -> str:
        """Nothing is known of it."""
        del path
        return NOT_SCANNED


@dataclass(frozen=True, slots=True)
class Clamd:
    """A daemon at `host:port`, or at the path of its socket. Speaks its INSTREAM."""

    address: str

    def scan(self, path: str) -> str:
        """What it says; Refused for a finding, PeerFailed where it does not answer."""
        try:
            with closing(self._connect()) as line:
                answer = _asked(line, Path(path))
        except OSError as problem:
            raise _silent() from problem
        if answer.endswith("FOUND"):
            raise Refused(
                "file.infected",
                hint_noop("The virus scanner found something in it. Send a picture of it instead."),
            )
        if answer.endswith("OK"):
            return CLEAN
        if answer.endswith("ERROR"):
            return COULD_NOT
        raise _silent()

    def _connect(self) -> socket.socket:
        if "/" in self.address:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(_PATIENCE)
            try:
                line.connect(self.address)
            except OSError:
                line.close()
                raise
            return line
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), _PATIENCE)


def _asked(line: socket.socket, path: Path) -> str:
    """What it answers about a file. It may answer, and close, before it has heard all of it."""
    try:
        line.sendall(b"zINSTREAM\0")
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return _answer(line)
    return _answer(line)


def _silent() -> PeerFailed:
    return PeerFailed(
        "file.scanner_silent",
        hint_noop("The virus scanner does not answer. Go on sending it in a minute."),
    )


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and (piece := line.recv(1024)):
        said += piece
    return said.rstrip(b"\0\n").decode("ascii", "replace")
