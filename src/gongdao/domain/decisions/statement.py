"""The statement of reasons: a decision as a letter, in both languages (DSA 17, PIPL 24).

What is written here is sealed as it was sent, so that what a person was told can be proven.
It never says who reported.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from gongdao.domain.decisions.model import Measure, Outcome
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import CaseId, DecisionId, PackRef
from gongdao.domain.policy.model import AppealPolicy, Clause, Ground, SubjectKind
from gongdao.domain.policy.statement_words import StatementWords
from gongdao.domain.policy.ways_back import WaySaid


@dataclass(frozen=True, slots=True)
class Grounds:
    """Everything that a statement says, before it is put into words."""

    decision: DecisionId
    case: CaseId
    subject: str
    subject_kind: SubjectKind
    outcome: Outcome
    findings: str
    reasons: str
    pack: PackRef
    decided_at: datetime
    automated: bool
    answer: str = "not_asked"
    clause: Clause | None = None
    ground: Ground | None = None
    legal_basis: tuple[str, ...] = ()
    measure: Measure | None = None
    due: Measure | None = None
    """What the ladder says; another measure needs `departure`."""
    ends_at: datetime | None = None
    strikes: int = 0
    strike_expires_at: datetime | None = None
    departure: str | None = None
    raised_by: int = 0
    appeal_closes: datetime | None = None
    replaces: datetime | None = None
    """When the statement was made that this one takes the place of."""
    way_back: WaySaid | None = None
    """How the measure can be earned off."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of reasons in one language."""

    title: str
    number: str
    decided_at: str
    sections: tuple[Section, ...]

    def sealed_form(self) -> str:
        """As it is kept: JSON, in the order in which it is read."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def text(self) -> str:
        """As a letter in plain text."""
        parts = [self.title, f"{self.number}\n{self.decided_at}"]
        parts += [f"{s.heading}\n" + "\n".join(s.lines) for s in self.sections]
        return "\n\n".join(parts)


def parse(sealed_form: str) -> Statement:
    """Read a statement back from what was kept."""
    raw = json.loads(sealed_form)
    sections = tuple(Section(s["heading"], tuple(s["lines"])) for s in raw["sections"])
    return Statement(raw["title"], raw["number"], raw["decided_at"], sections)


def write(
    grounds: Grounds, words: StatementWords, appeals: AppealPolicy, language: str
) -> Statement:
    """Put a decision into words, in the order of a letter."""
    w = words
    sections = (
        Section(w.subject, (grounds.subject,)),
        Section(w.findings, (grounds.findings,)),
        Section(w.answer, tuple(_answer(grounds, w))),
        Section(w.clause, tuple(_rule(grounds, w, language))),
        Section(w.reasons, (grounds.reasons,)),
        Section(w.outcome, tuple(_outcome(grounds, w, colon(language)))),
        *_way_back(grounds, language),
        Section(w.detection, (w.detection_report,)),
        Section(w.automation, (w.automated_yes if grounds.automated else w.automated_no,)),
        Section(w.rights, tuple(_rights(grounds, w, appeals))),
        Section(w.outside, tuple(_outside(appeals, language))),
        Section(w.verify, (w.verify_line,)),
    )
    return Statement(
        title=w.changed_title if grounds.replaces else w.title,
        number=f"{w.number} {grounds.decision}",
        decided_at=f"{w.decided_at} {shown(grounds.decided_at)}",
        sections=tuple(section for section in sections if any(section.lines)),
    )


def measure_line(measure: Measure | None, words: StatementWords) -> str:
    """A measure in one line of a person's language."""
    if measure is None:
        return words.no_sanction
    return words.measure(measure.penalty.value, measure.scope.value, measure.duration)


def shown(moment: datetime) -> str:
    """A moment as a letter names it, on China's clock."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def colon(language: str) -> str:
    """The colon of a language, with the gap that follows it."""
    return "：" if language.startswith("zh") else ": "


def _answer(grounds: Grounds, w: StatementWords) -> Iterable[str]:
    """What became of the respondent's side; an answer that came late does not hide the climb."""
    if grounds.outcome is not Outcome.VIOLATION:
        return
    if grounds.answer == "given":
        yield w.answer_given
    elif grounds.answer != "missed":
        yield w.answer_not_asked
    if grounds.answer == "missed" or grounds.raised_by:
        yield w.answer_missed.format(rungs=grounds.raised_by)


def _rule(grounds: Grounds, w: StatementWords, language: str) -> Iterable[str]:
    clause = grounds.clause
    if grounds.ground is not None:
        yield grounds.ground.title.in_(language)
        yield grounds.ground.hint.in_(language)
    if clause is None:
        return
    yield w.clause_cited.format(
        title=clause.title.in_(language),
        code=clause.code,
        pack=grounds.pack.platform,
        version=grounds.pack.version,
    )
    mark = colon(language)
    yield f"{w.definition}{mark}{clause.definition.in_(language)}"
    cited = [b.cite.in_(language) for b in clause.legal_basis if b.code in grounds.legal_basis]
    between = "；" if language.startswith("zh") else "; "
    yield f"{w.legal_basis}{mark}{between.join(cited)}" if cited else w.no_legal_basis


def _outcome(grounds: Grounds, w: StatementWords, mark: str) -> Iterable[str]:
    yield {
        Outcome.VIOLATION: w.violation,
        Outcome.NO_VIOLATION: w.no_violation,
        Outcome.NOT_ACCEPTED: w.not_accepted,
    }[grounds.outcome]
    if grounds.replaces is not None:
        yield w.changed_line.format(date=shown(grounds.replaces))
    if grounds.outcome is not Outcome.VIOLATION:
        return
    yield measure_line(grounds.measure, w)
    if grounds.measure is None:
        return
    if grounds.ends_at is not None:
        ends = shown(grounds.ends_at)
        period = w.from_to.format_map({"from": shown(grounds.decided_at), "to": ends})
        yield f"{w.duration}{mark}{period}"
    elif grounds.measure.penalty.height > 0:
        yield f"{w.duration}{mark}{w.no_end}"
    if grounds.strike_expires_at is not None:
        expires = shown(grounds.strike_expires_at)
        yield w.strikes_line.format(count=grounds.strikes, expires=expires)
    if grounds.departure:
        due = measure_line(grounds.due, w)
        yield f"{w.ladder_skipped.format(due=due)}{mark}{grounds.departure}"
    elif grounds.replaces is None:
        yield w.ladder_followed
    if grounds.subject_kind is SubjectKind.REVIEW:
        yield w.review_kept


def _way_back(grounds: Grounds, language: str) -> Iterable[Section]:
    if grounds.way_back is not None:
        lines = tuple(line.in_(language) for line in grounds.way_back.lines)
        yield Section(grounds.way_back.title.in_(language), lines)


def _rights(grounds: Grounds, w: StatementWords, appeals: AppealPolicy) -> Iterable[str]:
    if grounds.appeal_closes is None:
        yield w.no_further_level
        return
    yield w.appeal_how.format(appeal_closes=shown(grounds.appeal_closes))
    second = appeals.at(2)
    if second is not None and grounds.replaces is None:
        yield w.second_level.format(window=w.span(second.window))


def _outside(appeals: AppealPolicy, language: str) -> Iterable[str]:
    mark = colon(language)
    for route in appeals.routes:
        yield f"{route.title.in_(language)}{mark}{route.detail.in_(language)}"
