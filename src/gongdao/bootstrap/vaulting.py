"""What the ways in need of files beside the stories: limits, links, and clearing up."""

import json
from dataclasses import dataclass

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.domain.evidence.media import KNOWN
from gongdao.domain.evidence.uploads import clean_name
from gongdao.domain.kernel.errors import NotFound, hint_noop
from gongdao.domain.kernel.ids import Digest

AT_ONCE = 100
"""Expired files that are dropped in one go."""
LINK_SECONDS = 600
"""So long a link to a file opens it: the page that shows it makes new ones."""
_SALT = "gongdao.files"


def whence(address: str) -> str:
    """The part of a network address that one customer has."""
    from gongdao.storage.rate_limits import network  # noqa: PLC0415 – once Django is set up

    return network(address)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link opens: one file, for whoever was allowed it when the link was made."""

    digest: Digest
    media: str
    name: str
    inline: bool
    """Whether it is a picture that we drew, to be shown within a page."""


def allow_upload(address: str) -> None:
    """Count one more file begun from a network address; Refused once there were too many."""
    from django.conf import settings  # noqa: PLC0415 – settings exist only once Django is set up

    from gongdao.storage.rate_limits import allow  # noqa: PLC0415

    house = bootstrap.app()
    allow(house.secrets, "upload", address, settings.CONFIG.uploads_per_minute, chance.now())


def forget_expired() -> int:
    """Drop files that were begun and never handed in; how many."""
    dropped = 0
    while some := bootstrap.app().uploading.forget_expired(AT_ONCE):
        dropped += some
    return dropped + bootstrap.app().uploading.sweep()


def link(digest: Digest, media: str, name: str = "", *, inline: bool = False) -> str:
    """A ticket for a file, for some minutes. It says nothing of whose it is."""
    from django.core import signing  # noqa: PLC0415

    ending = KNOWN[media].ending if media in KNOWN else "webp"
    held = {"d": digest, "m": media, "n": saved_as(name, ending, digest), "i": inline}
    sealed = bootstrap.app().secrets.encrypt(json.dumps(held))
    return signing.TimestampSigner(salt=_SALT).sign((sealed or b"").hex())


def opened(ticket: str) -> Ticket:
    """What a link opens; NotFound for one that is not ours, or whose time is over."""
    from django.core import signing  # noqa: PLC0415

    try:
        sealed = signing.TimestampSigner(salt=_SALT).unsign(ticket, max_age=LINK_SECONDS)
    except signing.BadSignature:
        raise _over() from None
    held = json.loads(bootstrap.app().secrets.decrypt(bytes.fromhex(sealed)) or "{}")
    if not held:
        raise _over()
    return Ticket(Digest(held["d"]), held["m"], held["n"], held["i"])


def saved_as(name: str, ending: str, digest: str) -> str:
    """The name that a browser saves it under: with the ending of what it is."""
    plain = clean_name(name, 150) if name else f"gongdao-{digest[:12]}"
    return plain if plain.lower().endswith(f".{ending}") else f"{plain}.{ending}"


def _over() -> NotFound:
    return NotFound(
        "file.link_over", hint_noop("The link is over. Open the page again for a new one.")
    )
