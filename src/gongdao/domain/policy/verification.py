"""What a rule pack says about showing that one is who one says."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from gongdao.domain.kernel.spans import Span, Unit
from gongdao.domain.policy.basics import Sourced, SpanText, Strict

MOST = 90
"""No sum of proofs may weigh a hundred: they are never the whole of it."""


def _flat(span: Span) -> Span:
    if span.unit is Unit.WORKING_DAYS:
        raise ValueError("write hours or days: no calendar is needed here")
    return span


PlainSpan = Annotated[SpanText, AfterValidator(_flat)]
"""Hours or calendar days."""


class Weighty(Sourced):
    """A proof that weighs something, out of a hundred that no sum of proofs reaches."""

    weight: int = Field(ge=0, le=MOST)


class VouchPolicy(Weighty):
    """Friends who vouch. The weight is that of all who are wanted; each has an equal part of it."""

    wanted: int = Field(ge=1, le=10)
    open_most: int = Field(ge=1, le=20)
    """Invitations that may be open at once."""
    total_most: int = Field(ge=1, le=100)
    """Invitations in one case, withdrawn ones too."""
    valid_for: PlainSpan
    account_age: PlainSpan
    """So old the friend's own account must be."""
    name_most: int = Field(ge=1, le=80)
    """Characters of the name that friends are shown."""


class DevicePolicy(Sourced):
    """A signed-in session on a device that was known before."""

    known_for: PlainSpan
    """So long before the decision the device must have signed in already."""
    weight_known: int = Field(ge=0, le=MOST)
    weight_passkey: int = Field(ge=0, le=MOST)
    weight_second_factor: int = Field(ge=0, le=MOST)
    weight_password: int = Field(ge=0, le=MOST)


class FacePolicy(Weighty):
    """A live face, compared by a service."""


class RingPolicy(Sourced):
    """When vouching looks like a ring."""

    within: PlainSpan
    circle_most: int = Field(ge=2, le=8)
    """People in a circle of vouching, at the most."""
    group_least: int = Field(ge=2, le=10)
    """People that two cases share, friends and appellants alike."""
    group_cases: int = Field(ge=1, le=10)
    """Other cases that share so many."""
    often: int = Field(ge=1, le=100)
    """Cases in which one person vouches without being noticed."""


class VerificationPolicy(Strict):
    """verification.yaml: assisted verification."""

    vouching: VouchPolicy
    device: DevicePolicy
    face: FacePolicy
    rings: RingPolicy

    @model_validator(mode="after")
    def _never_the_whole(self) -> Self:
        device = self.device
        strongest = max(device.weight_passkey, device.weight_second_factor, device.weight_password)
        whole = self.vouching.weight + self.face.weight + device.weight_known + strongest
        if whole > MOST:
            raise ValueError(f"all proofs together weigh {whole}; at most {MOST} is allowed")
        return self
