"""Firms and complaints as the pages show them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.bootstrap import app
from gongdao.bootstrap.vaulting import link
from gongdao.domain.firms.model import Firm, Line
from gongdao.domain.flows.firm_papers import short
from gongdao.domain.flows.tiering import ComplaintView, DutyView, PaperView
from gongdao.domain.kernel.kept_files import FileRef
from gongdao.web import pieces, words

STAGES: words.Words = {
    "applied": gettext_lazy("Being checked"),
    "verified": gettext_lazy("Verified"),
    "refused": gettext_lazy("Not accepted"),
    "lost": gettext_lazy("Verification lost"),
    "ended": gettext_lazy("Verification ended"),
}
RUNGS: words.Words = {
    "on_duty": gettext_lazy("on duty"),
    "next": gettext_lazy("next on the roster"),
    "responsible": gettext_lazy("responsible person"),
}


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line of training, exams or the ledger."""

    at: datetime
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class FirmShown:
    """A firm as it stands, for itself and for staff."""

    id: str
    number: str
    stage: str
    tone: str
    name: str
    code: str
    representative: str
    signature: str
    undertaking: str
    licence_url: str
    licence_name: str
    applied_at: datetime
    until: datetime | None
    reasons: str
    pending: bool
    lane: bool
    needs: tuple[pieces.MeterItem, ...]
    grade: str
    balance: str
    training: tuple[LineShown, ...]
    ledger: tuple[LineShown, ...]
    statement: str
    contest_until: datetime | None
    grounds: str
    may_contest: bool
    must_hear: bool
    heard: str


