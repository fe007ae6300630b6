"""What a rule pack says about looking at the pictures among the exhibits (E2)."""

from typing import Literal

from pydantic import Field

from gongdao.domain.policy.basics import Code, Sourced, Strict

Shows = Literal["transaction", "content", "communication", "identity"]
"""What an exhibit can show."""


class Layout(Sourced):
    """By which words one screen of a platform's app is recognised."""

    platform: Code
    screen: Code
    words: tuple[str, ...] = Field(min_length=1)
    needs: int = Field(ge=1, le=20)
    """So many of the words must stand in the picture."""


class WholePolicy(Sourced):
    """When a picture shows the whole of a screen."""

    ratios: tuple[float, ...] = Field(min_length=1)
    """Height by width of telephones' screens."""
    room: float = Field(gt=0, lt=0.5)
    room_photographed: float = Field(gt=0, lt=0.5)


class LikenessPolicy(Sourced):
    """When two pictures are pointed out as likely the same."""

    bits: int = Field(ge=0, le=90)
    """Of the 256 of a fingerprint that may differ."""
    shared_text: float = Field(gt=0, le=1)
    piece: int = Field(ge=2, le=10)
    least_pieces: int = Field(ge=4)


class AgreementPolicy(Sourced):
    """How far the picture's times may lie from those of the statement."""

    days: int = Field(ge=0, le=365)


class ChainPolicy(Sourced):
    """What the exhibits of a case should show together (D2)."""

    needs: dict[Code, tuple[Shows, ...]]
    """By the category of the report. What no category asks for is no gap where it is missing."""

    def of(self, category: str) -> tuple[str, ...]:
        """What a case of that category needs."""
        return self.needs.get(category, ())


class PicturePolicy(Strict):
    """pictures.yaml: how exhibits' pictures are looked at."""

    layouts: tuple[Layout, ...]
    whole: WholePolicy
    likeness: LikenessPolicy
    agreement: AgreementPolicy
    chain: ChainPolicy
