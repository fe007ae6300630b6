"""
A mail server for tests: on loopback, strict about the protocol, and as moody as it is told.

It keeps what it took in `taken`. `mood` says what happens to the next messages.
"""

import socketserver
import threading
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from typing import ClassVar, Self

LONGEST_LINE = 1000
LONGEST_MESSAGE = 1_000_000
SILENCE = 5.0


class Mood(StrEnum):
    TAKES = "takes"
    REFUSES_RECIPIENT = "550 5.1.1 <%s> is unknown here"
    REFUSES_MESSAGE = "554 5.7.1 not this"
    LATER = "451 4.7.1 <%s>, greylisted"
    HANGS_UP = "hangs up after the message, without an answer"
    SILENT = "says nothing at all"


@dataclass(frozen=True)
class Taken:
    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)


@dataclass
class FakeSmtp:
    mood: Mood = Mood.TAKES
    taken: list[Taken] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """What a strict server does not let pass; empty in a good test."""

    def __enter__(self) -> Self:
        talk = type("Talk", (_Talk,), {"smtp": self})
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), talk)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        serve = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        serve.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    smtp: ClassVar[FakeSmtp]
    timeout = SILENCE

    def handle(self) -> None:
        if self.smtp.mood is Mood.SILENT:
            time.sleep(SILENCE)
            return
        self.greeted, self.sender, self.recipients = False, "", list[str]()
        self._say("220 fake ready")
        while True:
            line = self.rfile.readline(LONGEST_LINE + 1)
            if not line:
                return
            verb, _, rest = self._line(line).partition(" ")
            if verb.upper() == "QUIT":
                self._say("221 bye")
                return
            if not self._turn(verb.upper(), rest):
                return

    def _turn(self, verb: str, rest: str) -> bool:
        if verb == "EHLO":
            self.greeted = True
            self._say("250-fake\r\n250 8BITMIME")
        elif verb == "RSET":
            self.sender, self.recipients = "", []
            self._say("250 ok")
        elif verb == "MAIL" and self.greeted and not self.sender and _path(rest, "FROM:"):
            self.sender = _path(rest, "FROM:")
            self._say("250 ok")
        elif verb == "RCPT" and self.sender and _path(rest, "TO:"):
            self._recipient(_path(rest, "TO:"))
        elif verb == "DATA" and self.recipients:
            return self._data()
        else:
            self.smtp.wrong.append(f"{verb} {rest}")
            self._say("503 not now")
        return True

    def _recipient(self, address: str) -> None:
        if self.smtp.mood in {Mood.REFUSES_RECIPIENT, Mood.LATER}:
            self._say(self.smtp.mood % address)
        else:
            self.recipients.append(address)
            self._say("250 ok")

    def _data(self) -> bool:
        self._say("354 go on, end with a dot")
        lines, size = [], 0
        while (line := self.rfile.readline(LONGEST_LINE + 1)) != b".\r\n":
            size += len(line)
            if not line or size > LONGEST_MESSAGE:
                return False
            self._line(line)
            lines.append(line.removeprefix(b"."))
        if self.smtp.mood is Mood.HANGS_UP:
            return False
        if self.smtp.mood is Mood.REFUSES_MESSAGE:
            self._say(self.smtp.mood)
            return True
        raw = b"".join(lines)
        self.smtp.taken.append(Taken(self.sender, tuple(self.recipients), raw))
        self._say("250 taken")
        return True

    def _line(self, line: bytes) -> str:
        if not line.endswith(b"\r\n") or len(line) > LONGEST_LINE:
            self.smtp.wrong.append(f"line {line[:40]!r}")
        return line.decode("ascii", "replace").rstrip("\r\n")

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


def _path(rest: str, word: str) -> str:
    begin, _, after = rest.partition("<")
    return after.partition(">")[0] if begin.strip().upper() == word else ""
