"""What text is, before anything is made of it."""

from gongdao.domain.kernel.errors import BadInput, hint_noop


def check_characters(*texts: str | None) -> None:
    """Refuse text with halves of characters: JSON can spell them, and nothing can keep them."""
    for text in texts:
        if text is not None and any("\ud800" <= character <= "\udfff" for character in text):
            raise BadInput(
                "text.broken",
                hint_noop("Part of the text is broken and cannot be read. Write that part again."),
            )
