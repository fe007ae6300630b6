"""
A real Chromium before the real pages, one for the whole run.

* `chromium`  the browser; tests are skipped, with the reason, where there is none
* `surf`      opens pages: `surf("/report/", language="en", width=360, script=False)`
* `house`     the installation behind the pages, for the parts that the test itself doesn't click
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.fakes.clock import SettableClock
from tests.stories.stage import Stage, hire_on_postgres

from gongdao import bootstrap

CHROMIUM = shutil.which("chromium")
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


@dataclass
class Surf:
    """Opens pages, each kind of visitor in a window of their own."""

    chromium: Browser
    address: str
    open_windows: list[BrowserContext] = field(default_factory=list)

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
        window = self.chromium.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            color_scheme=scheme,
            extra_http_headers={"Accept-Language": language},
        )
        window.set_default_timeout(PATIENCE)
        self.open_windows.append(window)
        if session:
            cookie = {"name": "sessionid", "value": session, "url": self.address}
            window.add_cookies([cookie])  # type: ignore[list-item]
        page = window.new_page()
        if path is not None:
            page.goto(path)
        return page

    def close(self) -> None:
        """Close every window."""
        for window in self.open_windows:
            window.close()


@pytest.fixture
def surf(chromium: Browser, live_server: LiveServer) -> Iterator[Surf]:
    """Give a way to open pages; its windows are closed after the test."""
    opener = Surf(chromium, live_server.url)
    yield opener
    opener.close()


@pytest.fixture
def house(transactional_db: None) -> Stage:
    """Give the installation that the pages show, on the real clock."""
    app = bootstrap.app()
    clock = SettableClock(datetime.now(UTC))
    return Stage(app, clock, lambda name, *roles: hire_on_postgres(app, name, *roles))
