"""Our signatures against the scheme's own published example, and against a checker of its spec."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.parts.outgoing.standard_webhooks import verified

from gongdao.domain.outgoing import rules
from gongdao.domain.outgoing.model import Call, MessageId

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
PAYLOAD = '{"test": 2432232314}'
NOW = datetime.fromtimestamp(1614265330, UTC)


def test_the_published_example_comes_out_as_published() -> None:
    signed = rules.signature(SECRET, ID, "1614265330", PAYLOAD)

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("size", [24, 32, 64])
@pytest.mark.parametrize("body", ["", "{}", '{"a":"处置决定","b":"é 🙂"}', "x" * 70_000])
def test_a_checker_of_the_specification_accepts_it_and_nothing_else(size: int, body: str) -> None:
    secret = rules.secret_of(bytes(range(size)))
    other = rules.secret_of(bytes(size))
    headers = rules.headers(Call(MessageId(ID), "https://x.example", (other, secret), body), NOW)

    assert verified(secret, headers, body, NOW)
    assert verified(other, headers, body, NOW)
    assert not verified(rules.secret_of(b"?" * size), headers, body, NOW)
    assert not verified(secret, headers, body + " ", NOW)
    assert not verified(secret, {**headers, "webhook-id": "another"}, body, NOW)
    assert not verified(secret, headers, body, NOW + timedelta(minutes=6))
    assert not verified(secret, {**headers, "webhook-signature": "v2,abc"}, body, NOW)
