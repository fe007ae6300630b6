"""Words of negotiations, for their templates."""

from django import template

from gongdao.web import words
from gongdao.web.merchants import talk_words

register = template.Library()


@register.filter
def talk_kind(code: str) -> str:
    """What is offered, in words."""
    return words.said(talk_words.KINDS, code)


@register.filter
def talk_state(code: str) -> str:
    """What became of an offer, in words."""
    return words.said(talk_words.STATES, code)


@register.filter
def yuan(fen: int) -> str:
    """An amount in yuan."""
    return f"{fen / 100:.2f}"
