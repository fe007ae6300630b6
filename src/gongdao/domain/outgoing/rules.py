"""Signing and judging: the Standard Webhooks scheme, symmetric.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from gongdao.domain.kernel.errors import BadInput, GongdaoError, PeerFailed, Refused, hint_noop
from gongdao.domain.outgoing.model import Answer, Call

SECRET_MARK = "whsec_"  # noqa: S105 – what every secret begins with, not one of them
SECRET_BYTES = 32
OVERLAP = timedelta(hours=24)
"""How long the old secret signs beside the new one, if nothing else is said."""
LONGEST_OVERLAP = timedelta(days=30)
_GONE = 410


def secret_of(chance: bytes) -> str:
    """Write random bytes as a secret."""
    return SECRET_MARK + base64.b64encode(chance).decode()


def headers(call: Call, now: datetime) -> Mapping[str, str]:
    """The headers of one attempt. The id stays the same in each; time and signature do not."""
    stamp = str(int(now.timestamp()))
    return {
        "content-type": "application/json; charset=utf-8",
        "webhook-id": call.message,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(
            signature(secret, call.message, stamp, call.body) for secret in call.secrets
        ),
    }


def signature(secret: str, message: str, stamp: str, body: str) -> str:
    """`v1,` and the HMAC-SHA256 of id, time and body, in base 64."""
    key = base64.b64decode(secret.removeprefix(SECRET_MARK))
    signed = f"{message}.{stamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def problem_with(answer: Answer) -> GongdaoError | None:
    """None where the message counts as delivered: any 2xx. A 410 is never tried again."""
    if answer.status in range(200, 300):
        return None
    if answer.status == _GONE:
        return Refused("webhook.gone", hint_noop("The receiver wants no more. Remove the webhook."))
    if answer.status in range(300, 400):
        return PeerFailed(
            "webhook.redirected",
            hint_noop("The receiver sends us elsewhere. Add the webhook with its final address."),
        )
    return PeerFailed(
        "webhook.answered", hint_noop("The receiver answered {status}."), status=answer.status
    )


def check_overlap(overlap: timedelta) -> None:
    """A secret is not signed with for ever."""
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise BadInput(
            "webhook.bad_overlap",
            hint_noop("Let the old secret live on for 0 to {days} days."),
            days=LONGEST_OVERLAP.days,
        )