@dataclass(frozen=True, slots=True)
class DutyShown:
    """One thing to do."""

    id: str
    title: str
    who: str
    source: str
    claimed: bool
    clock: pieces.Clock | None
    done_at: datetime | None
    proof: str


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One paper."""

    code: str
    title: str
    template: str
    ready_at: datetime | None
    proof: str
    url: str
    name: str


@dataclass(frozen=True, slots=True)
class ComplaintShown:
    """A complaint with a tier."""

    id: str
    number: str
    tier: str
    comes_from: str
    about: str
    reference: str
    received_at: datetime
    is_open: bool
    next_clock: pieces.Clock | None
    duties: tuple[DutyShown, ...]
    papers: tuple[PaperShown, ...]
    asked: tuple[tuple[datetime, str, str], ...]
    taken_by: str
    unanswered: bool


def firm(of: Firm) -> FirmShown:
    """A firm on a page."""
    r, language = app().records, words.language()
    needs, papers, loss = app().around_appeals.firms.needs(of), of.pending or of.papers, of.loss
    waits = loss is not None and loss.restored is None
    statement = (loss.statement_zh if language == "zh" else loss.statement_en) if loss else None
    return FirmShown(
        id=of.id,
        number=short(of.id),
        stage=words.said(STAGES, of.stage.value),
        tone="restored" if of.stage.value == "verified" else "plain",
        name=r.opened(papers.name),
        code=r.opened(papers.number),
        representative=r.opened(papers.representative),
        signature=r.opened(papers.signature),
        undertaking=r.opened(papers.undertaking),
        licence_url=file_url(papers.licence),
        licence_name=r.opened(papers.licence.name),
        applied_at=of.applied_at,
        until=of.until,
        reasons=r.opened(of.reasons) if of.reasons else "",
        pending=of.pending is not None,
        lane=of.lane,
        needs=tuple(_needs(of)),
        grade=needs.grade.title.in_(language),
        balance=money(of.balance_fen),
        training=(*_lines(of.hours, _minutes), *_lines(of.exams, _exam)),
        ledger=tuple(_lines(of.ledger, money)),
        statement=r.opened(statement) if statement else "",
        contest_until=loss.contest_until if loss else None,
        grounds=r.opened(loss.grounds) if loss and loss.grounds else "",
        may_contest=of.stage.value == "lost" and loss is not None and loss.grounds is None,
        must_hear=waits and loss is not None and loss.grounds is not None,
        heard=r.opened(loss.reasons) if loss and loss.reasons else "",
    )


def complaint(view: ComplaintView, now: datetime) -> ComplaintShown:
    """A complaint on a page."""
    language, of = words.language(), view.complaint
    duties = tuple(_duty(each, now) for each in view.duties)
    clocks = [each.clock for each in duties if each.clock is not None]
    return ComplaintShown(
        id=of.id,
        number=view.number,
        tier=view.tier.title.in_(language),
        comes_from=view.tier.comes_from.in_(language),
        about=view.about,
        reference=view.reference,
        received_at=of.received_at,
        is_open=of.is_open,
        next_clock=min(clocks, key=lambda clock: clock.due, default=None),
        duties=duties,
        papers=tuple(_paper(each, language) for each in view.papers),
        asked=tuple((a.at, a.name, words.said(RUNGS, a.rung.value)) for a in view.asked),
        taken_by=view.taken_by,
        unanswered=of.unanswered,
    )


def file_url(file: FileRef) -> str:
    """A link that opens a file for some minutes."""
    name = app().records.opened(file.name)
    return reverse("file", args=[link(file.sha256, file.media, name)])


def money(fen: int) -> str:
    """An amount in yuan."""
    return f"¥{fen / 100:,.2f}"


def _needs(of: Firm) -> Sequence[pieces.MeterItem]:
    needs = app().around_appeals.firms.needs(of)
    missing = needs.missing
    hours = _("Training of %(least)d minutes") % {"least": needs.minutes_least}
    found = [
        pieces.MeterItem(
            hours,
            "hours" not in missing,
            _("%(n)d minutes recorded") % {"n": needs.minutes},
        )
    ]
    if needs.exam_asked:
        passed = _("passed") if needs.exam else _("not recorded yet")
        found.append(pieces.MeterItem(_("Exam"), "exam" not in missing, passed))
    title = _("Deposit of %(fen)s at the standing “%(grade)s”") % {
        "fen": money(needs.grade.deposit_fen),
        "grade": needs.grade.title.in_(words.language()),
    }
    said = _("%(fen)s in the ledger") % {"fen": money(needs.balance_fen)}
    return [*found, pieces.MeterItem(title, "deposit" not in missing, said)]


def _lines(lines: Sequence[Line], say: Callable[[int], str]) -> Sequence[LineShown]:
    opened = app().records.opened
    return [LineShown(each.at, say(each.amount), opened(each.why)) for each in lines]


def _minutes(amount: int) -> str:
    return _("Training, %(n)d minutes") % {"n": amount}


def _exam(amount: int) -> str:
    return _("Exam passed") if amount else _("Exam not passed")


def _duty(each: DutyView, now: datetime) -> DutyShown:
    language, rule = words.language(), each.rule
    clock = None
    if each.clock is not None:
        clock = pieces.Clock(
            what=rule.title.in_(language),
            due=each.clock.due_at,
            now=now,
            rule=words.span(rule.within),
            source=words.source(rule.source),
            state=pieces.ClockState.MISSED if each.clock.late else pieces.ClockState.RUNNING,
            provisional=each.clock.provisional,
        )
    return DutyShown(
        id=each.id,
        title=rule.title.in_(language),
        who=rule.who.in_(language),
        source=words.source(rule.source),
        claimed=rule.basis.value == "claimed",
        clock=clock,
        done_at=each.done_at,
        proof=each.proof,
    )


def _paper(each: PaperView, language: str) -> PaperShown:
    zh = language == "zh"
    return PaperShown(
        code=each.code,
        title=each.title_zh if zh else each.title_en,
        template=each.template_zh if zh else each.template_en,
        ready_at=each.ready_at,
        proof=each.proof,
        url=file_url(each.file) if each.file else "",
        name=app().records.opened(each.file.name) if each.file else "",
    )
