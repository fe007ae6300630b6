"""A thing is done once under a key: the answer is kept with it, or neither is."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from gongdao.bootstrap import app, once
from gongdao.domain.kernel.errors import BadInput, Refused
from gongdao.storage import idempotency
from gongdao.storage.models import CaseRow, IdempotencyKey

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
REPORT = {
    "subject": {"kind": "content", "ref": "post-9", "snapshot": "你就是个草包。"},
    "category": "abuse",
    "statement": "他在我的帖子下面这样骂我，请处理。",
}


def reported(key: str = KEY, **headers: str) -> str:
    answer = Client().post(
        "/api/v1/reports",
        REPORT,
        content_type="application/json",
        headers={"Idempotency-Key": key, **headers},
    )
    assert answer.status_code == 201, answer.content
    return str(answer.json()["receipt"])


def answering(text: str) -> Callable[[], tuple[int, str]]:
    return lambda: (201, text)


@pytest.mark.django_db
def test_the_answer_is_kept_but_nobody_can_read_it_in_the_table() -> None:
    receipt = reported()

    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(k)::text, k.answer from idempotency_key k")
        ((row, kept),) = cursor.fetchall()

    assert receipt in (app().secrets.decrypt(kept) or "")
    assert receipt.encode() not in bytes(kept)
    assert receipt not in row
    assert REPORT["statement"] not in row


@pytest.mark.django_db
def test_what_was_refused_keeps_no_key_and_does_nothing() -> None:
    def refuse() -> tuple[int, str]:
        app().records.parties.newcomer(None, "en")
        raise Refused("report.no_snapshot", "Add it.")

    parties = _count("party")
    with pytest.raises(Refused):
        once("somebody", KEY, "a body", refuse)

    assert not IdempotencyKey.objects.exists()
    assert _count("party") == parties
    assert once("somebody", KEY, "another body", answering("done")) == (201, "done")


@pytest.mark.django_db
def test_a_key_is_its_callers_own() -> None:
    assert once("ana", KEY, "body", answering("for ana")) == (201, "for ana")
    assert once("bo", KEY, "another body", answering("for bo")) == (201, "for bo")
    assert once("ana", KEY, "body", answering("again")) == (201, "for ana")
    with pytest.raises(BadInput, match=r"idempotency\.reused"):
        once("ana", KEY, "another body", answering("never"))


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short", "x" * 201, "键" * 20, "a\x00" * 10, " \n" * 10])
def test_a_key_that_cannot_be_one_is_refused(key: str) -> None:
    with pytest.raises(BadInput, match=r"idempotency\.bad_key"):
        once("ana", key, "body", answering("never"))


@pytest.mark.django_db
def test_keys_are_forgotten_after_their_time_and_not_before() -> None:
    once("ana", KEY, "body", answering("done"))
    made = IdempotencyKey.objects.get().created_at

    assert idempotency.forget(made + idempotency.KEPT) == 0
    assert idempotency.forget(made + idempotency.KEPT + timedelta(seconds=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one_case() -> None:
    start = Barrier(2)

    def send(_: int) -> str:
        try:
            start.wait(timeout=10)
            return reported()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(send, range(2))

    assert first == second
    assert CaseRow.objects.count() == 1


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")  # noqa: S608 – a word of ours
        return int(cursor.fetchone()[0])
