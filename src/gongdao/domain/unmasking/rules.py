"""When an identity may be shown."""

from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.policy.contact import UnmaskingPolicy


def check_reason(policy: UnmaskingPolicy, ground: str, reason: str, today: int) -> str:
    """The reason, trimmed; Refused where it is too thin, unknown, or there were too many looks."""
    if ground not in {known.code for known in policy.grounds}:
        raise Refused(
            "unmask.unknown_ground",
            hint_noop("Pick one of the grounds that the rules list: {known}."),
            known=", ".join(known.code for known in policy.grounds),
        )
    trimmed = reason.strip()
    if len(trimmed) < policy.reason_min:
        raise Refused(
            "unmask.reason_too_short",
            hint_noop("Give the reason in at least {least} characters. Auditors read it."),
            least=policy.reason_min,
        )
    if len(trimmed) > policy.reason_max:
        raise Refused(
            "unmask.reason_too_long",
            hint_noop("Shorten the reason to {most} characters."),
            most=policy.reason_max,
        )
    if today >= policy.per_day:
        raise Refused(
            "unmask.too_many",
            hint_noop("{most} identities in 24 hours are the limit for one person."),
            most=policy.per_day,
        )
    return trimmed
