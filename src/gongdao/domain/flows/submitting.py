"""What a reporter sends, whether it can be taken, and the report that it makes."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.flows.records import HOUSE
from gongdao.domain.intake import rules
from gongdao.domain.intake.model import Report, Subject
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.ids import PersonId, ReportId
from gongdao.domain.kernel.people import Parties
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.kernel.work import Texts
from gongdao.domain.policy.book import PackBook
from gongdao.domain.policy.model import CasePolicy, SubjectKind
from gongdao.domain.policy.pack import RulePack

_CONTACT_MAX_HINT = hint_noop("Shorten the contact to {most} characters.")
_REFERENCE_MAX_HINT = hint_noop("Keep the part that matters, at most {most} characters.")
_ACCOUNT_TOO_LONG = "report.account_too_long"


@dataclass(frozen=True, slots=True)
class Submission:
    """What a reporter sends."""

    subject_kind: SubjectKind
    subject_ref: str
    """The operator's name of it, or a link."""
    snapshot: str
    """Its words as they were seen."""
    category: str
    statement: str
    account: str | None = None
    """Whose it is, in the operator's app; None where that is not known."""
    remedy: str | None = None
    contact: str | None = None
    language: str = "zh-hans"
    group: str | None = None
    """The group that it lies in, as the operator's app names it."""


def pack_of_the_day(packs: PackBook, now: datetime) -> RulePack:
    """The pack by which what arrives now is judged."""
    return packs.in_force(HOUSE, now.astimezone(CHINA).date())


def make_report(
    submission: Submission,
    *,
    report: ReportId,
    reporter: PersonId,
    respondent: PersonId | None,
    pack: RulePack,
    received_at: datetime,
    texts: Texts,
    parties: Parties,
) -> Report:
    """The report that a submission makes, once `check_submission` let it through."""
    ref = submission.subject_ref.strip()
    group = (submission.group or "").strip()
    subject = Subject(
        kind=submission.subject_kind,
        key=parties.subject_key(submission.subject_kind.value, ref),
        ref=texts.seal(ref, respondent),
        snapshot=texts.seal(submission.snapshot.strip(), respondent),
    )
    return Report(
        id=report,
        reporter=reporter,
        subject=subject,
        category=submission.category,
        statement=texts.seal(submission.statement.strip(), reporter),
        remedy=submission.remedy,
        pack=pack.ref,
        received_at=received_at,
        group=parties.subject_key(SubjectKind.GROUP.value, group) if group else None,
    )


def about_oneself() -> Refused:
    """What somebody is told who reports themselves."""
    return Refused(
        "report.about_oneself",
        hint_noop("This is your own account. Delete it there, or appeal instead."),
    )


def check_submission(policy: CasePolicy, submission: Submission) -> None:
    """Refused, with what to do about it, unless it can be taken."""
    s, limits = submission, policy.limits
    check_characters(s.subject_ref, s.snapshot, s.statement, s.account, s.contact, s.group)
    if not submission.subject_ref.strip():
        raise Refused(
            "report.no_subject",
            hint_noop("Say what it is about: a link, a number, an account or a group name."),
        )
    rules.check_report(
        policy,
        submission.category,
        submission.subject_kind,
        submission.statement,
        submission.snapshot,
        submission.remedy,
    )
    if len(s.contact or "") > limits.contact_max:
        raise Refused("report.contact_too_long", _CONTACT_MAX_HINT, most=limits.contact_max)
    for text, code in ((s.subject_ref, "report.subject_too_long"), (s.account, _ACCOUNT_TOO_LONG)):
        if len(text or "") > limits.reference_max:
            raise Refused(code, _REFERENCE_MAX_HINT, most=limits.reference_max)
