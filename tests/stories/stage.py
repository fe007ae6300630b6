"""Where stories play: the whole house on fakes, or on the suite's PostgreSQL."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from importlib import import_module
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.urls import get_resolver
from tests.fakes.clock import MONDAY, SettableClock
from tests.fakes.exams import MemoryExams
from tests.fakes.house import house, shipped_packs
from tests.fakes.people import MemoryParties, MemoryTexts, Party
from tests.fakes.vault import HeadExaminer, MemoryFiles
from tests.parts.kernel.published import calendar_of_2026

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.bootstrap import App
from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.decisions.model import Decision, Measure, Outcome, strikes
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.casefile import CaseView
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.reporting import Receipt, Submission
from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.errors import Fact, GongdaoError, Refused
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId, PersonId, Sealed
from gongdao.domain.notices.model import Notice, Reader
from gongdao.domain.policy.model import SubjectKind
from gongdao.storage.case_files import PgCases
from gongdao.storage.models import Account
from gongdao.storage.triage import PgQueues

INSULT = "abuse.insult"
REASONS = "这句话针对可以认出的人，属于规则列出的情形。"
GROUNDS = "我是在引用别人骂我的话，请看这条评论的上下文。"


@dataclass(frozen=True, slots=True, repr=False)
class Stage:
    """A house with a clock that a test moves, and short words for what people do in it.

    It is not written out when a test fails: with all its packs that takes a minute.
    """

    app: App
    clock: SettableClock
    hire: Callable[..., Caller]
    posts: Iterator[int] = field(default_factory=lambda: count(81))
    """Numbers of posts: each report is of another one, unless the test says which."""
    """`hire("ana", Role.REVIEWER)`: somebody new on the staff."""

    @property
    def records(self) -> Records:
        """What the house keeps."""
        return self.app.records

    def with_(self, **records: Any) -> "Stage":
        """The same house later, when its calendar or its packs have changed."""
        changed = replace(self.records, **records)
        return replace(self, app=bootstrap.join(changed, self.app.desk.lists, self.app.secrets))

    def account(self, name: str) -> Caller:
        """Somebody signed in, by the account's name in the operator's app."""
        return Caller(self.records.parties.by_account(name))

    def report(self, caller: Caller = NOBODY, **changes: Any) -> Receipt:
        """Report a post of li_si, or something else."""
        changes.setdefault("subject_ref", f"post-{next(self.posts)}")
        return self.app.reporting.file(submission(**changes), caller)

    def accepted(self, by: Caller, caller: Caller = NOBODY, **changes: Any) -> Receipt:
        """Report something, and have it accepted."""
        receipt = self.report(caller, **changes)
        self.app.investigating.accept(receipt.case, "内容清楚，予以受理并调查。", by)
        return receipt

    def decided(self, by: Caller, ruling: Ruling | None = None, **changes: Any) -> DecisionId:
        """Report something, and have it decided: a violation, if nothing else is said."""
        receipt = self.accepted(by, **changes)
        return self.app.deciding.decide(receipt.case, ruling or violation(), by)

    def appealed(self, decision: DecisionId, by: Caller | None = None) -> AppealId:
        """Appeal against a decision, as li_si if nobody else is named."""
        return self.app.appealing.file(decision, GROUNDS, by or self.account("li_si"))

    def case(self, case: CaseId) -> Case:
        """A case as it stands."""
        return self.records.cases.get(case).now

    def case_of(self, decision: DecisionId) -> Case:
        """The case that a decision decides."""
        return self.case(self.decision(decision).case)

    def decision(self, decision: DecisionId) -> Decision:
        """A decision as it stands."""
        return self.records.decisions.get(decision).now

    def sees(self, receipt: Receipt) -> CaseView:
        """What the holder of the receipt sees."""
        return self.app.files.by_code(receipt.code)[0]

    def told(self, about: str, reader: Reader | None = None) -> list[str]:
        """The templates of what people were told about a case or another file, in order."""
        return [n.template for n in self.notices(about) if reader in {None, n.reader}]

    def notices(self, about: str) -> list[Notice]:
        """What people were told about a case, or another file that letters name in its place."""
        return self.records.notices.of_case(CaseId(about))

    def last_letter(self, about: str, template: str, language: str = "zh") -> str:
        """The body of the latest notice of a kind."""
        found = [n for n in self.notices(about) if n.template == template]
        return self.records.opened(found[-1].letter(language).body)

    def strikes(self, name: str, clause: str = INSULT) -> int:
        """How many violations of an account count now."""
        person = self.records.parties.by_account(name)
        with self.records.work():
            return strikes(self.records.sanctions.of_person(person), clause, self.clock())

    def measures(self, case: CaseId) -> list[tuple[str, str]]:
        """Every measure taken in a case with its state, oldest first."""
        with self.records.work():
            respondent = self.case(case).respondent
            theirs = self.records.sanctions.of_person(respondent) if respondent else []
        return [(s.measure.penalty.value, s.state.value) for s in theirs if s.case == case]

    def reviewer_of(self, appeal: AppealId, *staff: Caller) -> Caller:
        """Whom of the staff an appeal was given to."""
        chosen = self.records.appeals.get(appeal).now.reviewer
        return next(caller for caller in staff if caller.person == chosen)

    def tick(self, **by: float) -> int:
        """Let time pass, then do everything whose time has come."""
        self.clock.pass_(**by)
        return self.app.passing.tick()


@contextmanager
def refused(code: str, kind: type[GongdaoError] = Refused, **facts: Fact) -> Iterator[None]:
    """What happens within is refused with a stable code, and a hint that says what to do."""
    with pytest.raises(kind) as said:
        yield
    assert said.value.code == code
    assert {name: said.value.facts[name] for name in facts} == facts
    assert said.value.hint


def submission(**changes: Any) -> Submission:
    """A report of a post by li_si, changed where a test wants it changed."""
    plain = Submission(
        subject_kind=SubjectKind.CONTENT,
        subject_ref="post-81",
        snapshot="你就是个废物，活着浪费粮食。",
        category="abuse",
        statement="他在评论里这样骂我，请处理。",
        account="li_si",
    )
    return replace(plain, **changes)


def violation(
    clause: str = INSULT, measure: Measure | None = None, departure: str | None = None
) -> Ruling:
    """A finding that a rule was broken."""
    findings = "被举报人在评论区对楼主写了这句话。"
    return Ruling(
        Outcome.VIOLATION, findings, REASONS, clause, measure=measure, departure=departure
    )


def no_violation(clause: str = INSULT) -> Ruling:
    """A finding that no rule was broken."""
    findings = "这句话评论的是文章的数据，不是人。"
    return Ruling(Outcome.NO_VIOLATION, findings, "规则把批评观点列为反例。", clause)


def declined(ground: str = "insufficient_information") -> Ruling:
    """A report that is not taken up."""
    findings = "说明里没有时间，也没有原话。"
    return Ruling(Outcome.NOT_ACCEPTED, findings, "信息太少，没有办法开始调查。", ground=ground)


def stage_on_fakes(start: datetime = MONDAY) -> Stage:
    """The house on fakes."""
    app = house(start)
    clock, parties = app.records.clock, app.records.parties
    assert isinstance(clock, SettableClock)
    assert isinstance(parties, MemoryParties)

    def hire(name: str, *roles: Role) -> Caller:
        held = frozenset(roles)
        party = Party(contact=f"{name}@staff.example", name=name, roles=held)
        return Caller(parties.enter(party), held)

    return Stage(app, clock, hire)


def stage_on_postgres(start: datetime = MONDAY) -> Stage:
    """The house on the suite's PostgreSQL; the test must ask for `db`."""
    clock = SettableClock(start)
    real = _joined_once()
    queues = PgQueues(Weighing(shipped_packs()), clock)
    records = replace(
        real.records,
        clock=clock,
        calendar=calendar_of_2026(),
        packs=shipped_packs(),
        queues=queues,
        cases=PgCases(queues),
        files=MemoryFiles(),
        examiner=HeadExaminer(),
        exams=MemoryExams(),
    )
    app = bootstrap.join(records, real.desk.lists, real.secrets)
    return Stage(app, clock, lambda name, *roles: hire_on_postgres(app, name, *roles))


