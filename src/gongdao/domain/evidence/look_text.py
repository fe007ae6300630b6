"""A look as text and back: sealed like every other text, so it goes when its owner is erased."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from gongdao.domain.evidence.file_text import Sound
from gongdao.domain.evidence.findings import About, Found, Look, ShownLine, Span
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
            ShownLine(line["text"], Box(**line["box"]), line["confidence"], line.get("place", ""))
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
                place=each.get("place", ""),
                spans=tuple(Span(**span) for span in each.get("spans", ())),
            )
            for each in plain["found"]
        ),
        sound=_sound(plain.get("sound")),
    )


def _sound(plain: Mapping[str, Any] | None) -> Sound | None:
    if plain is None:
        return None
    return Sound(plain["format"], plain["seconds"], tuple(plain["peaks"]))


def boxes(plain: Sequence[Mapping[str, float]]) -> tuple[Box, ...]:
    """Boxes out of JSON."""
    return tuple(Box(**each) for each in plain)
