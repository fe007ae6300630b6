"""E-mail through Django: printed to the log by default, by SMTP where an address is set."""

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from gongdao.domain.kernel.errors import BadInput, GongdaoError, PeerFailed, Refused, hint_noop

_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
_SECONDS = 20
"""How long the mail server may be silent before it counts as unreachable."""
_FOR_GOOD = 500
"""SMTP answers from here on are final; those below ask to be tried again."""


@dataclass(frozen=True, slots=True)
class DjangoMailer:
    """A Mailer over one of Django's backends."""

    backend: str
    options: dict[str, Any]
    sender: str

    def send(self, to: str, subject: str, body: str, message: str) -> None:
        """Hand a message over. Nothing that a person typed can add a header or a recipient.

        PeerFailed if it may be taken later, Refused if it never will. The same `message` gives
        the same Message-ID, so that a mail sent twice is seen as one.
        """
        server = get_connection(self.backend, **self.options)
        mail = EmailMessage(
            " ".join(subject.split()),
            body,
            self.sender,
            [_checked(to)],
            headers={
                "Message-ID": f"<{message}@{_domain(self.sender)}>",
                "Auto-Submitted": "auto-generated",
            },
            connection=server,
        )
        try:
            mail.send(fail_silently=False)
        except (smtplib.SMTPException, OSError) as problem:
            # What the server said may name the address: only the kind of it goes on.
            raise _failed(problem) from None
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.close()


def mailer(smtp_url: str, sender: str) -> DjangoMailer:
    """The mailer of an address such as smtps://name:password@mail.example.org; empty prints.

    `smtps` speaks TLS from the start, `smtp+starttls` (or `smtp` with `?tls=1`) turns to it, and
    plain `smtp` is for a server on the same machine. BadInput if the address is anything else.
    """
    if not smtp_url:
        return DjangoMailer("django.core.mail.backends.console.EmailBackend", {}, sender)
    parts, port = _split(smtp_url)
    options = {
        "host": parts.hostname,
        "port": port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp+starttls",
        "timeout": _SECONDS,
    }
    return DjangoMailer("django.core.mail.backends.smtp.EmailBackend", options, sender)


def _split(smtp_url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(smtp_url)
        if parts.scheme == "smtp" and parts.query == "tls=1":
            parts = parts._replace(scheme="smtp+starttls", query="")
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise _unreadable() from None
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise _unreadable()
    return parts, port


def _unreadable() -> BadInput:
    sentence = hint_noop(
        "GONGDAO_SMTP_URL must look like smtps://name:password@mail.example.org:465."
    )
    return BadInput("config.invalid", sentence)


def _checked(to: str) -> str:
    """Give the bare address; Refused if mail can never go there."""
    address = to.strip()
    try:
        validate_email(address)
    except ValidationError:
        sentence = hint_noop("The address cannot be used for mail.")
        raise Refused("mail.bad_address", sentence) from None
    return address


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].partition("@")[2] or "localhost"


def _failed(problem: smtplib.SMTPException | OSError) -> GongdaoError:
    """Say what went wrong, and by its type whether trying again may help."""
    match problem:
        case smtplib.SMTPAuthenticationError():
            sentence = hint_noop("The mail server refused our sign-in.")
            return PeerFailed("mail.login_failed", sentence)
        case smtplib.SMTPNotSupportedError():
            sentence = hint_noop("The mail server cannot do what GONGDAO_SMTP_URL asks for.")
            return PeerFailed("mail.not_supported", sentence)
        case smtplib.SMTPRecipientsRefused(recipients=answers):
            codes = [code for code, _ in answers.values()]
        case smtplib.SMTPSenderRefused(smtp_code=code) | smtplib.SMTPDataError(smtp_code=code):
            codes = [code]
        case _:
            return PeerFailed("mail.unreachable", hint_noop("The mail server did not answer."))
    if all(code >= _FOR_GOOD for code in codes):
        return Refused("mail.refused", hint_noop("The mail server refused the message."))
    return PeerFailed("mail.later", hint_noop("The mail server asks us to try again later."))
