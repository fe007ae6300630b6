"""Handing a message to an address by HTTP, and to nobody else.

The name is looked up once, every address that it stands for is judged, and the connection goes to
one of those very addresses: a name that changes its mind in between leads nowhere. Nothing follows
a redirect, a proxy from the environment is not used, and both the time and the answer are bounded.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import SplitResult, urlsplit

from gongdao.domain.kernel.errors import BadInput, PeerFailed, hint_noop
from gongdao.domain.outgoing.model import Answer

_PORTS = {"https": 443, "http": 80}
_ANSWER_BYTES = 2048
"""So much of an answer is read; the rest is nobody's business."""
_METADATA = frozenset(
    map(ipaddress.ip_address, ("169.254.169.254", "100.100.100.200", "fd00:ec2::254"))
)
"""Where clouds hand their secrets to whoever asks from inside."""
_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class HttpPost:
    """A Post over HTTP."""

    plain: bool = False
    """Whether http is good enough anywhere, as in practice; else it goes to this machine alone."""
    patience: timedelta = timedelta(seconds=10)
    """For everything together: connecting, sending, waiting, reading."""

    def check(self, url: str) -> None:
        """BadInput for an address to which nothing may be sent."""
        parts = _split(url)
        if parts.scheme == "http" and not self.plain and not _names_this_machine(parts):
            raise BadInput(
                "webhook.not_https", hint_noop("Use https. Only this machine is reached by http.")
            )

    def send(self, url: str, headers: Mapping[str, str], body: str) -> Answer:
        """Send it, and give whatever answer there is."""
        self.check(url)
        parts = _split(url)
        seconds = self.patience.total_seconds()
        try:
            sock = self._connected(parts, seconds)
        except ssl.SSLError:
            raise PeerFailed(
                "webhook.bad_certificate", hint_noop("The receiver's certificate is not valid.")
            ) from None
        except OSError:
            raise _unreachable() from None
        late = threading.Event()
        timer = threading.Timer(seconds, _cut, (sock, late))
        timer.start()
        try:
            answer = _exchange(sock, parts, headers, body)
        except (OSError, http.client.HTTPException, ValueError):
            raise (_too_slow() if late.is_set() else _unreachable()) from None
        finally:
            timer.cancel()
            sock.close()
        if late.is_set():  # what was cut off can look like an answer
            raise _too_slow()
        return answer

    def _connected(self, parts: SplitResult, seconds: float) -> socket.socket:
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [_ip(str(at[4][0])) for at in found]
        this_machine_alone = parts.scheme == "http" and not self.plain
        if any(not _allowed(ip, this_machine_alone=this_machine_alone) for ip in addresses):
            raise PeerFailed(
                "webhook.forbidden_address",
                hint_noop("The name leads to an address to which nothing may be sent."),
            )
        sock = socket.create_connection((str(addresses[0]), port), seconds)
        if parts.scheme == "http":
            return sock
        try:
            return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        except BaseException:
            sock.close()
            raise


def _exchange(
    sock: socket.socket, parts: SplitResult, headers: Mapping[str, str], body: str
) -> Answer:
    line = http.client.HTTPConnection(parts.hostname or "", parts.port or _PORTS[parts.scheme])
    line.sock = sock
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {**headers, "host": parts.netloc, "user-agent": "gongdao", "connection": "close"}
    line.request("POST", path, body.encode(), sent)
    response = line.getresponse()
    text = response.read(_ANSWER_BYTES).decode("utf-8", "replace").replace("\x00", "")
    return Answer(response.status, text)


def _cut(sock: socket.socket, late: threading.Event) -> None:
    """Time is over: whoever waits in this socket is let go."""
    late.set()
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    plain = url.isascii() and url.isprintable() and " " not in url
    if not known or not plain or "@" in parts.netloc or parts.fragment:
        raise BadInput(
            "webhook.bad_url",
            hint_noop("Write the address as https://app.example.org/gongdao, without a password."),
        )
    return parts


def _names_this_machine(parts: SplitResult) -> bool:
    if parts.hostname == "localhost":
        return True
    try:
        return _ip(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _ip(text: str) -> _Ip:
    ip = ipaddress.ip_address(text.partition("%")[0])
    return getattr(ip, "ipv4_mapped", None) or ip


def _allowed(ip: _Ip, *, this_machine_alone: bool) -> bool:
    """The operator's app may well lie in a private network; a cloud's metadata never is it."""
    if this_machine_alone:
        return ip.is_loopback
    never = ip in _METADATA or ip.is_link_local or ip.is_multicast or ip.is_unspecified
    return not never


def _unreachable() -> PeerFailed:
    return PeerFailed("webhook.unreachable", hint_noop("The receiver did not answer."))


def _too_slow() -> PeerFailed:
    return PeerFailed("webhook.too_slow", hint_noop("The receiver took too long to answer."))
