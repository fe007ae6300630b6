"""The words in which a statement of reasons is written: the pack's, so that they can be changed."""

from collections.abc import Mapping

from pydantic import Field

from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.model import Strict

Line = str
"""Plain text; `{gaps}` are filled by the renderer."""


class StatementWords(Strict):
    """One language's words. Penalties, scopes and outcomes are keyed by their codes."""

    title: Line
    number: Line
    case: Line
    decided_at: Line
    subject: Line
    facts: Line
    findings: Line
    reasons: Line
    answer: Line
    answer_given: Line
    answer_not_asked: Line
    answer_missed: Line
    clause: Line
    clause_cited: Line
    definition: Line
    legal_basis: Line
    no_legal_basis: Line
    automation: Line
    automated_no: Line
    automated_yes: Line
    detection: Line
    detection_report: Line
    outcome: Line
    violation: Line
    no_violation: Line
    not_accepted: Line
    sanction: Line
    sanction_line: Line
    sanction_line_without_duration: Line
    no_sanction: Line
    duration: Line
    from_to: Line
    no_end: Line
    strikes: Line
    strikes_line: Line
    ladder_skipped: Line
    ladder_followed: Line
    review_kept: Line
    rights: Line
    appeal_how: Line
    second_level: Line
    next_level_open: Line
    next_level_open_reporter: Line
    no_further_level: Line
    once_more: Line = ""
    """What new evidence can still do after the last level; empty where it can do nothing."""
    outside: Line
    verify: Line
    verify_line: Line
    changed_title: Line
    changed_line: Line
    overturned_mark: Line
    provisional: Line
    outcomes: Mapping[str, Line]
    penalties: Mapping[str, Line]
    scopes: Mapping[str, Line]
    units: Mapping[str, Line]
    outcome_to_reporter: Mapping[str, Line]
    restored: Mapping[str, Line]

    def span(self, span: Span) -> str:
        """`7d` as a person says it."""
        return self.units[span.unit.value].format(amount=span.amount)

    def measure(self, penalty: str, scope: str, duration: Span | None) -> str:
        """A sanction in one line."""
        named = {"penalty": self.penalties[penalty], "scope": self.scopes[scope]}
        if duration is None:
            return self.sanction_line_without_duration.format(**named)
        return self.sanction_line.format(**named, duration=self.span(duration))


class StatementTexts(Strict):
    """Both languages."""

    zh: StatementWords = Field()
    en: StatementWords = Field()

    def in_(self, language: str) -> StatementWords:
        """The words in `zh…`, or else in English."""
        return self.zh if language.startswith("zh") else self.en
