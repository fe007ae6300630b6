"""
A real Chromium before the real pages, one for the whole run.

* `chromium`  the browser; tests are skipped, with the reason, where there is none
* `surf`      opens pages: `surf("/report/", language="en", width=360, script=False)`
* `house`     the installation behind the pages, for the parts that the test itself doesn't click
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.fakes.clock import SettableClock
from tests.stories.stage import Stage, hire_on_postgres

from gongdao import bootstrap

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""The one without windows takes half the processor time for the same pages."""
WHY_NOT = "there is no chromium on this machine (Debian's package is called chromium)"
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 10_000
"""Milliseconds until a page that does not come, or does not say what it should, is a failure."""

Scheme = Literal["light", "dark"]

# The driver of the browser runs an event loop in this thread; Django would then refuse the ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the one browser of the run."""
    if CHROMIUM is None:
        pytest.skip(WHY_NOT)
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


class Look(NamedTuple):
    """What a window is opened with, and keeps."""

    language: str
    width: int
    script: bool
    scheme: Scheme


@dataclass
class Windows:
    """Windows that no test holds just now: opening one takes longer than most of what it shows.

    A window comes back empty and without its cookies. Ours keep nothing else in a browser but what
    any visitor's does, the styles and scripts that it has seen before.
    """

    chromium: Browser
    address: str
    free: dict[Look, list[Page]] = field(default_factory=lambda: defaultdict(list))

    def take(self, look: Look) -> Page:
        """A window that looks like this, of somebody new."""
        if self.free[look]:
            return self.free[look].pop()
        window = self.chromium.new_context(
            base_url=self.address,
            viewport={"width": look.width, "height": 900},
            java_script_enabled=look.script,
            color_scheme=look.scheme,
            extra_http_headers={"Accept-Language": look.language},
        )
        window.set_default_timeout(PATIENCE)
        return window.new_page()

    def give_back(self, look: Look, page: Page) -> None:
        """Nobody's again; one that the test closed is gone."""
        if page.is_closed():
            return
        page.goto("about:blank")
        page.context.clear_cookies()
        self.free[look].append(page)

    def close(self) -> None:
        """Close them all."""
        for pages in self.free.values():
            for page in pages:
                page.context.close()


@dataclass
class Surf:
    """Opens pages, each kind of visitor in a window of their own."""

    windows: Windows
    taken: list[tuple[Look, Page]] = field(default_factory=list)

    def __call__(
        self,
        path: str | None,
        *,
        language: str = "zh-hans",
        width: int = 1280,
        script: bool = True,
        scheme: Scheme = "light",
        session: str = "",
    ) -> Page:
        """Open a page as somebody new; without a path a window with nothing in it yet."""
        look = Look(language, width, script, scheme)
        page = self.windows.take(look)
        self.taken.append((look, page))
        if session:
            cookie = {"name": "sessionid", "value": session, "url": self.windows.address}
            page.context.add_cookies([cookie])  # type: ignore[list-item]
        if path is not None:
            page.goto(path)
        return page

    def close(self) -> None:
        """Give every window back."""
        for look, page in self.taken:
            self.windows.give_back(look, page)


@pytest.fixture(scope="session")
def windows(chromium: Browser, live_server: LiveServer) -> Iterator[Windows]:
    """Give the windows of the run; all are closed before their server is."""
    windows = Windows(chromium, live_server.url)
    yield windows
    windows.close()


@pytest.fixture
def surf(windows: Windows, live_server: LiveServer) -> Iterator[Surf]:
    """Give a way to open pages; its windows are given back after the test."""
    opener = Surf(windows)
    yield opener
    opener.close()


@pytest.fixture
def house(transactional_db: None) -> Stage:
    """Give the installation that the pages show, on the real clock."""
    app = bootstrap.app()
    clock = SettableClock(datetime.now(UTC))
    return Stage(app, clock, lambda name, *roles: hire_on_postgres(app, name, *roles))
