"""What text is, before anything is made of it."""

import re

from gongdao.domain.kernel.errors import BadInput, hint_noop

_HALF = re.compile("[\ud800-\udfff]")


def check_characters(*texts: str | None) -> None:
    """Refuse text with halves of characters: JSON can spell them, and nothing can keep them."""
    for text in texts:
        if text is not None and _HALF.search(text):
            raise BadInput(
                "text.broken",
                hint_noop("Part of the text is broken and cannot be read. Write that part again."),
            )
