"""A look as text and back: sealed like every other text, so it goes when its owner is erased."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from gongdao.domain.evidence.findings import About, Found, Look, ShownLine
from gongdao.domain.evidence.reading import Box


def written(look: Look) -> str:
    """The look as JSON."""
    return json.dumps(asdict(look), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Look:
    """The same look again."""
    plain: Mapping[str, Any] = json.loads(text)
    return Look(
        width=plain["width"],
        height=plain["height"],
        lines=tuple(
            ShownLine(line["text"], Box(**line["box"]), line["confidence"])
            for line in plain["lines"]
        ),
        found=tuple(
            Found(
                about=About(each["about"]),
                says=each["says"],
                written=each["written"],
                confidence=each["confidence"],
                boxes=boxes(each["boxes"]),
                exhibit=each["exhibit"],
            )
            for each in plain["found"]
        ),
    )


def boxes(plain: Sequence[Mapping[str, float]]) -> tuple[Box, ...]:
    """Boxes out of JSON."""
    return tuple(Box(**each) for each in plain)
