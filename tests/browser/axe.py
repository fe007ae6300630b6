"""What axe finds on a page, in words that name the rule and the element."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

SETTLED = 1500

_WIDER = """async (patience) => {
  await document.fonts.ready;
  const wider = () => Math.max(0, document.documentElement.scrollWidth - innerWidth);
  const begun = performance.now();
  do {
    await new Promise((laidOut) => requestAnimationFrame(() => requestAnimationFrame(laidOut)));
  } while (wider() > 0 && performance.now() - begun < patience);
  return wider();
}"""


def violations(page: Page) -> list[str]:
    """Every violation; an empty list is what a test asks for."""
    found = Axe().run(page, options=STANDARDS).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


def sticks_out(page: Page) -> int:
    """By how many pixels the page is wider than the window, once its layout has settled.

    A window that has just been resized is laid out a frame or two later, and a font may still be
    on its way: what sticks out for good still does after `SETTLED` milliseconds.
    """
    return int(page.evaluate(_WIDER, SETTLED))
