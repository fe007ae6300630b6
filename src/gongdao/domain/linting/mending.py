"""Putting a better wording in the place of a clause, or leaving the clause out."""

import re

_BORDER = re.compile(r"[。！？；，、：\n]|[.!?;,:](?=\s|$)")
_SENTENCE_ENDS = "。！？.!?\n"
_COMMAS = "，、；：,;: "


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the clause goes in which a passage stands."""
    begins = max((found.end() for found in _BORDER.finditer(text, 0, start)), default=0)
    after = _BORDER.search(text, end)
    ends = after.start() if after else len(text)
    begins += len(text[begins:start]) - len(text[begins:start].lstrip())
    return begins, ends


def mended(text: str, start: int, end: int, better: str) -> str:
    """The text with `better` where the clause was; empty leaves it out with its punctuation."""
    begins, ends = clause(text, start, end)
    before, after = text[:begins], text[ends:]
    if better:
        first = not before.strip() or before.rstrip(" ")[-1] in _SENTENCE_ENDS
        return before + (better[:1].upper() + better[1:] if first else better) + after
    border, after = after[:1], after[1:]
    kept = before.rstrip(_COMMAS)
    if kept and border in _SENTENCE_ENDS and kept[-1] not in _SENTENCE_ENDS:
        kept += border
    elif kept and kept[-1] not in _SENTENCE_ENDS:
        kept = before.rstrip(" ")
    blank = " " if kept[-1:].isascii() and after[:1] == " " else ""
    return (kept + blank + after.lstrip(" ")).strip()
