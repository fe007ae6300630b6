"""Words as somebody spells them who does not want them found.

Stretched by blanks or signs, one character a line, in traditional characters, in letters of another
alphabet that look the same. What comes out is read beside the text, never in its place.
"""

import re
from collections.abc import Mapping

_HAN = "\u4e00-\u9fff"
_BETWEEN = re.compile(
    rf"(?<=[{_HAN}])[ \t·・•‧∙_\-~*|/\\+=#@&^'()（）\[\]【】{{}}<>《》]{{1,4}}(?=[{_HAN}])"
)
"""No sign that ends a clause or quotes: those keep their sense."""
_DOWNWARDS = re.compile(rf"(?<=\n[{_HAN}])\n+(?=[{_HAN}](?:\n|$))")
_STRETCHED = re.compile(r"(?<![a-z0-9])[a-z](?:[ ._\-*·][a-z]){2,39}(?![a-z0-9])")
_SIGNS = re.compile(r"[ ._\-*·]")


def plainly(text: str, written_as: Mapping[str, str]) -> str:
    """A folded text without such disguise."""
    known = text.translate({ord(odd): plain for odd, plain in written_as.items()})
    joined = _DOWNWARDS.sub("", f"\n{known}")[1:]
    joined = _BETWEEN.sub("", joined)
    return _STRETCHED.sub(lambda found: _SIGNS.sub("", found[0]), joined)
