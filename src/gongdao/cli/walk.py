"""The whole story, played over some posts through the same doors that pages and API use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from gongdao.bootstrap import App
from gongdao.cli.posts import Post
from gongdao.cli.walk_words import WalkWords
from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.decisions.model import Outcome
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.reporting import Receipt, Submission
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.ids import AppealId, DecisionId
from gongdao.domain.policy.model import SubjectKind

CATEGORY = "abuse"
INSULT, BIAS = "abuse.insult", "abuse.bias"
_GROUPS = {
    *("race", "region", "gender", "religion", "disability", "age", "sex", "nationality"),
    *("种族", "民族", "地域", "性别", "宗教", "残疾", "年龄"),
}
"""Topics under which an offence is aimed at a group of people."""
_APPEALED, _ASKED_AGAIN, _OVERTURNED = 2, 4, 2
"""Every second violation is appealed, and every second of these overturned; of those reporters who
were told that no rule was broken, every fourth asks for a review."""
_QUOTED = 200

T = TypeVar("T")


class Watched(Protocol):
    """Shows how far a stage is, and hands out its things one by one."""

    def __call__(self, stage: str, things: Sequence[T], /) -> Iterable[T]:
        """Begin a stage."""


@dataclass(slots=True)
class Walked:
    """One post on its way."""

    post: Post
    violation: bool
    receipt: Receipt
    decision: DecisionId | None = None
    appeal: AppealId | None = None
    overturned: bool = False


@dataclass(slots=True)
class Walk:
    """Plays stage after stage; each one is watched by whoever shows the progress."""

    app: App
    staff: Sequence[Caller]
    words: WalkWords
    language: str
    watched: Watched
    refused: dict[str, list[tuple[int, GongdaoError]]] = field(default_factory=dict)
    """What the rules did not take: code, lines and errors."""

    def file(self, posts: Sequence[Post]) -> list[Walked]:
        """Everything is reported, by people who leave neither name nor address."""
        labelled = any(post.offensive is not None for post in posts)
        walked = []
        for number, post in enumerate(self.watched("file", posts)):
            violation = bool(post.offensive) if labelled else number % 2 == 0
            try:
                receipt = self.app.reporting.file(self._submission(post), NOBODY)
            except GongdaoError as problem:
                self.refused.setdefault(problem.code, []).append((post.line, problem))
            else:
                walked.append(Walked(post, violation, receipt))
        return walked

    def accept(self, walked: Sequence[Walked]) -> None:
        """Every report is taken up."""
        for number, one in enumerate(self.watched("accept", walked)):
            by = self.staff[number % len(self.staff)]
            self.app.investigating.accept(one.receipt.case, self.words.reasons, by)

    def decide(self, walked: Sequence[Walked]) -> None:
        """Decide by the label alone; a person would read the post."""
        for number, one in enumerate(self.watched("decide", walked)):
            by = self.staff[number % len(self.staff)]
            one.decision = self.app.deciding.decide(one.receipt.case, self._ruling(one), by)

    def appeal(self, walked: Sequence[Walked]) -> list[Walked]:
        """Some respondents appeal, some reporters ask for a review."""
        wronged = [one for one in walked if one.violation][::_APPEALED]
        unheard = [one for one in walked if not one.violation][::_ASKED_AGAIN]
        chosen = sorted([*wronged, *unheard], key=lambda one: one.post.line)
        for one in self.watched("appeal", chosen):
            if one.decision is not None:
                grounds = self.words.appeal if one.violation else self.words.review
                one.appeal = self.app.appealing.file(one.decision, grounds, self.party(one))
        return chosen

    def review(self, appealed: Sequence[Walked]) -> None:
        """Whoever the system chose decides: some are overturned, the others upheld."""
        by_party = {caller.person: caller for caller in self.staff}
        wronged = [one for one in appealed if one.violation][::_OVERTURNED]
        overturned = {id(one) for one in wronged}
        for one in self.watched("review", appealed):
            if one.appeal is None:
                continue
            reviewer = by_party[self.app.records.appeals.get(one.appeal).now.reviewer]
            one.overturned = id(one) in overturned
            if one.overturned:
                self.app.reviewing.overturn(one.appeal, self.words.overturn, reviewer)
            else:
                said = self.words.uphold if one.violation else self.words.uphold_review
                self.app.reviewing.uphold(one.appeal, said, reviewer)

    def _submission(self, post: Post) -> Submission:
        return Submission(
            subject_kind=SubjectKind.CONTENT,
            subject_ref=f"post-{post.line}",
            snapshot=post.text,
            category=CATEGORY,
            statement=self.words.statement,
            account=post.account or f"author-{post.line}",
            language="zh-hans" if self.language == "zh" else "en",
        )

    def _ruling(self, one: Walked) -> Ruling:
        clause = BIAS if (one.post.topic or "").casefold() in _GROUPS else INSULT
        policy = self.app.records.policy(self.app.records.cases.get(one.receipt.case).now.pack)
        found = policy.clause(clause)
        title = found.title.in_(self.language) if found else clause
        text = one.post.text[:_QUOTED] + ("…" if len(one.post.text) > _QUOTED else "")
        if one.violation:
            findings = self.words.findings.format(line=one.post.line, text=text)
            reasons = self.words.because.format(title=title)
            return Ruling(Outcome.VIOLATION, findings, reasons, clause)
        findings = self.words.no_violation.format(line=one.post.line, text=text)
        reasons = self.words.not_because.format(title=title)
        return Ruling(Outcome.NO_VIOLATION, findings, reasons, clause)

    def party(self, one: Walked) -> Caller:
        """Who appeals, with the code that a notice gave them."""
        r = self.app.records
        case = r.cases.get(one.receipt.case).now
        person = case.respondent if one.violation else case.reporters[0]
        if person is None:
            return NOBODY
        return self.app.files.by_code(r.codes.issue(case.id, person))[1]
