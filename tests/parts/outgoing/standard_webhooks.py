"""How a receiver checks a message, written from the specification alone.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md:
the signed content is `msg_id.timestamp.payload`; the secret is base 64 behind `whsec_`; the header
is a list, divided by spaces, of `version,signature`; the timestamp must be within five minutes.
"""

import base64
import hmac
from collections.abc import Mapping
from datetime import datetime

TOLERANCE = 5 * 60


def verified(secret: str, headers: Mapping[str, str], payload: str, now: datetime) -> bool:
    stamp = int(headers["webhook-timestamp"])
    if abs(now.timestamp() - stamp) > TOLERANCE:
        return False
    key = base64.b64decode(secret.split("_", 1)[1])
    content = b".".join([headers["webhook-id"].encode(), str(stamp).encode(), payload.encode()])
    expected = base64.b64encode(hmac.digest(key, content, "sha256"))
    for versioned in headers["webhook-signature"].split(" "):
        version, signature = versioned.split(",", 1)
        if version == "v1" and hmac.compare_digest(signature.encode(), expected):
            return True
    return False
