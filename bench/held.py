"""How texts that wait before they appear bear a load.

    ./dev bench held

A PostgreSQL of its own in a temporary folder, the real pages in one process of their own. First
the operator's app hands in: as fast as it is answered, then at a fixed rate. Then the author's
page, the desk and the worker's look, with a thousand and with a hundred thousand texts that wait.
The client is a program of ours on the same cores.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count

import httpx
from bench._figures import figure, percentile, say
from bench._own_server import own_server
from bench.desk import pages, request

LANES, SECONDS, WARM_UP_SECONDS = 8, 10, 4
RATE, RATE_SECONDS = 20, 20
LIMIT_RATE, LIMIT_P99_MS = 40.0, 150.0
SIZES, REQUESTS, WARM_UP = (1_000, 100_000), 60, 10
LIMIT_PAGE_MS, LIMIT_LOOK_MS, LIMIT_GROWTH = 120.0, 50.0, 1.5
DUE, AT_ONCE, LIMIT_APPEAR = 1_000, 100, 50.0
CLEAN = "周末一起去爬山吧，带上水和干粮，早上八点在南门集合，下雨就改到下周。"
TEXTS = (*[CLEAN] * 8, "二手相机低价转让，要的加微信看实物。", "你就是个废物，活着浪费粮食。")
"""Of ten texts eight appear at once, and in two something stands out."""


def main() -> None:
    """Hand in, then fill and look."""
    with own_server(), pages() as (address, cookie):
        from gongdao import bootstrap  # noqa: PLC0415 – Django is set up only now
        from gongdao.domain.kernel.events import Role  # noqa: PLC0415

        bootstrap.load_packs()
        key = bootstrap.api_keys().create("bench", [Role.APP])
        _handed_in(address, key)
        _with_many(address, cookie)


def _handed_in(address: str, key: str) -> None:
    numbers = count()

    def send(client: httpx.Client) -> float:
        n, begun = next(numbers), time.perf_counter()
        text = {"author": f"author-{n % 500}", "text": TEXTS[n % len(TEXTS)], "reference": f"d-{n}"}
        answer = client.post("/api/v1/screening/posts", json=text)
        if answer.status_code != httpx.codes.CREATED:
            raise RuntimeError(answer.text)
        return (time.perf_counter() - begun) * 1000

    head = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=address, headers=head, timeout=60) as client:
        _as_fast(client, send, WARM_UP_SECONDS)
        took = _as_fast(client, send, SECONDS)
        rate = len(took) / SECONDS
        what = f"limit; {LANES} lanes, p50 {percentile(took, 0.5):.0f} ms"
        figure("held.hand_in.rate", rate, "texts/s", f">= {LIMIT_RATE:.0f}", what, LIMIT_RATE)
        took = _paced(client, send)
        p99, what = percentile(took, 0.99), f"limit; {RATE}/s, p50 {percentile(took, 0.5):.0f} ms"
        figure("held.hand_in.p99_ms", p99, "ms", f"<= {LIMIT_P99_MS:.0f}", what, LIMIT_P99_MS)


def _as_fast(client: httpx.Client, send: Callable[[httpx.Client], float], for_: int) -> list[float]:
    """Each lane sends as soon as it was answered."""
    until = time.perf_counter() + for_

    def lane(_: int) -> list[float]:
        found = []
        while time.perf_counter() < until:
            found.append(send(client))
        return found

    with ThreadPoolExecutor(LANES) as lanes:
        return [took for each in lanes.map(lane, range(LANES)) for took in each]


def _paced(client: httpx.Client, send: Callable[[httpx.Client], float]) -> list[float]:
    """So many a second whatever the answers take; counted from the moment each was due."""
    begun, late = time.perf_counter() + 0.1, threading.Lock()
    slots: Iterator[int] = iter(range(RATE * RATE_SECONDS))

    def lane(_: int) -> list[float]:
        found: list[float] = []
        while True:
            with late:
                slot = next(slots, None)
            if slot is None:
                return found
            due = begun + slot / RATE
            time.sleep(max(0.0, due - time.perf_counter()))
            send(client)
            found.append((time.perf_counter() - due) * 1000)

    with ThreadPoolExecutor(LANES) as lanes:
        return [took for each in lanes.map(lane, range(LANES)) for took in each]


def _with_many(address: str, cookie: str) -> None:
    from bench._held_posts import ManyPosts  # noqa: PLC0415 – Django is set up only now

    from gongdao import bootstrap  # noqa: PLC0415

    app = bootstrap.app()
    many = ManyPosts(app)
    found: dict[tuple[str, int], float] = {}
    for size in SIZES:
        say(f"writing {size - many.written} texts …")
        many.write(size - many.written)
        with httpx.Client(base_url=address, cookies={"sessionid": cookie}, timeout=60) as client:
            for key, paths in _pages().items():
                for path in paths[:WARM_UP]:
                    request(client, path)
                p95 = percentile([request(client, path) for path in paths], 0.95)
                found[key, size] = p95
                goal = f"<= {LIMIT_PAGE_MS:.0f} ms with {size} that wait"
                figure(f"{key}.p95_ms", p95, "ms", goal, "limit", LIMIT_PAGE_MS)
        took = [_look(0) for _ in range(REQUESTS)]
        goal = f"<= {LIMIT_LOOK_MS:.0f} ms with {size} that wait and none due"
        p95 = percentile(took, 0.95)
        figure("held.worker.look_ms", p95, "ms", goal, "limit", LIMIT_LOOK_MS)
    for key in _pages():
        growth = found[key, SIZES[1]] / found[key, SIZES[0]]
        goal = f"<= {LIMIT_GROWTH} from {SIZES[0]} to {SIZES[1]}"
        figure(f"{key}.p95_growth", growth, "×", goal, "limit", LIMIT_GROWTH)
    many.write(DUE, timedelta(hours=-1))
    begun = time.perf_counter()
    for _ in range(DUE // AT_ONCE):
        _look(AT_ONCE)
    rate = DUE / (time.perf_counter() - begun)
    goal = f">= {LIMIT_APPEAR:.0f} with {SIZES[1]} that wait"
    figure("held.worker.rate", rate, "texts/s", goal, "limit", LIMIT_APPEAR)


def _look(expected: int) -> float:
    """The worker's look, in milliseconds."""
    from gongdao import bootstrap  # noqa: PLC0415
    from gongdao.domain.flows.posts_over_time import PostsOverTime  # noqa: PLC0415

    begun = time.perf_counter()
    done = PostsOverTime(bootstrap.app().records).look(AT_ONCE)
    if done != expected:
        raise RuntimeError(f"{done} texts were due, not {expected}")
    return (time.perf_counter() - begun) * 1000


def _pages() -> dict[str, list[str]]:
    """What is asked for: two lists, each over and over, and one text after another."""
    from gongdao.storage.held_post_models import HeldPostRow  # noqa: PLC0415

    waiting = HeldPostRow.objects.filter(stage="waiting", level="desk").order_by("id")
    texts = [f"/desk/screening/{each}/" for each in waiting.values_list("id", flat=True)[:REQUESTS]]
    return {
        "held.queue": ["/desk/screening/"] * REQUESTS,
        "held.desk": texts,
        "held.mine": ["/mine/posts/"] * REQUESTS,
    }


if __name__ == "__main__":
    main()
