"""What a rule pack may say about how an operator's own cases run.

A pack is one platform's policy at one version. Reports, decisions and appeals are judged by the
pack that was in force when the report was received, so a pack is never changed in place.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.basics import Basis as Basis  # noqa: PLC0414 – for whoever reads packs
from gongdao.domain.policy.basics import Code as Code  # noqa: PLC0414
from gongdao.domain.policy.basics import InForce as InForce  # noqa: PLC0414
from gongdao.domain.policy.basics import Sourced as Sourced  # noqa: PLC0414
from gongdao.domain.policy.basics import SpanText as SpanText  # noqa: PLC0414
from gongdao.domain.policy.basics import Strict as Strict  # noqa: PLC0414
from gongdao.domain.policy.basics import SubjectKind as SubjectKind  # noqa: PLC0414
from gongdao.domain.policy.basics import Words as Words  # noqa: PLC0414
from gongdao.domain.policy.hearing import AskingRule, Reopens, TwoPeople
from gongdao.domain.policy.interim import InterimKind
from gongdao.domain.policy.weights import Weights


class Penalty(StrEnum):
    """The ladder of the account rules (令10号): exactly these, in this order."""

    WARNING = "warning"
    RECTIFICATION = "rectification"
    RESTRICTION = "restriction"
    SUSPENSION = "suspension"
    CLOSURE = "closure"
    NO_REGISTRATION = "no_registration"

    @property
    def height(self) -> int:
        """How severe it is, from 0."""
        return list(Penalty).index(self)


TIMED = frozenset({Penalty.RECTIFICATION, Penalty.RESTRICTION, Penalty.SUSPENSION})
"""The penalties that need a duration."""


class Scope(StrEnum):
    """What a sanction reaches."""

    CONTENT = "content"
    POSTING = "posting"
    MESSAGING = "messaging"
    GROUPS = "groups"
    TRADING = "trading"
    ACCOUNT = "account"


class Rung(Strict):
    """One step of a clause's ladder: from this many strikes on, this penalty."""

    strikes: int = Field(ge=1, le=50)
    """The count that this violation brings the account to: the first is 1."""
    penalty: Penalty
    scope: Scope
    duration: SpanText | None = None
    """None: a warning has none, a closure is without end."""

    @model_validator(mode="after")
    def _has_a_fitting_duration(self) -> Self:
        if self.penalty in TIMED and self.duration is None:
            raise ValueError(f"a {self.penalty} needs a duration")
        if self.penalty is Penalty.WARNING and self.duration is not None:
            raise ValueError("a warning has no duration")
        return self


class LegalBasis(Strict):
    """A legal ground that a decision under a clause may name."""

    code: Code
    cite: Words


class Clause(Sourced):
    """One rule that a decision can cite, in the words people see (B4)."""

    code: Code
    title: Words
    definition: Words
    examples: tuple[Words, ...] = Field(min_length=1)
    """What falls under it."""
    counter_examples: tuple[Words, ...] = Field(min_length=1)
    """What does not, though it looks alike."""
    legal_basis: tuple[LegalBasis, ...] = ()
    ladder: tuple[Rung, ...] = Field(min_length=1)
    strike_expires: SpanText
    """After so long a violation counts no more towards the ladder."""
    in_force: InForce

    @model_validator(mode="after")
    def _ladder_climbs(self) -> Self:
        counts = [rung.strikes for rung in self.ladder]
        heights = [rung.penalty.height for rung in self.ladder]
        if counts != sorted(set(counts)):
            raise ValueError(f"{self.code}: each rung needs more strikes than the last")
        if heights != sorted(heights):
            raise ValueError(f"{self.code}: a later rung is milder than an earlier one")
        if counts[0] != 1:
            raise ValueError(f"{self.code}: the ladder begins at the first strike")
        return self


class WithdrawalRule(Strict):
    """Who may take a report back, until when, and whether the case goes on without it (A8)."""

    by: tuple[Annotated[str, Field(pattern=r"^(reporter|operator)$")], ...] = ("reporter",)
    until: Annotated[str, Field(pattern=r"^(accepted|decided)$")] = "decided"
    """`accepted`: only while nobody has taken it up; `decided`: until the decision."""
    case_goes_on: bool
    """True where the public is concerned too, so that the case continues by itself."""
    why: Words


class Category(Strict):
    """What somebody reports, in the words that a reporter chooses from."""

    code: Code
    title: Words
    hint: Words
    subjects: tuple[SubjectKind, ...] = Field(min_length=1)
    clauses: tuple[Code, ...]
    """The clauses that a report of this kind usually leads to, likeliest first."""
    withdrawal: WithdrawalRule


class Ground(Strict):
    """A reason for not taking a report up."""

    code: Code
    title: Words
    hint: Words
    """What the reporter can do instead."""


class Limits(Strict):
    """Lengths in characters, which pages say before somebody writes."""

    statement_min: int = Field(ge=0)
    statement_max: int = Field(ge=1)
    snapshot_max: int = Field(ge=1)
    contact_max: int = Field(ge=1)
    reference_max: int = Field(default=500, ge=1)
    """Of a subject's name or link, and of an account's name."""
    reason_min: int = Field(ge=1)
    reason_max: int = Field(ge=1)


def _flat(span: Span) -> Span:
    span.flat()
    return span


PlainSpan = Annotated[SpanText, AfterValidator(_flat)]
"""Hours or days: a length that needs no calendar."""


class FloodSigns(Sourced):
    """From when on many reports of one subject are taken for a coordinated flood."""

    per_hour: int = Field(ge=2)
    """At least so many counted and apart within an hour, …"""
    times_usual: float = Field(gt=1)
    """… and so many times what the subject's own history would let expect, …"""
    alike: float = Field(gt=0, le=1)
    """… of which this share has one wording, or comes from young or unknown accounts."""
    young: PlainSpan
    """An account is young for so long after it was first seen."""


