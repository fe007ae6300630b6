"""A reader's own figures beside the claimed ones: out of a file of their organisation's numbers."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.console import Console
from rich.markup import escape

from gongdao.domain.kernel.errors import BadInput, hint_noop

TOO_FEW = 20
"""Below this many a share says nothing."""
_WORDS = {
    "zh": ("您自己的数字（按您组织的纠纷统计，不是平台或文章的说法）", "支持", "太少，无法判断",
           "天答复（中位数）", "没有纠纷"),
    "en": ("Your own figures (of your organisation's disputes, not a claim of anybody's)",
           "upheld", "too few to tell", "days to an answer, in the middle", "no disputes"),
}  # fmt: skip


class _Loose(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class OwnRate(_Loose):
    """How many were upheld, of those that were answered."""

    n: int = Field(ge=0)
    upheld: int = Field(ge=0)


class OwnFigures(_Loose):
    """What one platform did with ours."""

    platform: str
    rate: OwnRate
    days: float | None = None
    answers: int = 0


class OwnNumbers(_Loose):
    """As `GET /api/v1/organisations/{id}/numbers` gives them."""

    platforms: tuple[OwnFigures, ...]


def read(path: Path) -> OwnNumbers:
    """Read them; BadInput where the file is none of ours."""
    try:
        return OwnNumbers.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise BadInput(
            "packs.own_unreadable",
            hint_noop("Give the JSON of your organisation's numbers, as the API answers it."),
        ) from None


def print_own(console: Console, own: OwnNumbers, platforms: Sequence[str], lang: str) -> None:
    """Below the table: for each platform what happened to one's own."""
    title, upheld, few, days, none = _WORDS[lang]
    known = {each.platform: each for each in own.platforms}
    console.print(f"{title}:", highlight=False)
    for name in platforms:
        each = known.get(name)
        if each is None:
            console.print(f"  {escape(name)}: {none}", highlight=False)
            continue
        n = each.rate.n
        share = few if n < TOO_FEW else f"{round(100 * each.rate.upheld / n)}%"
        line = f"  {escape(name)}: {upheld} {share} (n = {n})"
        if each.days is not None:
            line += f"; {each.days:g} {days} (n = {each.answers})"
        console.print(line, highlight=False)
