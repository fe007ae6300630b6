"""What axe finds on a page, in words that name the rule and the element."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    """Every violation; an empty list is what a test asks for."""
    found = Axe().run(page, options=STANDARDS).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


def sticks_out(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"))
