"""What lies in every packet for whoever opens it: how to check it, and a page that does.

What the page says of each check stands in `words.json`; `gongdao verify` says the same words.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def page() -> bytes:
    """The page that checks a packet in a browser, in one file."""
    return files(__name__).joinpath("verify.html").read_bytes()


def readme() -> bytes:
    """What this is, and how to check it."""
    return files(__name__).joinpath("README.txt").read_bytes()


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """What each line of a check says, by its code and language; its facts fill the gaps."""
    written = files(__name__).joinpath("words.json").read_text("utf-8")
    found: Mapping[str, Mapping[str, str]] = json.loads(written)
    return found
