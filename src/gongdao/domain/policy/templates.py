"""The words of notices, as a pack holds them: both languages, with `{named}` gaps."""

from string import Formatter

from pydantic import Field

from gongdao.domain.policy.model import Code, Strict


class NoticeText(Strict):
    """One notice in one language."""

    subject: str = Field(min_length=1, max_length=200)
    body: str = Field(min_length=1, max_length=8000)


class NoticeTemplate(Strict):
    """One notice in both languages, and the gaps that it may leave."""

    gaps: tuple[Code, ...] = ()
    zh: NoticeText
    en: NoticeText

    def in_(self, language: str) -> NoticeText:
        """The text in `zh…`, or else in English."""
        return self.zh if language.startswith("zh") else self.en


def gaps_in(text: str) -> frozenset[str]:
    """The names of the gaps in a text; ValueError if its braces don't match."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
