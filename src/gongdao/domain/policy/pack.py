"""A rule pack: one platform's policy at one version."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from gongdao.domain.kernel.ids import PackRef
from gongdao.domain.policy.afterwards import AfterwardsPolicy
from gongdao.domain.policy.contact import ContactPolicy
from gongdao.domain.policy.counter_notices import CounterNoticePolicy
from gongdao.domain.policy.dispute_chain import DisputeChainPolicy
from gongdao.domain.policy.dispute_templates import DisputeTemplatePolicy
from gongdao.domain.policy.drafts import DraftPolicy
from gongdao.domain.policy.eligibility import EligibilityPolicy
from gongdao.domain.policy.evidence_standard import EvidenceStandard
from gongdao.domain.policy.exhibits import ExhibitPolicy
from gongdao.domain.policy.firms import FirmPolicy
from gongdao.domain.policy.follow_up_shape import FollowUpPolicy
from gongdao.domain.policy.forecast import ForecastPolicy
from gongdao.domain.policy.guidance import GuidancePolicy
from gongdao.domain.policy.journal import JournalPolicy
from gongdao.domain.policy.linting import LintingPolicy
from gongdao.domain.policy.model import CasePolicy, Code, InForce, Strict, Words
from gongdao.domain.policy.negotiation import NegotiationPolicy
from gongdao.domain.policy.organisations import OrganisationPolicy
from gongdao.domain.policy.pictures import PicturePolicy
from gongdao.domain.policy.platform import (
    Advice,
    Aid,
    AppealFacts,
    Channel,
    Clock,
    ComplaintType,
    EnterpriseRule,
    EvidenceRule,
    FilingForm,
    Limit,
    ReportFacts,
    ReviewFacts,
    Rule,
    Source,
    Statistic,
    Violation,
    WithdrawalFacts,
)
from gongdao.domain.policy.protection import ProtectionPolicy
from gongdao.domain.policy.questions import QuestionPolicy
from gongdao.domain.policy.screening import ScreeningPolicy
from gongdao.domain.policy.standing import StandingPolicy
from gongdao.domain.policy.statement_words import StatementTexts
from gongdao.domain.policy.templates import NoticeTemplate
from gongdao.domain.policy.training import TrainingPolicy
from gongdao.domain.policy.verification import VerificationPolicy
from gongdao.domain.policy.ways import WaysPolicy
from gongdao.domain.policy.ways_back import WaysBackPolicy


def _day_as_text(written: object) -> object:
    """YAML reads an unquoted 2026-11-01 as a day."""
    return written.isoformat() if isinstance(written, date) else written


Version = Annotated[
    str,
    BeforeValidator(_day_as_text),
    Field(pattern=r"^\d{4}-\d{2}-\d{2}(\.[1-9]\d?)?$"),
]
"""The day that a version was made, `2026-11-01`; a second one of that day is `2026-11-01.1`."""


class RulePack(Strict):
    """Everything that differs between one platform and the next."""

    platform: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    version: Version
    title: Words
    summary: Words | None = None
    in_force: InForce
    """When this pack is judged by, which is not when the platform made its rules."""
    sources: tuple[Source, ...] = ()
    complaints: tuple[ComplaintType, ...] = ()
    channels: tuple[Channel, ...] = ()
    report: ReportFacts = ReportFacts()
    stages: tuple[Rule, ...] = ()
    """What happens to a complaint, in order (002 §5)."""
    limits: tuple[Limit, ...] = ()
    withdrawal: WithdrawalFacts = WithdrawalFacts()
    evidence: tuple[EvidenceRule, ...] = ()
    violations: tuple[Violation, ...] = ()
    appeal: AppealFacts = AppealFacts()
    aids: tuple[Aid, ...] = ()
    review: ReviewFacts = ReviewFacts()
    forms: tuple[FilingForm, ...] = ()
    """What its forms take, by the kind of dispute."""
    enterprise: tuple[EnterpriseRule, ...] = ()
    escalation: tuple[Rule, ...] = ()
    """Where to go when the platform's answer doesn't satisfy, in order (002 §7)."""
    clocks: tuple[Clock, ...] = ()
    advice: tuple[Advice, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    cases: CasePolicy | None = None
    notices: Mapping[Code, NoticeTemplate] = Field(default_factory=dict)
    statement: StatementTexts | None = None
    """The words of statements of reasons; needed where there are `cases`."""
    contact: ContactPolicy | None = None
    exhibits: ExhibitPolicy | None = None
    """Files of cases; needed where there are `cases`."""
    guidance: GuidancePolicy | None = None
    """What is said before a report is sent; None: nothing."""
    pictures: PicturePolicy | None = None
    """How the pictures among exhibits are looked at; None: they are only kept."""
    linting: LintingPolicy | None = None
    """What is pointed out in statements before they are sent; None: nothing."""
    drafts: DraftPolicy | None = None
    """What a statement can begin with; None: an empty page."""
    journal: JournalPolicy | None = None
    """People's own journals; None: there are none."""
    standard: EvidenceStandard | None = None
    """What an appeal is asked to bring; None: nothing is asked."""
    verification: VerificationPolicy | None = None
    """Showing who one is; None: nobody is asked for it."""
    ways: WaysPolicy | None = None
    """Ways to appeal and papers for authorities; None: the web alone, and no papers."""
    forecast: ForecastPolicy | None = None
    """What is said of an appeal's prospects; None: nothing."""
    questions: QuestionPolicy | None = None
    """What somebody who appeals is asked; None: they write it in one go."""
    ways_back: WaysBackPolicy | None = None
    """How sanctions are earned off; None: they are not."""
    counter_notices: CounterNoticePolicy | None = None
    """Notices about rights and counter-notices; None: none are taken."""
    firms: FirmPolicy | None = None
    """Verified firms, tiers of complaints, the roster, the calendar feed; None: none of it."""
    training: TrainingPolicy | None = None
    """Time on courses, quarterly exams, what counts for a firm; None: no courses."""
    negotiation: NegotiationPolicy | None = None
    """How two sides negotiate; None: they don't, here."""
    dispute_chain: DisputeChainPolicy | None = None
    """How the other side's words are held against the record; None: they are not."""
    dispute_templates: DisputeTemplatePolicy | None = None
    """What a statement to an outside platform can begin with; None: an empty page."""
    organisations: OrganisationPolicy | None = None
    """Working together on disputes with outside platforms; None: nobody does."""
    afterwards: AfterwardsPolicy | None = None
    """After a dispute outside: replies, a claim of reputation, papers; None: nothing of it."""
    follow_up: FollowUpPolicy | None = None
    """Clocks and ways on of disputes with outside platforms; None: none."""
    eligibility: EligibilityPolicy | None = None
    """How grounds are found in reviews on outside platforms; None: nothing is said of them."""
    screening: ScreeningPolicy | None = None
    """How texts are looked at before they appear; None: they are not."""
    standing: StandingPolicy | None = None
    """How far reporters are believed, and how accounts stand; None: everybody is neutral."""
    protection: ProtectionPolicy | None = None
    """Protecting accounts; None: nobody is told of devices, and nothing is frozen."""

    @property
    def ref(self) -> PackRef:
        """How a decision cites it."""
        return PackRef(self.platform, self.version)


def canonical(pack: RulePack) -> str:
    """
    The pack as canonical JSON: sorted keys, no blanks, defaults left out.

    Defaults are left out so that a field that we add to the model later, with a default, does not
    change the digest of packs that were cited before.
    """
    plain = pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(pack: RulePack) -> str:
    """SHA-256 (hex) of the canonical JSON: what a citation pins."""
    return hashlib.sha256(canonical(pack).encode()).hexdigest()
