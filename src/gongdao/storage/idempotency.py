"""Doing a thing once, however often it is asked: keys of their own, in the thing's transaction."""

from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.storage.models import IdempotencyKey
from gongdao.storage.people import Secrets

Answer = tuple[int, str]
"""A status and a body."""

_CLAIM = """
    insert into idempotency_key (scope, key, request_digest, created_at)
    values (%s, %s, %s, %s) on conflict (scope, key) do nothing
"""
_LONGEST = 200


def once(secrets: Secrets, scope: str, key: str, digest: str, do: Callable[[], Answer]) -> Answer:
    """What `do` answered the first time; BadInput if the key was used for another request.

    Two requests with one key at the same time: the second waits until the first is kept. What
    fails keeps no key, so that it can be tried again. Answers may hold codes: they are encrypted.
    """
    if not key.isprintable() or len(key) > _LONGEST:
        raise BadInput(
            "idempotency.bad_key",
            hint_noop("Use up to {most} printable characters as Idempotency-Key."),
            most=_LONGEST,
        )
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
        row.save()
        return row.status, body
