"""What a rule pack says about files: how large, how many, and what is looked at in them."""

from pydantic import Field

from gongdao.domain.policy.model import Ground, Sourced, SpanText, Strict


class FileLimits(Sourced):
    """How large and how many."""

    file_bytes_max: int = Field(ge=1, le=10 * 1024**3)
    plain_bytes_max: int = Field(ge=1, le=64 * 1024**2)
    """Of a file that comes in one piece with a form, where the browser runs no script."""
    per_party_max: int = Field(ge=1, le=10_000)
    """How many one party may add to a case."""
    open_bytes_max: int = Field(ge=1)
    """What one network address may have begun to send and not handed in."""
    draft: SpanText
    """So long something sent and not handed in is kept."""
    name_max: int = Field(ge=1, le=1000)
    note_max: int = Field(ge=1, le=20_000)


class ExhibitPolicy(Strict):
    """exhibits.yaml: what people may add, and what staff look at in it."""

    limits: FileLimits
    captures: tuple[Ground, ...] = Field(min_length=1)
    """How a file may have been captured; the first one stands for those who don't say."""
    factors: tuple[Ground, ...] = Field(min_length=1)
    """What the authenticity of an exhibit is judged by, in order."""
    factors_source: Sourced
    """Where the factors come from."""
