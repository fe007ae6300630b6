"""What a rule pack says about protecting an account."""

from typing import Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Sourced, Strict
from gongdao.domain.policy.verification import PlainSpan


class DeviceNotices(Sourced):
    """Telling the owner that somebody signed in on a device that was not known."""

    most: int = Field(ge=2, le=200)
    """So many devices an account knows; beyond that the one unused longest is forgotten."""
    most_a_day: int = Field(ge=1, le=50)
    """Notices, not sign-ins."""
    link_valid: PlainSpan
    """So long the link “this wasn't me” freezes the account."""


class BackupPolicy(Sourced):
    """A second address."""

    code_valid: PlainSpan
    confirm_every: PlainSpan
    remind_before: PlainSpan

    @model_validator(mode="after")
    def _reminded_in_time(self) -> Self:
        if self.remind_before.flat() >= self.confirm_every.flat():
            raise ValueError("the reminder must come within the time that a contact holds")
        return self


class FreezePolicy(Sourced):
    """The code that freezes."""

    old_code_still: PlainSpan
    """So long a code that was replaced freezes all the same: a thief who makes a new one
    must not disarm the owner's."""
    settled: PlainSpan
    """What was changed within so long before the freezing counts for nothing on the way back."""


class ReturnPolicy(Sourced):
    """The way back to a frozen account."""

    wait_recovery_code: PlainSpan
    wait_backup: PlainSpan
    wait_address: PlainSpan
    code_valid: PlainSpan
    return_valid: PlainSpan
    """So long, after the wait, the return can be finished."""


class WhileFrozen(Sourced):
    """Deadlines of cases in which the owner must answer."""

    hold_most: PlainSpan
    """Freezing one's account holds such a clock for so long in all, and not longer."""


class ProtectionPolicy(Strict):
    """protection.yaml: protecting an account."""

    devices: DeviceNotices
    backup: BackupPolicy
    freezing: FreezePolicy
    returning: ReturnPolicy
    deadlines: WhileFrozen
