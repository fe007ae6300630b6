"""How fast the guided appeal is: its first page on a cold start, then each step's answer.

    ./dev bench appeals guide

A PostgreSQL of its own, the real pages in a process of their own. First paint: that process has
just started and answered its front page alone, and Chromium has nothing of ours in its cache.
Steps: `PEOPLE` people one after another, every screen shown and saved, over HTTP; recognition of
pictures is not among them.
"""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from bench._figures import figure, percentile, say
from bench._own_server import own_server

PEOPLE = 10
LIMIT_PAINT = 1.0
LIMIT_STEP = 300.0
_HIDDEN = re.compile(r'name="(seen|window|csrfmiddlewaretoken)" value="([^"]*)"')
_PAINTED = """() => new Promise((done) => {
  const seen = performance.getEntriesByName("first-contentful-paint")[0];
  if (seen) return done(seen.startTime);
  new PerformanceObserver((list) => {
    const entry = list.getEntriesByName("first-contentful-paint")[0];
    if (entry) done(entry.startTime);
  }).observe({ type: "paint", buffered: true });
})"""
SAID = {
    "situation": {"situation": "context"},
    "ask-when": {"answer_when": "2026年11月3日20:15"},
    "ask-device": {"answer_device": "华为 Mate 60"},
    "ask-what": {"answer_what": "我在评论里引用了对方骂我的话，前后文可以看到。"},
    "ask-plan": {"answer_plan": "今后引用时写明出处，由我本人在发布前检查。"},
    "wish": {"wish": "lift"},
}
SHOWN = ("", "decision/", "materials/", "statement/", "wording/", "check/")


def main() -> None:
    """Measure the paint, then the steps."""
    with own_server():
        codes = _decided(PEOPLE + 1)
        with _pages() as address:
            paint = _first_paint(f"{address}/appeal/{codes[-1]}/write/")
            figure("appeals.guide_first_paint_s", paint, "s", "≤ 1", "limit", LIMIT_PAINT)
            took = _steps(address, codes[:-1])
    every = [each for times in took.values() for each in times]
    worst = max(took, key=lambda step: percentile(took[step], 0.95))
    slowest = percentile(took[worst], 0.95)
    p95 = percentile(every, 0.95)
    figure("appeals.guide_step_p95_ms", p95, "ms", "≤ 300", "limit", LIMIT_STEP)
    figure(
        "appeals.guide_slowest_step_p95_ms", slowest, "ms", "≤ 300", f"limit ({worst})", LIMIT_STEP
    )


def _decided(number: int) -> list[str]:
    """So many people with a decision against them; the codes of their letters."""
    import django  # noqa: PLC0415 – its settings are known only now

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from gongdao import bootstrap  # noqa: PLC0415
    from gongdao.domain.access.model import NOBODY, Caller  # noqa: PLC0415
    from gongdao.domain.decisions.model import Outcome  # noqa: PLC0415
    from gongdao.domain.decisions.rules import Ruling  # noqa: PLC0415
    from gongdao.domain.flows.reporting import Submission  # noqa: PLC0415
    from gongdao.domain.kernel.events import Role  # noqa: PLC0415
    from gongdao.domain.policy.model import SubjectKind  # noqa: PLC0415

    app = bootstrap.app()
    staff = Caller(app.records.parties.by_account("bench-staff"), frozenset({Role.REVIEWER}))
    codes = []
    for each in range(number):
        submission = Submission(
            subject_kind=SubjectKind.CONTENT,
            subject_ref=f"post-{each}",
            snapshot="你就是个废物。",
            category="abuse",
            statement="他在评论里这样骂我，请处理。",
            account=f"person-{each}",
        )
        receipt = app.reporting.file(submission, NOBODY)
        app.investigating.accept(receipt.case, "内容清楚，予以受理并调查。", staff)
        ruling = Ruling(
            Outcome.VIOLATION,
            "被举报人在评论区对楼主写了这句话。",
            "这句话针对可以认出的人，属于规则列出的情形。",
            "abuse.insult",
        )
        app.deciding.decide(receipt.case, ruling, staff)
        respondent = app.records.parties.by_account(f"person-{each}")
        codes.append(app.records.codes.issue(receipt.case, respondent))
    return codes


@contextmanager
def _pages() -> Iterator[str]:
    """The pages in a process that has just started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-m", "uvicorn", "gongdao.site.asgi:application"]
    options = ["--port", str(port), "--log-level", "error", "--no-access-log"]
    child = subprocess.Popen([*program, *options])
    try:
        for _ in range(600):
            try:
                httpx.get(f"http://127.0.0.1:{port}/", timeout=60)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(20)


def _first_paint(url: str) -> float:
    """Seconds until a browser that knows nothing of us has painted the first page."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 – heavy

    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 780})
        page.goto("about:blank")
        page.goto(url, wait_until="commit")
        painted = float(page.evaluate(_PAINTED))
        browser.close()
    say(f"first paint: {painted:.0f} ms")
    return painted / 1000


def _steps(address: str, codes: list[str]) -> dict[str, list[float]]:
    """Milliseconds of every step of every appeal."""
    took: dict[str, list[float]] = defaultdict(list)
    for code in codes:
        with httpx.Client(base_url=f"{address}/appeal/{code}/write/") as client:
            for screen in SHOWN[:2]:
                _asked(client, took, screen)
            for screen, texts in SAID.items():
                page = _asked(client, took, f"{screen}/")
                _asked(client, took, f"{screen}/", {**dict(_HIDDEN.findall(page)), **texts})
            for screen in SHOWN[2:]:
                page = _asked(client, took, screen)
            _asked(client, took, "check/", dict(_HIDDEN.findall(page)))
            _asked(client, took, "sent/")
    return took


def _asked(
    client: httpx.Client,
    took: dict[str, list[float]],
    screen: str,
    texts: dict[str, str] | None = None,
) -> str:
    begun = time.perf_counter()
    answer = client.get(screen) if texts is None else client.post(screen, data=texts)
    verb = "shown" if texts is None else "saved"
    took[f"{screen or 'list/'} {verb}"].append((time.perf_counter() - begun) * 1000)
    if answer.status_code not in {httpx.codes.OK, httpx.codes.FOUND}:
        raise RuntimeError(f"{screen} answered {answer.status_code}: {answer.text[:500]}")
    return answer.text
