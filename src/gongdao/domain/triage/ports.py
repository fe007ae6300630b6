"""What triage needs from outside."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.ids import CaseId, PackRef, PersonId
from gongdao.domain.policy.model import SubjectKind
from gongdao.domain.triage.model import Able, Claim, Pulled, Puller, Spreading, Waiting


class Queues(Protocol):
    """Every open case in the order in which it should be worked on; closed ones are absent."""

    def get(self, case: CaseId) -> Waiting | None:
        """An open case, or None."""

    def several(self, cases: Sequence[CaseId]) -> list[Waiting]:
        """Open cases; others are left out."""

    def puller(self, person: PersonId, now: datetime, *, senior: bool) -> Puller:
        """Somebody who asks for the next case; each time it is the next turn of the house."""

    def pull(
        self, who: Puller, kind: SubjectKind | None, claim: Claim, now: datetime
    ) -> CaseId | None:
        """
        Claim the first case that this reviewer may take, of one class or of any.

        One step that is whole by itself: it needs no unit of work around it.
        """

    def pull_ahead(self, who: Puller, claim: Claim, now: datetime) -> CaseId | None:
        """The same among the cases about firms that may use the lane."""

    def pulled(self, since: datetime, limit: int) -> list[Pulled]:
        """The pulls since then, the latest; kept only while a firm may use the lane."""

    def claim(self, case: CaseId, claim: Claim, now: datetime) -> bool:
        """Claim or keep one case; False where somebody else holds it."""

    def hand(self, case: CaseId, claim: Claim | None) -> None:
        """Give a case to somebody, or back to the queue."""

    def spread(self, case: CaseId) -> Spreading | None:
        """What is known of how far a case's subject has gone, open or closed."""

    def put_spread(self, case: CaseId, spread: Spreading) -> None:
        """Keep that."""

    def rank(self, case: CaseId, rank: datetime, pack: PackRef, skill: str) -> None:
        """Move a case to another place."""

    def believe(self, case: CaseId, credibility: float, rank: datetime) -> None:
        """Keep how far its reporters are believed, and the place that follows from it."""

    def repeated(self, respondent: PersonId, other_than: int) -> list[Waiting]:
        """Open cases about somebody to which their grade adds something else than that.

        Locked, without what others are writing at this moment.
        """

    def repeat(self, ranks: Mapping[CaseId, datetime], percent: int) -> None:
        """Keep what a grade adds to cases, and the places that follow from it."""

    def outdated(self, pack: PackRef, limit: int) -> list[Waiting]:
        """Cases that were ranked by another pack than this one."""

    def open(self, limit: int) -> Iterable[Waiting]:
        """Open cases, those in front first."""

    def conflicted(self, person: PersonId, case: CaseId) -> bool:
        """Whether somebody declared a conflict with a case or its respondent, or reported it."""

    def declare(self, person: PersonId, about: str) -> None:
        """Keep that somebody must not handle a case, or any case about a party."""

    def able(self, person: PersonId) -> Able:
        """What a reviewer declared to know."""

    def declare_able(self, person: PersonId, able: Able) -> None:
        """Keep that."""
