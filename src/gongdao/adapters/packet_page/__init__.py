"""What lies in every packet for whoever opens it: how to check it, and a page that does.

What the page says of each check stands in `words.json`; `gongdao verify` says the same words.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SCRIPTS = ("hash.js", "zip.js", "check.js", "proofs.js", "record.js", "page.js")
LIBRARY = "noble-ed25519.js"
"""Checks signatures where a browser cannot; `vendored.toml` says whose it is."""


@dataclass(frozen=True, slots=True)
class Page:
    """The page in one file, and what it may do: run the one script in it, and nothing else."""

    content: bytes
    policy: str


def page() -> bytes:
    """The page that checks a packet in a browser, in one file."""
    return whole().content


def readme() -> bytes:
    """What this is, and how to check it."""
    return _text("README.txt").encode()


@cache
def whole() -> Page:
    """The page, put together: the same bytes each time."""
    script = "\n".join(['"use strict";', _library(), *map(_text, SCRIPTS)])
    style = _text("page.css")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    # A `<` that could begin a tag must not stand in JSON within a page.
    said = json.dumps(words(), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    parts = {"policy": policy, "style": style, "words": said, "script": script}
    text = _text("verify.html")
    for name, part in parts.items():
        text = text.replace(f"{{{{{name}}}}}", part, 1)
    return Page(text.encode(), policy)


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """What each line of a check says, by its code and language; its facts fill the gaps."""
    found: Mapping[str, Mapping[str, str]] = json.loads(_text("words.json"))
    return found


def _library() -> str:
    licence = "\n".join(
        f" * {line}".rstrip() for line in _text("noble-ed25519.LICENSE.txt").split("\n")
    )
    offered = "return { verifyAsync };"
    return f"/*\n{licence}\n */\nconst noble = (() => {{\n{_text(LIBRARY)}\n{offered}\n}})();"


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_bytes().decode()


def _hash(content: str) -> str:
    """What a content security policy calls a script or a style by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
