"""What a rule pack says about writing to a reporter, and about looking at who they are."""

from pydantic import Field

from gongdao.domain.policy.model import Ground, Sourced, Strict


class MailboxPolicy(Sourced):
    """Limits of the mailbox between a reporter and the reviewers of a case."""

    text_max: int = Field(ge=1, le=20_000)
    """Characters of one message."""
    reporter_per_day: int = Field(ge=1, le=1000)
    staff_per_day: int = Field(ge=1, le=1000)


class UnmaskingPolicy(Sourced):
    """When a reporter's identity may be looked at."""

    grounds: tuple[Ground, ...] = Field(min_length=1)
    """Kinds of reasons. The reporter is told the title; the hint is for whoever asks."""
    reason_min: int = Field(ge=1)
    reason_max: int = Field(ge=1, le=20_000)
    per_day: int = Field(ge=1, le=1000)
    """How many looks one person has within 24 hours."""


class ContactPolicy(Strict):
    """contact.yaml: the mailbox and the way to an identity."""

    mailbox: MailboxPolicy
    unmasking: UnmaskingPolicy
