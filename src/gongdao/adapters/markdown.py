"""Markdown of our own courses to HTML that is safe to show.

Only what a course needs is read: headings, lists, quotes, emphasis, tables and links. HTML in the
text is shown as text; pictures are not read; a link leads to https or to an address of this house.
"""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

_MOST = 100_000


def _link_leads_nowhere_bad(url: str) -> bool:
    return url.startswith(("https://", "/")) and not url.startswith("//")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    parser.disable(["image", "html_inline", "html_block", "autolink"])
    parser.validateLink = _link_leads_nowhere_bad  # type: ignore[method-assign]  # its own hook
    return parser


def rendered(text: str) -> str:
    """The text as HTML; beyond a limit nothing more is read."""
    parser = _parser()
    tokens = parser.parse(text[:_MOST])
    for token in tokens:
        _plain(token)
    renderer = parser.renderer
    return str(renderer.render(tokens, parser.options, {})) if _is_html(renderer) else ""


def _is_html(renderer: object) -> bool:
    return isinstance(renderer, RendererHTML)


def _plain(token: Token) -> None:
    """No inline style: the content security policy would refuse what tables write for alignment."""
    token.attrs.pop("style", None)
    for child in token.children or ():
        _plain(child)
