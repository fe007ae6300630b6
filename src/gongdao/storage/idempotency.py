"""Doing a thing once, however often it is asked: keys of their own, in the thing's transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.storage.models import IdempotencyKey
from gongdao.storage.people import Secrets

Answer = tuple[int, str]
"""A status and a body."""

KEPT = timedelta(days=7)
"""How long a key is remembered: longer than any client tries again."""

_CLAIM = """
    insert into idempotency_key (scope, key, request_digest, created_at)
    values (%s, %s, %s, %s) on conflict (scope, key) do nothing
"""
_SHORTEST, _LONGEST = 16, 200
"""Short keys would meet: of anybody who has no name here, the key alone tells who asks again."""


def once(secrets: Secrets, scope: str, key: str, request: str, do: Callable[[], Answer]) -> Answer:
    """What `do` answered the first time; BadInput if the key was used for another request.

    Two requests with one key at the same time: the second waits until the first is kept. What
    fails keeps no key, so that it can be tried again. Of the request a keyed digest is kept, and
    the answer, which may hold a code, encrypted.
    """
    check_key(key)
    digest = secrets.keyed("request", request)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, [scope, key, digest, timezone.now()])
        row = IdempotencyKey.objects.select_for_update().get(scope=scope, key=key)
        if row.request_digest != digest:
            raise BadInput(
                "idempotency.reused",
                hint_noop("This key was used for another request. Use a new one."),
            )
        if row.status is not None:
            return row.status, secrets.decrypt(row.answer) or ""
        row.status, body = do()
        row.answer = secrets.encrypt(body)
        row.save(update_fields=["status", "answer"])
        return row.status, body


def check_key(key: str) -> None:
    """BadInput for a key that could meet somebody else's."""
    if not (key.isascii() and key.isprintable() and _SHORTEST <= len(key) <= _LONGEST):
        raise BadInput(
            "idempotency.bad_key",
            hint_noop(
                "Use {least} to {most} characters as Idempotency-Key, such as a random UUID."
            ),
            least=_SHORTEST,
            most=_LONGEST,
        )


def forget(now: datetime) -> int:
    """Drop keys that nobody repeats any more; how many that was."""
    return IdempotencyKey.objects.filter(created_at__lt=now - KEPT).delete()[0]