def show_on_pages(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every page and every door of the API show this house until the test ends.

    All of them are loaded first: one that was first loaded now would keep this house for good.
    """
    _load_every_page()
    real = bootstrap.app
    for module in list(sys.modules.values()):
        if module.__name__.startswith("gongdao.") and getattr(module, "app", None) is real:
            monkeypatch.setattr(module, "app", lambda: stage.app)


@cache
def _load_every_page() -> None:
    """Once in a process: Django reads all addresses anew each time, longer than many a test."""
    import_module(settings.ROOT_URLCONF)
    get_resolver()._populate()  # loads what is included


def hire_on_postgres(app: App, name: str, *roles: Role) -> Caller:
    """Somebody new on the staff, with a sign-in."""
    party = app.records.parties.newcomer(None, "zh-hans")
    held = [role.value for role in roles]
    email = f"{name}@staff.example"
    Account.objects.create_user(email, name=name, roles=held, party_id=party)
    return Caller(party, frozenset(roles))


@cache
def _joined_once() -> App:
    """Reading the packs takes longer than most stories, so it is done once."""
    return bootstrap.on_postgres(settings.CONFIG, settings.KEYS, chance.now)


def person_of(caller: Caller) -> PersonId:
    """Who somebody signed in is."""
    assert caller.person is not None
    return caller.person


def erase(stage: Stage, *texts: Sealed) -> None:
    """Forget texts behind the back of the house; on fakes alone."""
    kept = stage.records.texts
    assert isinstance(kept, MemoryTexts)
    for text in texts:
        del kept.memory.tables["text"][text]
