"""A course: its sections, how long reading them plausibly takes, and its exam."""

from dataclasses import dataclass
from datetime import timedelta

from gongdao.domain.kernel.ids import Code
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.training import TimeRule

_CJK = ("\u3400", "\u9fff")


@dataclass(frozen=True, slots=True)
class Section:
    """One screen of a course."""

    code: Code
    title: Words
    text: Words
    """Markdown."""
    exercise: int
    """Minutes that its exercise takes at most; zero where it has none."""

    def reading(self, rule: TimeRule) -> int:
        """Seconds that reading it takes: of its two languages the longer one."""
        zh = 60 * _signs(self.text.zh) / rule.zh_per_minute
        en = 60 * len(self.text.en.split()) / rule.en_per_minute
        return round(max(zh, en))

    def most(self, rule: TimeRule) -> int:
        """Seconds that can be counted for it, however long somebody stays on it."""
        return self.reading(rule) * rule.reading_times + 60 * self.exercise


@dataclass(frozen=True, slots=True)
class ExamRule:
    """How a course is examined."""

    quiz: Code
    questions: int
    pass_percent: int
    wait: Span
    """Between a try that failed and the next one."""
    tries_most: int
    tries_within: Span
    """So many failed tries within this time; then a person is asked."""
    valid: Span
    """How long the certificate holds."""

    @property
    def within(self) -> timedelta:
        """The time within which tries are counted."""
        return self.tries_within.flat()


@dataclass(frozen=True, slots=True)
class Course:
    """A course as it is today."""

    code: Code
    title: Words
    summary: Words
    audience: Words
    edition: str
    """Names its content: another one as soon as a word changes."""
    sections: tuple[Section, ...]
    exam: ExamRule

    def section(self, code: Code) -> Section | None:
        """A section by its code."""
        return next((each for each in self.sections if each.code == code), None)

    def after(self, code: Code) -> Section | None:
        """The section that follows one; None behind the last."""
        codes = [each.code for each in self.sections]
        place = codes.index(code) + 1
        return self.sections[place] if place < len(codes) else None

    def plausible(self, rule: TimeRule) -> int:
        """Seconds that reading all of it takes."""
        return sum(each.reading(rule) for each in self.sections)


def _signs(text: str) -> int:
    """Chinese characters of a text."""
    first, last = _CJK
    return sum(first <= sign <= last for sign in text)