class Joining(Sourced):
    """How several reports of one subject become one case (B2)."""

    repeat_within: PlainSpan
    """The same reporter's report of the same thing counts once in so long."""
    flood: FloodSigns
    others: Words
    """Why a case goes on although one of its reporters withdrew."""


class Clockwork(Sourced):
    """One time limit of the procedure."""

    span: SpanText
    remind_before: tuple[SpanText, ...] = ()


class Answering(Clockwork):
    """The respondent's time to answer, and what follows when it passes unused."""

    raise_by: int = Field(default=0, ge=0, le=5)
    """How many rungs the ladder climbs when no answer came; 0 for none."""


class PauseRule(Sourced):
    """A reason for which the decision's clock may stand still, and for how long at the most."""

    code: Code
    title: Words
    cap: SpanText | None = None


class Procedure(Strict):
    """The clocks between receipt and decision."""

    acceptance: Clockwork
    answer: Answering
    decision: Clockwork
    pauses: tuple[PauseRule, ...] = ()


class InterimRule(Sourced):
    """A measure that may hold while a case is looked into, where, and for how long at the most."""

    measure: InterimKind
    title: Words
    effect: Words
    longest: SpanText
    categories: tuple[Code, ...] = Field(min_length=1)
    subjects: tuple[SubjectKind, ...] = Field(min_length=1)


class InterimPolicy(Strict):
    """Which measures may hold before anything is decided, and why one was lifted, in words."""

    measures: tuple[InterimRule, ...] = ()
    """What may hold; none named: nothing does."""
    over: Words = Words(zh="–", en="–")
    """Why it was lifted: its time was over, …"""
    ended: Words = Words(zh="–", en="–")
    """… or the case ended."""


class Route(Strict):
    """A way that leads outside: an authority, a court."""

    code: Code
    title: Words
    detail: Words


class AppealLevel(Sourced):
    """One level of appeal."""

    level: int = Field(ge=1, le=3)
    window: SpanText
    """Counted from the day the person was told."""
    decide_within: SpanText
    senior: bool
    """Whether only a senior reviewer may hear it."""


class AppealPolicy(Strict):
    """Who hears an appeal, and until when it may be filed."""

    levels: tuple[AppealLevel, ...] = Field(min_length=1)
    grounds_min: int = Field(ge=1)
    grounds_max: int = Field(ge=1)
    routes: tuple[Route, ...]
    questions: AskingRule | None = None
    """None: a question to the appellant holds no clock."""
    two_people: TwoPeople | None = None
    """None: one reviewer ends every appeal."""
    reopens: Reopens | None = None
    """None: after the last level nothing opens it again."""

    @model_validator(mode="after")
    def _levels_count_up(self) -> Self:
        if [level.level for level in self.levels] != list(range(1, len(self.levels) + 1)):
            raise ValueError("appeal levels are numbered 1, 2, … in order")
        return self

    def at(self, level: int) -> AppealLevel | None:
        """The rules of one level, or None if there is no such level."""
        return self.levels[level - 1] if 1 <= level <= len(self.levels) else None


class OwnerRule(Sourced):
    """What the owner of a group is asked, and what never (B3)."""

    act_within: SpanText
    """Counted from the midnight after the report, when the owner first sees it."""
    members_min: int = Field(ge=2)
    """In a smaller group an owner could guess who reported, and is not asked."""
    serious: tuple[Code, ...]
    """Categories that go straight to the operator."""


class CasePolicy(Strict):
    """All that is needed to run an operator's own cases, from report to second appeal."""

    categories: tuple[Category, ...] = Field(min_length=1)
    remedies: tuple[Ground, ...]
    """What a reporter may ask for (ISO 10002: remedy sought)."""
    decline: tuple[Ground, ...] = Field(min_length=1)
    """Reasons for not taking a report up."""
    limits: Limits
    joining: Joining
    procedure: Procedure
    interim: InterimPolicy = InterimPolicy()
    clauses: tuple[Clause, ...] = Field(min_length=1)
    appeals: AppealPolicy
    triage: Weights | None = None
    """What comes first; None: whatever waited longest."""
    owners: OwnerRule | None = None
    """None: owners of groups are asked nothing."""

    @model_validator(mode="after")
    def _names_are_unique_and_known(self) -> Self:
        known = [clause.code for clause in self.clauses]
        if len(known) != len(set(known)):
            raise ValueError("two clauses have the same code")
        for category in self.categories:
            missing = set(category.clauses) - set(known)
            if missing:
                raise ValueError(f"{category.code} names unknown clauses: {sorted(missing)}")
        strange = (self.triage.named() if self.triage else set()) - {
            c.code for c in self.categories
        }
        if strange:
            raise ValueError(f"triage names unknown categories: {sorted(strange)}")
        grave = set(self.owners.serious) if self.owners else set()
        if unknown := grave - {category.code for category in self.categories}:
            raise ValueError(f"owners names unknown categories: {sorted(unknown)}")
        return self

    def interim_for(self, category: str, subject: SubjectKind) -> list[InterimRule]:
        """The measures that may hold while such a case is looked into."""
        found = self.interim.measures
        return [r for r in found if category in r.categories and subject in r.subjects]

    def category(self, code: str) -> Category | None:
        """The category of that code, if there is one."""
        return next((c for c in self.categories if c.code == code), None)

    def clause(self, code: str) -> Clause | None:
        """The clause of that code, if there is one."""
        return next((c for c in self.clauses if c.code == code), None)

    def decline_ground(self, code: str) -> Ground | None:
        """The reason for not taking a report up, if the pack knows it."""
        return next((g for g in self.decline if g.code == code), None)
