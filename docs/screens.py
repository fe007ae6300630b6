"""Takes the pictures of the pages: `python -m docs.screens`, a minute or two.

Starts a practice installation in a folder of its own, does with Chromium what people do, and writes
docs/screens/*.png. Every case in them is made up. Needs Debian's chromium-headless-shell
or chromium, and fonts-noto-cjk.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent / "screens"
WIDE, NARROW, HIGH = 1280, 360, 860
SIGN_IN = re.compile(r"([a-z ]+): (http://\S+/practice/sign-in/\S+)")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
SNAPSHOT = "你就是个废物，活着浪费粮食。"
STATEMENT = "他在评论里这样骂我，已经是第二次了。前后文都在这条帖子下面，请处理。"
OPEN_TO_APPEAL = ".answer-actions a[href$='/appeal/']"
INSULT = "辱骂他人"
COLOURS = 256
"""As many as a picture keeps, so that the README loads fast."""
GROUNDS = "这句话是我引用别人骂我的话，前后文可以看到。请重新看一下这条评论的上下文。"
CHAT = """<style>
  body { margin: 0; font: 17px "Noto Sans CJK SC"; background: #ededed; color: #111 }
  h1 { margin: 0; padding: 14px; font-size: 17px; text-align: center; background: #f7f7f7 }
  p { margin: 16px 0 4px 14px; font-size: 13px; color: #777 }
  p.day { text-align: center; margin: 16px 0 0 }
  span { display: inline-block; margin-left: 14px; padding: 10px 12px; background: #fff }
</style>
<h1>跑步群(18)</h1><p class="day">2026年3月2日 21:03</p>
<p>阿杰</p><span>周六的跑步还去吗？</span><p>李四</p><span>你就是个废物，别来丢人了。</span>
<p class="day">2026年3月2日 21:07</p>
<p>阿杰</p><span>请不要这样说话。</span><p>李四</p><span>有本事打 13800138000 找我。</span>"""
"""A chat that nobody had, drawn by the browser."""
PATIENCE = 120
"""Seconds until a program has read a picture."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A browser before an installation."""

    browser: Browser
    address: str
    sign_ins: Mapping[str, str]
    """The link of each role, by its English name."""

    def visit(self, path: str, *, role: str = "", width: int = WIDE, language: str = "zh") -> Page:
        """Open a page as somebody new, signed in where a role is named."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": HIGH},
            device_scale_factor=1 if width == WIDE else 2,
            color_scheme="light",
            locale="zh-CN" if language == "zh" else "en-GB",
            extra_http_headers={"Accept-Language": language},
        )
        page = context.new_page()
        if role:
            page.goto(self.sign_ins[role])
        page.goto(path)
        return page


def take(page: Page, name: str, *, height: int = HIGH) -> None:
    """Write what the window shows, and close it."""
    width = page.viewport_size["width"] if page.viewport_size else WIDE
    page.set_viewport_size({"width": width, "height": height})
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement && document.activeElement.blur()")
    page.evaluate("scrollTo(0, 0)")
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    few = Image.open(path).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    sys.stdout.write(f"docs/screens/{name}.png\n")
    page.context.close()


def send(page: Page) -> None:
    """Press the button of the page's form."""
    page.click("main form button[type=submit]")


def fill_in_report(page: Page) -> None:
    """The first step of a report: what and where."""
    page.check("input[name=kind][value=content]")
    page.fill("#id_ref", "post-81")
    page.fill("#id_account", "li_si")
    page.fill("#id_snapshot", SNAPSHOT)


def reporter(camera: Camera) -> None:
    """The front page, a report, its receipt, and where it stands."""
    take(camera.visit("/"), "front")
    take(camera.visit("/", language="en"), "front-en")
    take(camera.visit("/", width=NARROW), "front-360", height=720)
    page = camera.visit("/report/")
    fill_in_report(page)
    send(page)
    page.check("input[name=category][value=abuse]")
    page.fill("#id_statement", STATEMENT)
    twin = camera.visit("/report/")
    fill_in_report(twin)
    take(twin, "report", height=1150)
    send(page)
    send(page)
    code = page.inner_text(".receipt-code").replace("\n", "").strip()
    take(page, "receipt")
    page = camera.visit("/track/")
    page.fill("#code", code)
    send(page)
    take(page, "track")


def respondent(camera: Camera) -> None:
    """A decision with its letter, and an appeal against it."""
    for name in ("decision", "appeal"):
        page = camera.visit("/mine/", role="person concerned")
        links = page.locator("main a[href^='/mine/0']").all()
        for path in [str(link.get_attribute("href")) for link in links]:
            page.goto(path)
            if page.locator(OPEN_TO_APPEAL).count() and page.get_by_text(INSULT).count():
                break
        if name == "appeal":
            page.click(OPEN_TO_APPEAL)
            steps = page.url
            page.goto(f"{steps}statement/")
            page.fill("#id_part_facts", GROUNDS)
            send(page)
            page.goto(f"{steps}check/")
        take(page, name, height=1300)


def afterwards(camera: Camera) -> None:
    """A text that waits, how an account stands, a course, and where an account is frozen."""
    page = camera.visit("/mine/posts/", role="person concerned")
    page.locator("main a[href^='/mine/posts/0']").first.click()
    page.wait_for_url("**/mine/posts/0*/")
    take(page, "waiting", height=900)
    take(camera.visit("/mine/standing/", role="person concerned"), "standing", height=1100)
    page = camera.visit("/learn/", role="person concerned")
    page.goto("/learn/community_rules/")
    take(page, "course", height=900)
    take(camera.visit("/freeze/", width=NARROW), "freeze-360", height=800)


def visitor(camera: Camera) -> None:
    """The comparison of platforms."""
    take(
        camera.visit("/rules/compare/?p=wechat&p=taobao&p=jd&about=appeal"), "compare", height=1250
    )


def reviewer(camera: Camera) -> None:
    """The desk: queue, case and decision side by side."""
    page = camera.visit("/desk/?queue=investigating", role="reviewer")
    page.locator("a[href^='/desk/0']").nth(1).click()
    take(page, "desk", height=680)


def merchant(camera: Camera) -> None:
    """The board of disputes on outside platforms, and how one that was rejected goes on."""
    for name in ("board", "follow"):
        page = camera.visit("/merchants/", role="merchant")
        page.locator("a[href^='/merchants/o/']").first.click()
        if name == "follow":
            page.locator("[data-line]", has_text="淘宝").first.click()
        take(page, name, height=1150)


def evidence(camera: Camera) -> None:
    """An exhibit with the picture shown, and the check of a packet that holds it."""
    page = camera.visit("/desk/?queue=investigating", role="reviewer")
    page.locator("a[href^='/desk/0']").nth(1).click()
    page.wait_for_url("**/desk/0*/**")
    case = page.url.split("?")[0].rstrip("/")
    page.goto(f"{case}/evidence/")
    page.set_input_files("#id_file", [_drawn(camera)])
    page.click("main form:has(#id_file) button[type=submit]")
    page.click(".exhibits a[href*='/evidence/']")
    late = time.monotonic() + PATIENCE
    while not page.locator(".viewer-lines li").count():
        if time.monotonic() > late:
            raise SystemExit("nobody has read the picture")
        time.sleep(1)
        page.reload()
    there = page.url
    with page.expect_download() as packet:
        page.goto(case)
        page.click("form[action$='/packet/'] button[type=submit]")
    check = camera.visit("/check/")
    check.set_input_files("#zip", packet.value.path())
    check.wait_for_selector(".verdict")
    take(check, "check", height=1000)
    page.goto(there)
    page.click(".viewer-peek summary")
    page.locator(".findings-svg image").wait_for()
    take(page, "exhibit", height=1120)


def _drawn(camera: Camera) -> FilePayload:
    page = camera.browser.new_page(viewport={"width": 390, "height": 480}, device_scale_factor=2)
    page.set_content(CHAT)
    drawn = page.screenshot()
    page.close()
    return {"name": "群聊截图.png", "mimeType": "image/png", "buffer": drawn}


@contextlib.contextmanager
def installation() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Run a practice installation; gives its address and the link of each role."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="gongdao-screens-"))
    folder.chmod(0o711)  # the embedded server may run under another account
    env = {key: value for key, value in os.environ.items() if not key.startswith("GONGDAO_")}
    env |= {"GONGDAO_DATA": str(folder), "GONGDAO_PORT": str(port)}
    command = (sys.executable, "-m", "gongdao", "up", "--practice")
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as running:
        try:
            yield f"http://127.0.0.1:{port}", _sign_ins(running)
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(30)
            shutil.rmtree(folder, ignore_errors=True)


def _sign_ins(running: "subprocess.Popen[str]") -> Mapping[str, str]:
    found = {}
    for line in running.stdout or ():
        if role := SIGN_IN.search(line):
            found[role[1].strip()] = role[2]
        if "Ctrl-C stops everything" in line:
            return found
    raise SystemExit("the practice installation did not start")


def main() -> None:
    """Take every picture."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("There is no chromium on the PATH. Debian's package is called chromium.")
    with installation() as (address, sign_ins), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        camera = Camera(browser, address, sign_ins)
        for walk in (reporter, respondent, afterwards, visitor, reviewer, merchant, evidence):
            walk(camera)
        browser.close()


if __name__ == "__main__":
    main()
