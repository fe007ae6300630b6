"""What axe finds on a page, in words that name the rule and the element."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

STANDARDS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
IN_DARK = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]},
    "resultTypes": ["violations"],
}
"""What another scheme can change: how a page is made was looked at in the light one."""
_RUN = """async (options) => {
  const { violations } = await axe.run(options);
  return violations.flatMap((each) => each.nodes.map((node) => [each.id, String(node.target)]));
}"""

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
    """Every violation; an empty list is what a test asks for.

    Only what is wrong crosses over from the browser: what axe says of everything that is right is a
    megabyte a page, and took longer than looking for it.
    """
    page.evaluate(AXE_SCRIPT)
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    found = page.evaluate(_RUN, IN_DARK if dark else STANDARDS)
    return [f"{rule}: {target}" for rule, target in found]


def sticks_out(page: Page) -> int:
    """By how many pixels the page is wider than the window, once its layout has settled.

    A window that has just been resized is laid out a frame or two later, and a font may still be
    on its way: what sticks out for good still does after `SETTLED` milliseconds.
    """
    return int(page.evaluate(_WIDER, SETTLED))
