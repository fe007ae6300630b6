"""How fast the desk answers with ten thousand and with a hundred thousand cases.

    ./dev bench desk

A PostgreSQL of its own in a temporary folder, the real pages in a process of their own, and one
reviewer at the keyboard: requests one after another, over HTTP. p95 of `REQUESTS` each.
"""

import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from bench._figures import figure, percentile, say
from bench._own_server import own_server

SIZES = (10_000, 100_000)
REQUESTS = 200
WARM_UP = 20
LIMIT_MS = 120.0
LIMIT_RATIO = 1.5


def main() -> None:
    """Fill, measure, fill, measure."""
    with own_server(), pages() as (address, cookie):
        measure(address, cookie)


def measure(address: str, cookie: str) -> None:
    """The figures at each size, then the ratios between the sizes."""
    from bench._many_cases import ManyCases  # noqa: PLC0415 – Django is set up only now

    from gongdao import bootstrap  # noqa: PLC0415

    many = ManyCases(bootstrap.app())
    found: dict[tuple[str, int], float] = {}
    have = 0
    for size in SIZES:
        say(f"writing {size - have} cases …")
        many.write(size - have)
        have = size
        with httpx.Client(base_url=address, cookies={"sessionid": cookie}) as client:
            for key, paths in (("desk.list", lists()), ("desk.case", cases())):
                say(f"{key} with {size} cases …")
                for path in paths[:WARM_UP]:
                    request(client, path)
                took = [request(client, path) for path in paths]
                p95 = percentile(took, 0.95)
                found[key, size] = p95
                goal = f"≤ {LIMIT_MS:.0f} ms with {size} cases"
                figure(f"{key}.p95_ms", p95, "ms", goal, "limit", LIMIT_MS)
    for key in ("desk.list", "desk.case"):
        small, large = (found[key, size] for size in SIZES)
        ratio = large / small
        goal = f"≤ {LIMIT_RATIO} from {SIZES[0]} to {SIZES[1]} cases"
        figure(f"{key}.p95_growth", ratio, "×", goal, "limit", LIMIT_RATIO)


def request(client: httpx.Client, path: str) -> float:
    """One page, in milliseconds."""
    begun = time.perf_counter()
    answer = client.get(path)
    took = (time.perf_counter() - begun) * 1000
    if answer.status_code != httpx.codes.OK:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return took


def lists() -> list[str]:
    """Every queue in turn."""
    names = ("received", "investigating", "appeals", "all_appeals", "overdue", "decided")
    return [f"/desk/?queue={names[i % len(names)]}" for i in range(REQUESTS)]


def cases() -> list[str]:
    """Cases from all over the table."""
    from gongdao.storage.models import CaseRow  # noqa: PLC0415

    ids = list(CaseRow.objects.values_list("id", flat=True))
    picked = random.Random(1).sample(ids, REQUESTS)
    return [f"/desk/{case}/?queue=decided" for case in picked]


@contextmanager
def pages() -> Iterator[tuple[str, str]]:
    """The pages in a process of their own, and a reviewer's session."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    cookie = session()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-m", "uvicorn", "gongdao.site.asgi:application"]
    options = ["--port", str(port), "--log-level", "error", "--no-access-log"]
    child = subprocess.Popen([*program, *options])
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                httpx.get(address)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address, cookie
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(20)


def session() -> str:
    """A signed-in reviewer."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from gongdao import bootstrap  # noqa: PLC0415
    from gongdao.storage.models import Account  # noqa: PLC0415

    party = bootstrap.app().records.parties.by_account("bench-staff-0")
    account = Account.objects.create_user(
        "reviewer@example.org", name="reviewer", roles=["reviewer"], party_id=party
    )
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


if __name__ == "__main__":
    main()
