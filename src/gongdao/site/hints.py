"""A refusal's hint in the reader's language: the same words on every page and in the API."""

from django.utils.translation import gettext

from gongdao.domain.kernel.errors import GongdaoError, fill


def hint_of(problem: GongdaoError) -> str:
    """First translated, then filled."""
    return fill(gettext(problem.sentence), problem.facts)
