"""The gallery and the front page in a real Chromium: axe, widths, keys, nothing from elsewhere."""

import gzip
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, expect
from tests.browser.axe import violations


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = StaticFilesHandler(get_wsgi_application())
    server = make_server("127.0.0.1", 0, app, server_class=_Server, handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def opened(chromium: Browser, url: str, *, width: int, scheme: str, language: str) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        extra_http_headers={"Accept-Language": language},
    )
    page = context.new_page()
    page.goto(url)
    return page


@pytest.mark.parametrize("path", ["/", "/pieces/", "/pieces/?desk", "/pieces/?confirm"])
@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(1280, "light", "zh-hans"), (360, "dark", "en")]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    chromium: Browser, address: str, path: str, width: int, scheme: str, language: str
) -> None:
    page = opened(chromium, address + path, width=width, scheme=scheme, language=language)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(page) == []
    page.context.close()


def test_a_violation_would_be_found(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content("<img src=x><p style='color: #ccc; background: #fff'>pale</p>")
    found = violations(page)
    page.close()

    assert "image-alt: img" in found
    assert "color-contrast: p" in found
    assert "html-has-lang: html" in found


def test_a_page_breaks_no_policy_and_asks_nobody_else(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))

    page.goto(address + "/pieces/", wait_until="networkidle")

    assert said == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert page.evaluate("typeof htmx") == "object"
    assert page.evaluate("htmx.config.allowEval") is False
    page.close()


def test_keys_walk_the_queue_and_explain_themselves(chromium: Browser, address: str) -> None:
    page = opened(
        chromium, address + "/pieces/?desk", width=1280, scheme="light", language="zh-hans"
    )

    page.keyboard.press("j")
    assert "C-2026-001290" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("k")
    assert "C-2026-001284" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()
    page.locator("textarea").focus()
    page.keyboard.type("j?")
    expect(page.locator("textarea")).to_have_value("j?")
    page.context.close()


def test_an_error_summary_is_read_first(chromium: Browser, address: str) -> None:
    page = opened(chromium, address + "/pieces/", width=1280, scheme="light", language="zh-hans")

    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.context.close()


def test_the_first_page_is_light(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    bodies: list[bytes] = []
    page.on("response", lambda answer: bodies.append(answer.body()))

    page.goto(address + "/", wait_until="networkidle")

    assert sum(len(gzip.compress(body)) for body in bodies) <= 150 * 1024
    page.close()
