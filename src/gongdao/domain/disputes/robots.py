"""Robots of group chats in WeCom and DingTalk: their addresses, and what is posted to them.

Formats as their makers describe them for custom robots of a group. The size limits of WeCom and the
signature of DingTalk follow those descriptions; nothing here was tried against the real services.
"""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from gongdao.domain.kernel.errors import BadInput, GongdaoError, PeerFailed, Refused, hint_noop
from gongdao.domain.kernel.ids import Code, OrganisationId, PersonId

RobotId = NewType("RobotId", str)
_OK, _REDIRECT = range(200, 300), range(300, 400)
_TOO_OFTEN = frozenset({45009, 130101, 410100})
"""WeCom's, and two of DingTalk's, for more than twenty messages in a minute."""
_LONGEST_SECRET = 200


class RobotKind(StrEnum):
    """Whose robot it is."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"

    @property
    def host(self) -> str:
        """The only host that is posted to."""
        return _HOSTS[self]

    @property
    def path(self) -> str:
        """The only path there."""
        return _PATHS[self]

    @property
    def token(self) -> str:
        """The part of the address that opens the chat."""
        return "key" if self is RobotKind.WECOM else "access_token"

    @property
    def most_bytes(self) -> int:
        """Of a message's text, in UTF-8."""
        return 4096 if self is RobotKind.WECOM else 20_000


_HOSTS = {RobotKind.WECOM: "qyapi.weixin.qq.com", RobotKind.DINGTALK: "oapi.dingtalk.com"}
_PATHS = {RobotKind.WECOM: "/cgi-bin/webhook/send", RobotKind.DINGTALK: "/robot/send"}


@dataclass(frozen=True, slots=True)
class Robot:
    """A robot as its organisation sees it: its address is never shown again."""

    id: RobotId
    organisation: OrganisationId
    kind: RobotKind
    language: str
    added_at: datetime
    added_by: PersonId
    tried_at: datetime | None = None
    error: Code | None = None
    """What went wrong the last time; None where it went well."""


@dataclass(frozen=True, slots=True)
class RobotDoor:
    """How a robot is reached; handed out for one attempt alone."""

    kind: RobotKind
    url: str
    secret: str


class Robots(Protocol):
    """The robots of organisations."""

    def add(self, robot: Robot, url: str, secret: str) -> None:
        """Keep a robot with its address and secret, both encrypted."""

    def of(self, organisation: OrganisationId) -> list[Robot]:
        """Those of an organisation that were not removed, oldest first."""

    def remove(self, robot: RobotId, now: datetime) -> None:
        """Send it nothing any more and forget its address. NotFound if there is none."""

    def door(self, robot: RobotId) -> RobotDoor | None:
        """How to reach it; None once it was removed."""

    def tried(self, robot: RobotId, now: datetime, error: Code | None) -> None:
        """Keep how the last attempt went."""


def check_address(kind: RobotKind, url: str, secret: str, *, nearby: bool) -> None:
    """BadInput for any other address than a robot's; `nearby` allows this machine, as in practice.

    What is in the address decides which chat is written to, so exactly one token must stand there.
    """
    there = f"https://{re.escape(kind.host)}(:443)?"
    here = "|http://127[.]0[.]0[.]1:[0-9]{1,5}" if nearby else ""
    token = f"{kind.token}=[A-Za-z0-9_-]{{1,200}}"
    if not re.fullmatch(f"({there}{here}){re.escape(kind.path)}[?]{token}", url):
        raise _bad_address(kind)
    if kind is RobotKind.DINGTALK and not secret:
        raise BadInput(
            "robot.no_secret",
            hint_noop("Give the secret that begins with SEC: choose “signature” for the robot."),
        )
    if len(secret) > _LONGEST_SECRET or not secret.isascii():
        raise BadInput("robot.bad_secret", hint_noop("Copy the secret as the chat shows it."))


def address(door: RobotDoor, now: datetime) -> str:
    """Where to post: DingTalk wants the moment and a signature with each message."""
    if door.kind is RobotKind.WECOM:
        return door.url
    stamp = str(round(now.timestamp() * 1000))
    return f"{door.url}&timestamp={stamp}&sign={_quoted(signature(door.secret, stamp))}"


def signature(secret: str, stamp: str) -> str:
    """HMAC-SHA256 of the moment in milliseconds and the secret, by the secret, in base 64."""
    signed = f"{stamp}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


def _quoted(text: str) -> str:
    """Base 64 as it may stand in an address."""
    return text.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")


def body(kind: RobotKind, title: str, text: str) -> str:
    """The message; cut at the robot's limit, on a whole character."""
    cut = text.encode()[: kind.most_bytes].decode(errors="ignore")
    said = {"content": cut} if kind is RobotKind.WECOM else {"title": title, "text": cut}
    return json.dumps({"msgtype": "markdown", "markdown": said}, ensure_ascii=False)


def problem_with(status: int, text: str) -> GongdaoError | None:
    """None where it was taken. Both services say 200 to everything and give an `errcode`."""
    if status not in _OK:
        if status in _REDIRECT:
            return Refused("robot.redirected", hint_noop("The chat sends us elsewhere."))
        return PeerFailed("robot.answered", hint_noop("The chat answered {status}."), status=status)
    try:
        said = json.loads(text)
        code = int(said["errcode"])
    except (ValueError, KeyError, TypeError):
        return PeerFailed("robot.unclear", hint_noop("The chat's answer cannot be read."))
    if code == 0:
        return None
    if code in _TOO_OFTEN:
        return PeerFailed("robot.too_often", hint_noop("The chat takes no more in this minute."))
    return Refused(
        "robot.refused",
        hint_noop("The chat refused it with {errcode}. Set the robot up again."),
        errcode=code,
    )


def _bad_address(kind: RobotKind) -> BadInput:
    return BadInput(
        "robot.bad_address",
        hint_noop("Copy the robot's whole address from the chat: https://{host}{path}?{token}=…."),
        host=kind.host,
        path=kind.path,
        token=kind.token,
    )
