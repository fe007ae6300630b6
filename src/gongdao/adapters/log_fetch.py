"""Fetching somebody's log over HTTP, and remembering what was seen of it in a file."""

import http.client
import json
import os
import ssl
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from gongdao.domain.evidence.following import FORMAT, Followed, Fork
from gongdao.domain.evidence.tiles import Tile, name_of
from gongdao.domain.kernel.errors import BadInput, PeerFailed, hint_noop

SECONDS = 20.0
LARGEST = 256 * 1024
_FINE = 200


@dataclass(frozen=True, slots=True)
class LogAt:
    """A log by its address, such as https://example.org/log. Follows no redirect."""

    url: str

    def checkpoint(self) -> str:
        """The newest checkpoint."""
        return self._text(f"{self.url}/checkpoint")

    def published_keys(self) -> list[str]:
        """The keys that a Gongdao publishes beside its log; empty elsewhere."""
        try:
            found = json.loads(self._text(f"{self.url.removesuffix('/log')}/api/v1/log"))
            return [str(key) for key in found["keys"]]
        except (PeerFailed, ValueError, TypeError, KeyError):
            return []

    def reader(self, size: int) -> Tile:
        """Reads the tiles of a tree of that size, each once."""

        @cache
        def read(level: int, number: int) -> bytes:
            return _get(f"{self.url}/tile/{name_of(level, number, size)}")

        return read

    @staticmethod
    def _text(url: str) -> str:
        try:
            return _get(url).decode()
        except UnicodeDecodeError:
            raise _not_served(url, "no text") from None


@dataclass(frozen=True, slots=True)
class StateFile:
    """What was seen of a log, in a file; written whole or not at all."""

    path: Path

    def read(self) -> Followed | None:
        """What is remembered; None if nothing is."""
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as problem:
            raise self._broken(type(problem).__name__) from problem
        try:
            forks = tuple(Fork(**each) for each in found.pop("forks"))
            state = Followed(**found | {"keys": tuple(found["keys"]), "forks": forks})
        except (TypeError, KeyError, AttributeError) as problem:
            raise self._broken(str(problem)) from problem
        if state.format != FORMAT:
            raise self._broken(state.format)
        return state

    def keep(self, state: Followed) -> None:
        """Remember."""
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        written = json.dumps(asdict(state), ensure_ascii=False, indent=1) + "\n"
        try:
            beside.write_text(written, "utf-8")
            beside.replace(self.path)
        except OSError as problem:
            raise self._broken(problem.strerror or "") from problem

    def _broken(self, why: str) -> BadInput:
        hint = hint_noop("The state {path} cannot be used: {why}. Give another file with --state.")
        return BadInput("log.bad_state", hint, path=str(self.path), why=why)


def _get(url: str) -> bytes:
    parts = urlsplit(url)
    kinds: dict[str, Callable[[], http.client.HTTPConnection]] = {
        "http": lambda: http.client.HTTPConnection(parts.netloc, timeout=SECONDS),
        "https": lambda: http.client.HTTPSConnection(
            parts.netloc, timeout=SECONDS, context=ssl.create_default_context()
        ),
    }
    if parts.scheme not in kinds or not parts.hostname:
        raise BadInput(
            "log.bad_address",
            hint_noop("Give the log's address, such as https://example.org/log."),
        )
    try:
        connection = kinds[parts.scheme]()
        try:
            connection.request("GET", parts.path or "/")
            answer = connection.getresponse()
            body = answer.read(LARGEST + 1)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise _not_served(url, type(problem).__name__) from problem
    if answer.status != _FINE or len(body) > LARGEST:
        raise _not_served(url, str(answer.status))
    return body


def _not_served(url: str, why: str) -> PeerFailed:
    hint = hint_noop("{url} was not served: {why}. Ask again later.")
    return PeerFailed("log.not_served", hint, url=url, why=why)
