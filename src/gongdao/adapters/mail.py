"""E-mail through Django: printed to the log by default, by SMTP where an address is set."""

import smtplib
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import BadHeaderError

from gongdao.domain.kernel.errors import BadInput, PeerFailed, hint_noop

_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class DjangoMailer:
    """A Mailer over one of Django's backends."""

    backend: str
    options: dict[str, Any]
    sender: str

    def send(self, to: str, subject: str, body: str, message: str) -> None:
        """Hand a message over. Nothing that a person typed can add a header or a recipient."""
        _, address = parseaddr(to)
        domain = parseaddr(self.sender)[1].partition("@")[2] or "localhost"
        try:
            mail = EmailMessage(
                " ".join(subject.split()),
                body,
                self.sender,
                [address],
                headers={"Message-ID": f"<{message}@{domain}>", "Auto-Submitted": "auto-generated"},
                connection=get_connection(self.backend, **self.options),
            )
            mail.send(fail_silently=False)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused):
            raise _failed("mail.refused", "The mail server refused the message.") from None
        except smtplib.SMTPAuthenticationError:
            raise _failed("mail.login_failed", "The mail server refused our sign-in.") from None
        except BadHeaderError:
            raise _failed("mail.bad_address", "The address cannot be used for mail.") from None
        except (smtplib.SMTPException, OSError):
            raise _failed("mail.unreachable", "The mail server did not answer.") from None


def mailer(smtp_url: str, sender: str) -> DjangoMailer:
    """The mailer of an address such as smtps://name:password@mail.example.org; empty prints."""
    if not smtp_url:
        return DjangoMailer("django.core.mail.backends.console.EmailBackend", {}, sender)
    parts = urlsplit(smtp_url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise BadInput(
            "config.invalid",
            hint_noop(
                "GONGDAO_SMTP_URL must look like smtps://name:password@mail.example.org:465."
            ),
        )
    options = {
        "host": parts.hostname,
        "port": parts.port or _PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp+starttls",
        "timeout": _SECONDS,
    }
    return DjangoMailer("django.core.mail.backends.smtp.EmailBackend", options, sender)


def _failed(code: str, hint: str) -> PeerFailed:
    return PeerFailed(code, hint)
