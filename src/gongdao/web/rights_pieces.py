"""Notices about rights in words: for the two sides, the desk and the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.bootstrap import app
from gongdao.domain.access.model import Seat
from gongdao.domain.deadlines.model import DeadlineStage
from gongdao.domain.evidence.exhibits import FileMark
from gongdao.domain.flows.rights_views import FileView, MatterView, PaperView, ShownView
from gongdao.domain.policy.counter_notices import CounterNoticePolicy
from gongdao.web import exhibit_pieces, pieces, words

STAGES: words.Words = {
    "given": gettext_lazy("Received, waiting to be checked"),
    "asked": gettext_lazy("Something is missing; nothing was taken down"),
    "rejected": gettext_lazy("Without effect; nothing was taken down"),
    "in_force": gettext_lazy("Effective and passed on; the measure holds"),
    "countered": gettext_lazy("Counter-notice on its way to the right holder"),
    "waiting": gettext_lazy("The right holder's period runs"),
    "paused": gettext_lazy("The period is paused"),
    "stays": gettext_lazy("A suit or complaint was shown; the measure stays"),
    "restored": gettext_lazy("Everything is restored"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
STEPS: words.Words = {
    "rights_notice.given": gettext_lazy("The notice was given."),
    "rights_notice.more_asked": gettext_lazy("More was asked for."),
    "rights_notice.supplemented": gettext_lazy("Something was added."),
    "rights_notice.rejected": gettext_lazy("The notice was found without effect."),
    "rights_notice.effective": gettext_lazy("The notice was found effective."),
    "rights_notice.measure_taken": gettext_lazy("The measure took effect, with its reasons."),
    "rights_notice.forwarded": gettext_lazy("The notice was passed on."),
    "rights_notice.forward_delivered": gettext_lazy("The notice reached whom it concerns."),
    "rights_notice.counter_given": gettext_lazy("A counter-notice was given."),
    "rights_notice.counter_forwarded": gettext_lazy("The counter-notice was passed on."),
    "rights_notice.counter_delivered": gettext_lazy(
        "The counter-notice reached the right holder: the period begins."
    ),
    "rights_notice.paused": gettext_lazy("The period was paused."),
    "rights_notice.pause_ended": gettext_lazy("The period runs on."),
    "rights_notice.proof_shown": gettext_lazy("A suit or complaint was shown."),
    "rights_notice.proof_doubted": gettext_lazy("What was shown is no suit and no complaint."),
    "rights_notice.restored": gettext_lazy("Everything was restored."),
    "rights_notice.withdrawn": gettext_lazy("The notice was withdrawn."),
    "rights_notice.marked": gettext_lazy("A reviewer marked a paper."),
}
PARTIES: words.Words = {
    "person": gettext_lazy("A person"),
    "firm": gettext_lazy("A firm or organisation"),
}
MARKS: words.Words = {
    "wrong": gettext_lazy("Found wrong"),
    "malicious": gettext_lazy("Found knowingly false"),
}
PROCEEDINGS: words.Words = {
    "suit": gettext_lazy("Suit before a court"),
    "complaint": gettext_lazy("Complaint to an authority"),
    "notarisation": gettext_lazy("Notarisation"),
}
BECAUSE: words.Words = {
    "silence": gettext_lazy("No suit and no complaint in the period"),
    "withdrawn": gettext_lazy("The notice was withdrawn"),
    "reviewer": gettext_lazy("Lifted by a reviewer, with reasons"),
}
_NEXT: words.Words = {
    "given": gettext_lazy("A reviewer checks evidence and identity. Nothing is taken down before."),
    "asked": gettext_lazy("We check again once what is missing was added."),
    "rejected": gettext_lazy("Nothing more. A complete notice can be given anew."),
    "in_force": gettext_lazy(
        "The measure holds. Whom it concerns can give a counter-notice at any time."
    ),
    "countered": gettext_lazy("The period begins when the counter-notice reaches its reader."),
    "waiting": gettext_lazy("Unless a suit or complaint is shown in time, all is restored."),
    "paused": gettext_lazy("The period runs on once the reason is gone, or at the limit."),
    "stays": gettext_lazy("The court or the authority decides. The measure stays until then."),
    "restored": gettext_lazy("Nothing more here. The courts stay open to both sides."),
    "withdrawn": gettext_lazy("Nothing more. Whatever held is lifted."),
}


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file with a link that opens it for some minutes."""

    number: int
    name: str
    size: str
    url: str
    withheld: bool


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper on the page."""

    title: str
    party: str
    paper: PaperView
    proofs: tuple[tuple[str, str], ...]
    files: tuple[FileLink, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought in the period, on the page."""

    what: str
    said: str
    files: tuple[FileLink, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Matter:
    """The whole matter on the page."""

    view: MatterView
    right: str
    measure: str
    effect: str
    statement: str
    answers: pieces.Answers
    papers: tuple[PaperShown, ...]
    brought: tuple[Brought, ...]
    timeline: tuple[pieces.TimelineEntry, ...]
    marks: tuple[tuple[str, str], ...]
    because: str


def policy_of(view: MatterView) -> CounterNoticePolicy:
    """The rules of a matter."""
    return app().records.counter_notices(view.pack)


def right_title(policy: CounterNoticePolicy, code: str) -> str:
    """A kind of right in words."""
    found = policy.right(code)
    return found.title.in_(words.language()) if found else code


def matter(view: MatterView) -> Matter:
    """A matter as its page shows it, to whatever chair the view was built for."""
    policy, language = policy_of(view), words.language()
    kind = next((m for m in policy.measures if m.kind.value == view.measure), None)
    statement = view.statement_zh if language.startswith("zh") else view.statement_en
    shown = [*view.pauses, *([view.shown] if view.shown else [])]
    found = [_paper(policy, view, view.notice, _("Notice"))]
    if view.counter is not None:
        found.append(_paper(policy, view, view.counter, _("Counter-notice")))
    return Matter(
        view=view,
        right=right_title(policy, view.right),
        measure=kind.title.in_(language) if kind else "",
        effect=kind.effect.in_(language) if kind else "",
        statement=statement,
        answers=answers(view),
        papers=tuple(found),
        brought=tuple(_brought(each) for each in shown),
        timeline=tuple(_entry(view, n) for n in range(len(view.steps) - 1, -1, -1)),
        marks=tuple((words.said(MARKS, m.mark), m.reasons) for m in view.marks),
        because=words.said(BECAUSE, view.because) if view.because else "",
    )


def answers(view: MatterView) -> pieces.Answers:
    """Where it stands, what happens next and by when."""
    stage = view.stage.value
    return pieces.Answers(
        stands=words.said(STAGES, stage),
        next=words.said(_NEXT, stage),
        clock=clock(view, app().records.clock()),
        nothing=_("Choose a step below.") if view.seat is Seat.STAFF and view.may else "",
    )


def clock(view: MatterView, now: datetime) -> pieces.Clock | None:
    """The right holder's period, as both sides see it."""
    deadline = view.deadline
    if deadline is None or view.stage.is_over:
        return None
    period = policy_of(view).period(view.right)
    paused = deadline.stage is DeadlineStage.PAUSED
    return pieces.Clock(
        what=_("The right holder shows a suit or a complaint"),
        due=deadline.due_at,
        now=now,
        rule=period.title.in_(words.language()),
        source=period.source,
        state=pieces.ClockState.PAUSED if paused else pieces.ClockState.RUNNING,
        provisional=deadline.provisional,
    )


def file_links(files: Sequence[FileView]) -> tuple[FileLink, ...]:
    """Files with links."""
    return tuple(
        FileLink(
            number=file.number,
            name=file.name,
            size=exhibit_pieces.size_words(file.size),
            url=exhibit_pieces.file_link(FileMark(file.sha256, file.size, file.media), file.name),
            withheld=file.withheld,
        )
        for file in files
    )


def _paper(
    policy: CounterNoticePolicy, view: MatterView, paper: PaperView, title: str
) -> PaperShown:
    right = policy.right(view.right)
    asked = [*right.notice, *right.counter] if right else []
    titles = {rule.code: rule.title.in_(words.language()) for rule in reversed(asked)}
    return PaperShown(
        title=title,
        party=words.said(PARTIES, paper.party.value),
        paper=paper,
        proofs=tuple((titles.get(code, code), said) for code, said in paper.proofs),
        files=file_links(paper.files),
    )


def _brought(each: ShownView) -> Brought:
    return Brought(words.said(PROCEEDINGS, each.what), each.said, file_links(each.files), each.at)


def _entry(view: MatterView, number: int) -> pieces.TimelineEntry:
    step = view.steps[number]
    tone = pieces.Tone.RESTORED if step.kind == "rights_notice.restored" else pieces.Tone.PLAIN
    if step.kind == "rights_notice.measure_taken":
        tone = pieces.Tone.DECISION
    leaf = step.leaf if view.seat in {Seat.STAFF, Seat.AUDITOR} or number == 0 else ""
    return pieces.TimelineEntry(
        at=step.at,
        role=role(step.role),
        words=words.said(STEPS, step.kind),
        leaf=leaf,
        tone=tone,
    )


def role(code: str) -> str:
    """In which role somebody acted: here a reporter is the right holder."""
    known = {"reporter": _("Right holder"), "respondent": _("Publisher of the content")}
    return known.get(code) or words.said(words.ROLES, code)
