"""Papers for authorities, printed; and which ways to appeal work here."""

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.papers import Paper
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.ways import Way, WayKind

PER_MINUTE = 6
"""Papers that one person may print in a minute: each takes a second of processor time."""


def allow(who: str) -> None:
    """Count one more paper of somebody; Refused once there were too many."""
    from gongdao.storage.rate_limits import allow as count  # noqa: PLC0415 – once Django is set up

    count(bootstrap.app().secrets, "paper", who, PER_MINUTE, chance.now())


def printed(case: CaseId, code: str, language: str, caller: Caller) -> tuple[Paper, bytes]:
    """A paper as PDF/A."""
    from gongdao.adapters.packet_paper.authority import print_paper  # noqa: PLC0415 – for it alone

    operator = bootstrap.signing_keys().origin
    paper = bootstrap.app().around_appeals.papers.make(case, code, language, caller, operator)
    return paper, print_paper(paper)


def ways() -> list[tuple[Way, bool]]:
    """The ways to appeal that today's pack names, and whether each works in this installation.

    The web always does. The app does once a program of the operator's has a key; the phone and the
    official account once the operator named a number; for authorities the papers are made here.
    """
    records = bootstrap.app().records
    policy = pack_of_the_day(records.packs, records.clock()).ways
    return [(way, _works(way)) for way in policy.ways] if policy else []


def _works(way: Way) -> bool:
    if way.kind is WayKind.IN_APP:
        return any(key.revoked_at is None for key in bootstrap.api_keys().listed())
    if way.kind is WayKind.PHONE:
        return bool(way.number)
    return way.kind in {WayKind.WEB, WayKind.AUTHORITY}
