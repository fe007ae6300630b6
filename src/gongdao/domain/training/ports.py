"""What training needs from outside."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import Code, PersonId
from gongdao.domain.policy.quiz import Marked, Paper
from gongdao.domain.policy.training import TeamOf
from gongdao.domain.training.certificates import Certificate, CertificateStep
from gongdao.domain.training.courses import Course
from gongdao.domain.training.duties import Counted, TrainingDuty, TrainingDutyStep
from gongdao.domain.training.model import Examined, Learner, LearnerStep


class Courses(Protocol):
    """The courses at hand."""

    def all(self) -> Sequence[Course]:
        """Every course, in the order in which it is shown."""

    def get(self, code: Code) -> Course:
        """One course; NotFound for an unknown one."""


class Exams(Protocol):
    """Who puts questions and marks the answers, for courses and for ways back."""

    def paper(self, quiz: Code, seed: str, amount: int) -> Paper:
        """The questions of one try, the same for the same seed; NotFound for an unknown quiz."""

    def mark(
        self, quiz: Code, seed: str, questions: Sequence[Code], answers: Mapping[Code, Code]
    ) -> Marked:
        """Mark a try; Refused while a question is open, NotFound for an unknown quiz."""


class Learners(Streams[Learner, LearnerStep], Protocol):
    """Everybody who opened a course."""

    def of_person(self, person: PersonId) -> Held[Learner] | None:
        """Somebody as a learner; None before they opened a course."""

    def asking(self, limit: int) -> list[Learner]:
        """Those who wait for a person's help."""

    def examined(self, among: Collection[PersonId] | None, most: int) -> Mapping[Code, Examined]:
        """How the latest learners did, by course: of these people, or of all for None."""


class Certificates(Streams[Certificate, CertificateStep], Protocol):
    """All certificates."""

    def numbered(self, number: str) -> Held[Certificate] | None:
        """The certificate with a number."""

    def of_person(self, person: PersonId) -> list[Certificate]:
        """Somebody's, the latest first."""


class TrainingDuties(Streams[TrainingDuty, TrainingDutyStep], Protocol):
    """Who has to pass what, by quarter."""

    def of_person(self, person: PersonId, course: Code) -> list[Held[TrainingDuty]]:
        """Somebody's open duties on a course."""

    def of_team(self, team: Code, quarter: str, limit: int) -> list[TrainingDuty]:
        """A team's duties of a quarter, those that are open and due soonest first."""

    def counted(self, team: Code, quarter: str) -> Counted:
        """The same in numbers, whatever their number."""

    def lacking(self, of: TeamOf, team: Code, quarter: str, limit: int) -> list[PersonId]:
        """Those in a team for whom nothing was set in that quarter."""

    def stale(self, quarter: str, limit: int) -> list[Held[TrainingDuty]]:
        """Open duties of people for whom this quarter brought the same anew."""

    def time_to_look(self, now: datetime, before: datetime) -> bool:
        """Whether nobody has looked since `before`; whoever asks looks now."""
