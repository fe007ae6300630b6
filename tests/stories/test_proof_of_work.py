"""A burst from one network: what is free, what costs some computing, and where it ends."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from tests.stories.fast_client import Clients, Elsewhere, playing

from gongdao.api.fast import FastIntake
from gongdao.api.problems import MEDIA_TYPE
from gongdao.domain.intake.proof import zero_bits
from gongdao.storage.models import ReportRow, ReportsWaiting

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "report_with_proof.py"
STATEMENT = "请看这条评论，骂得很难听。"
REPORT = {
    "subject": {"kind": "content", "ref": "post-1", "snapshot": "…话"},
    "category": "abuse",
    "statement": STATEMENT,
}
Send = Callable[..., Any]


@pytest.fixture(autouse=True)
def few(settings: LazySettings) -> None:
    """Let little through for nothing, and make proofs quick."""
    settings.CONFIG = replace(
        settings.CONFIG,
        reports_per_minute=1,
        proven_reports_per_minute=2,
        proof_bits=4,
        proof_bits_most=6,
    )


def solved(problem: Any) -> str:
    challenge, bits = problem["challenge"], problem["difficulty"]
    return f"{challenge}.{next(n for n in map(str, count()) if zero_bits(challenge, n) >= bits)}"


def by_the_common_route(report: Any, proof: str = "") -> tuple[int, Any]:
    headers = {"Gongdao-Proof": proof} if proof else {}
    answer = Client(REMOTE_ADDR="192.0.2.7").post(
        "/api/v1/reports", report, content_type="application/json", headers=headers
    )
    if answer.status_code == 429:
        assert answer.headers["Content-Type"] == MEDIA_TYPE
        assert int(answer.headers["Retry-After"]) >= 1
    return answer.status_code, answer.json()


def by_the_fast_route(report: Any, proof: str = "") -> tuple[int, Any]:
    clients = Clients(FastIntake(Elsewhere()))
    headers = {"gongdao_proof": proof} if proof else {}
    said = playing(clients.route, lambda: clients.post(report, **headers))
    return said.status, said.json if said.body else None


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("send", [by_the_common_route, by_the_fast_route])
def test_beyond_what_is_free_a_proof_lets_one_through_until_the_last_limit(send: Send) -> None:
    assert send(REPORT)[0] == 201
    status, problem = send(REPORT)
    assert (status, problem["code"], problem["difficulty"]) == (429, "proof.required", 4)
    assert problem["expires"].endswith("+00:00")
    assert "Gongdao-Proof" in problem["how"]

    proof = solved(problem)
    assert send(REPORT, proof)[0] == 201
    status, again = send(REPORT, proof)
    assert (status, again["code"]) == (429, "proof.required"), "used once"
    assert send(REPORT, solved(again))[0] == 201
    *_, last = (send(REPORT)[1] for _ in range(2))
    assert last["difficulty"] > problem["difficulty"]
    status, refused = send(REPORT, solved(last))
    assert (status, refused["code"]) == (429, "rate.too_many")
    assert "challenge" not in refused
    assert ReportRow.objects.count() + sum(r.count for r in ReportsWaiting.objects.all()) == 3


@pytest.mark.usefixtures("transactional_db")
def test_a_proof_of_one_route_is_none_on_the_other_any_more() -> None:
    assert by_the_fast_route(REPORT)[0] == 201
    proof = solved(by_the_common_route(REPORT)[1])
    assert by_the_fast_route(REPORT, proof)[0] == 201
    assert by_the_common_route(REPORT, proof)[0] == 429


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("send", [by_the_common_route, by_the_fast_route])
def test_what_is_no_proof_is_refused_before_the_report_is_read(send: Send) -> None:
    for wrong in ("x", "1.4.1764000000." + "0" * 32 + "." + "a" * 64 + ".7", "\u00e9" * 9):
        status, problem = send(b"{ not even JSON", wrong)
        assert (status, problem["code"]) == (429, "proof.required")


@pytest.mark.django_db
def test_the_page_keeps_what_was_written_and_says_when_it_works_without_scripts() -> None:
    visitor = Client(REMOTE_ADDR="203.0.113.20")
    _write(visitor)
    sent = {"token": _token(visitor)}
    assert visitor.post("/report/check/", sent).status_code == 302
    _write(visitor)
    token = _token(visitor)
    asked = visitor.post("/report/check/", {"token": token})
    page = asked.content.decode()
    assert (asked.status_code, "proof.required" in page, "12377" in page) == (429, True, True)
    assert int(asked.headers["Retry-After"]) >= 1
    assert STATEMENT in visitor.get("/report/check/").content.decode()
    challenge = page.partition('data-challenge="')[2].partition('"')[0]
    bits = int(page.partition('data-difficulty="')[2].partition('"')[0])
    proof = solved({"challenge": challenge, "difficulty": bits})
    done = visitor.post("/report/check/", {"token": token, "proof": proof})
    assert (done.status_code, done.headers["Location"]) == (302, "/report/sent/")
    assert ReportRow.objects.count() == 2


def _write(visitor: Client) -> None:
    visitor.post("/report/", {"kind": "content", "ref": "post-1", "snapshot": "…话"})
    said = {"category": "abuse", "statement": STATEMENT, "language": "zh-hans"}
    assert visitor.post("/report/what-happened/", said).headers["Location"] == "/report/check/"


def _token(visitor: Client) -> str:
    page = visitor.get("/report/check/").content.decode()
    return page.partition('name="token" value="')[2].partition('"')[0]


@pytest.mark.usefixtures("transactional_db")
def test_the_example_of_the_how_to_solves_it(live_server: LiveServer) -> None:
    lines = [line for line in EXAMPLE.read_text("utf-8").splitlines() if line.strip()]
    assert len(lines) - 1 <= 20, "as the how-to says, without its docstring"
    for _ in range(2):
        said = subprocess.run(
            [sys.executable, str(EXAMPLE), f"{live_server.url}/api/v1/reports"],
            input=json.dumps(REPORT).encode(),
            capture_output=True,
            timeout=30,
            check=True,
        )
        assert json.loads(said.stdout)["receipt"]
    assert ReportRow.objects.count() == 2
