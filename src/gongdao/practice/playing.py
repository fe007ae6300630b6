"""Playing practice cases through the real stories, with a clock that moves through their days.

Everything is written in one transaction: an installation has all practice cases or none. Nothing
is mailed: the addresses are made up.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Min

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.bootstrap import App
from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.access.rules import DECIDERS
from gongdao.domain.decisions.model import Measure, Outcome
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.reporting import Receipt, Submission
from gongdao.domain.flows.teaching import TEACH
from gongdao.domain.kernel.ids import AppealId
from gongdao.domain.kernel.outbox import Outbox
from gongdao.practice import courses, merchant, objections, rights, ruled, talks, waiting
from gongdao.practice.accounts import RESPONDENT, ensure_accounts
from gongdao.practice.duty import put_on_duty
from gongdao.practice.earning import sign_pledge
from gongdao.practice.examples import PracticeCase, PracticeStep, read_cases
from gongdao.storage.models import Account, DeadlineRow, ReportRow, SanctionRow

Progress = Callable[[int, int], None]
_MOMENT = timedelta(seconds=1)
_BESIDE = "beside the cases"


def fill(on_progress: Progress | None = None) -> int:
    """Fill an empty installation with every practice case; how many there are.

    Done once: an installation that holds a report already is left as it is.
    """
    with bootstrap.app().records.work():
        ensure_accounts()
        if ReportRow.objects.exists():
            return 0
        cases = read_cases(settings.CONFIG.packs or bootstrap.pack_root())
        player = Player(cases, on_progress or _quietly)
        player.play()
        put_on_duty(player.app)
        return len(cases)


def _quietly(_done: int, _of: int) -> None:
    """Say nothing of how far it is."""


@dataclass(frozen=True, slots=True)
class Silent:
    """An outbox that tells nobody: practice addresses are nobody's. What teaches screening stays.

    The worker looks at those texts once it runs, as after any decision.
    """

    outbox: Outbox

    def post(self, topic: str, key: str, payload: Mapping[str, str]) -> None:
        """Promise what stays in the house; let the rest be."""
        if topic == TEACH:
            self.outbox.post(topic, key, payload)


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """When a step of a case happens; ties in the order in which they are told."""

    at: datetime
    number: int
    case: str
    step: int
    """-1 for the report itself."""


class Player:
    """Plays cases in the order of time."""

    def __init__(self, cases: list[PracticeCase], on_progress: Progress) -> None:
        self.cases = {case.key: case for case in cases}
        self.on_progress = on_progress
        self.end = chance.now()
        self.time = self.end - timedelta(days=max(case.days_ago for case in cases) + 1)
        config, keys = settings.CONFIG, settings.KEYS
        app = bootstrap.on_postgres(config, keys, lambda: self.time)
        silent = replace(app.records, outbox=Silent(app.records.outbox))
        self.app: App = bootstrap.join(silent, app.desk.lists, app.secrets)
        self.receipts: dict[str, Receipt] = {}
        self.people = {a.name: bootstrap.caller_of(a) for a in Account.objects.all()}
        self.by_party = {caller.person: caller for caller in self.people.values()}
        self.beside: list[tuple[float, Callable[[], object]]] = [
            *merchant.Merchant(self.app, self.people["merchant"]).steps(),
            *ruled.steps(self.app, self.people),
            *courses.steps(self.app, self.people),
            *objections.steps(self.app, self.people),
        ]

    def play(self) -> None:
        """Everything that happened until now."""
        moments = sorted(self._moments())
        for done, moment in enumerate(moments, start=1):
            self._pass_until(moment.at)
            if moment.case == _BESIDE:
                self.beside[moment.step][1]()
            elif moment.step < 0:
                self._report(self.cases[moment.case])
            else:
                case = self.cases[moment.case]
                self._step(case, case.steps[moment.step])
            self.on_progress(done, len(moments))
        self._pass_until(self.end)
        deciders = (who for who in self.people.values() if who.has(*DECIDERS))
        rights.play(self.app, next(deciders))
        waiting.hand_in(self.app, RESPONDENT)
        courses.begin(self.app, "merchants", self.people["merchant"])
        self.app.screening.retiring.round()

    def _moments(self) -> Iterator[Moment]:
        for number, case in enumerate(self.cases.values()):
            at = self.end - timedelta(days=case.days_ago)
            yield Moment(at, number, case.key, -1)
            for index, step in enumerate(case.steps):
                at += timedelta(days=step.days_later)
                if at <= self.end:
                    yield Moment(at, number, case.key, index)
        for index, (hours, _) in enumerate(self.beside):
            yield Moment(self.end - timedelta(hours=hours), len(self.cases), _BESIDE, index)

    def _pass_until(self, then: datetime) -> None:
        """Let time pass, stopping wherever a clock runs out or reminds."""
        while (come := _next_moment()) is not None and come <= then:
            self.time = max(self.time, come)
            before = come
            self.app.passing.tick()
            if _next_moment() == before:
                break
        self.time = max(self.time + _MOMENT, then)

    def _report(self, case: PracticeCase) -> None:
        known = Account.objects.filter(email=case.report.contact or "").first()
        caller = bootstrap.caller_of(known) if known else NOBODY
        self.receipts[case.key] = self.app.reporting.file(
            Submission(
                subject_kind=case.subject.kind,
                subject_ref=case.subject.ref,
                snapshot=case.subject.snapshot,
                category=case.report.category,
                statement=case.report.statement,
                account=case.subject.account,
                remedy=case.report.remedy,
                contact=case.report.contact,
                language=case.report.language,
            ),
            caller,
        )

    def _step(self, case: PracticeCase, step: PracticeStep) -> None:
        receipt = self.receipts[case.key]
        said, staff = step.with_, self.people[step.by]
        app, id_ = self.app, receipt.case
        match step.do:
            case "accept":
                app.investigating.accept(id_, said.reasons, staff)
            case "request_answer":
                app.investigating.request_answer(id_, said.question, staff)
            case "answer":
                app.investigating.answer(id_, said.text, self._respondent(receipt))
            case "note":
                app.investigating.note(id_, said.note or said.text, staff)
            case "decide" | "decline":
                app.deciding.decide(id_, _ruling(step), staff)
            case "withdraw":
                app.reporting.withdraw(id_, said.reasons, self._reporter(receipt))
            case "appeal":
                self._appeal(receipt, step, self._respondent(receipt))
            case "ask_review":
                self._appeal(receipt, step, self._reporter(receipt))
            case "uphold" | "change" | "overturn":
                self._end_appeal(receipt, step)
            case "sign_pledge":
                sign_pledge(app, id_, said.text, self._respondent(receipt))
            case "talk":
                talks.over_case(app, id_, self._reporter(receipt), self._respondent(receipt))
            case "miss_answer" | "assign":
                pass  # time alone, or the system, does it
            case _:
                raise ValueError(f"{case.key}: nobody knows how to {step.do}")

    def _appeal(self, receipt: Receipt, step: PracticeStep, caller: Caller) -> None:
        decision = self.app.records.cases.get(receipt.case).now.decision
        if decision is None:
            raise ValueError(f"{receipt.case} has no decision to appeal against")
        self.app.appealing.file(decision, step.with_.grounds or step.with_.text, caller)

    def _end_appeal(self, receipt: Receipt, step: PracticeStep) -> None:
        r, said = self.app.records, step.with_
        open_appeal = r.cases.get(receipt.case).now.open_appeal
        if open_appeal is None:
            raise ValueError(f"{receipt.case} has no open appeal")
        appeal = r.appeals.get(open_appeal).now
        reviewer = self.by_party[appeal.reviewer]
        appeal_id = AppealId(appeal.id)
        if step.do == "uphold":
            self.app.reviewing.uphold(appeal_id, said.reasons, reviewer)
        elif step.do == "overturn":
            self.app.reviewing.overturn(appeal_id, said.reasons, reviewer)
        else:
            self.app.reviewing.change(appeal_id, _measure(said.measure), said.reasons, reviewer)

    def _respondent(self, receipt: Receipt) -> Caller:
        person = self.app.records.cases.get(receipt.case).now.respondent
        return Caller(person, only_case=receipt.case)

    def _reporter(self, receipt: Receipt) -> Caller:
        reporters = self.app.records.cases.get(receipt.case).now.reporters
        return Caller(reporters[0], only_case=receipt.case)


def _ruling(step: PracticeStep) -> Ruling:
    said = step.with_
    outcome = Outcome(said.outcome) if said.outcome else Outcome.NOT_ACCEPTED
    return Ruling(
        outcome,
        said.findings or said.reasons,
        said.reasons,
        clause=said.clause,
        legal_basis=said.legal_basis,
        measure=_measure(said.measure) if said.measure else None,
        departure=said.departure,
        ground=said.ground,
    )


def _measure(wanted: Any) -> Measure:
    return Measure(wanted.penalty, wanted.scope, wanted.duration)


def _next_moment() -> datetime | None:
    """When the next clock runs out or the next sanction ends."""
    look = DeadlineRow.objects.aggregate(at=Min("next_look"))["at"]
    ends = SanctionRow.objects.filter(state="in_force").aggregate(at=Min("ends_at"))["at"]
    return min((m for m in (look, ends) if m is not None), default=None)
