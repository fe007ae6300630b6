"""The main job, played through the domain: on fakes and on real PostgreSQL."""

from collections.abc import Iterable

from tests.stories.stage import GROUNDS, REASONS, Stage, violation
from tests.stories.the_story import Seen, the_story

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.casefile import CaseView
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.events import Event, Recorded, Role
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId
from gongdao.storage import codec


class DomainTeller:
    """Plays the story by calling the house itself."""

    receipt: Receipt
    decision: DecisionId
    appealed: AppealId

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.ana = stage.hire("ana", Role.REVIEWER)
        self.bo = stage.hire("bo", Role.REVIEWER)
        self.li_si = stage.account("li_si")

    @property
    def case(self) -> CaseId:
        return self.receipt.case

    def report(self) -> None:
        self.receipt = self.stage.report(contact="zhang.san@example.org")

    def accept(self) -> None:
        self.stage.app.investigating.accept(self.case, "看起来属于辱骂，予以受理。", self.ana)

    def ask(self) -> None:
        question = "请说明您为什么在评论里这样说。"
        self.stage.app.investigating.request_answer(self.case, question, self.ana)

    def answer(self) -> None:
        _, li_si = self.stage.app.files.by_code(self._code_of_the_notice())
        self.stage.app.investigating.answer(self.case, GROUNDS, li_si)

    def decide(self) -> None:
        self.decision = self.stage.app.deciding.decide(self.case, violation(), self.ana)

    def appeal(self) -> None:
        self.appealed = self.stage.app.appealing.file(self.decision, GROUNDS, self.li_si)

    def overturn(self) -> None:
        reviewer = self.stage.reviewer_of(self.appealed, self.ana, self.bo)
        self.stage.app.reviewing.overturn(self.appealed, REASONS, reviewer)

    def reporter_sees(self) -> Seen:
        return seen(self.stage.sees(self.receipt))

    def respondent_sees(self) -> Seen:
        return seen(self.stage.app.files.open(self.case, self.li_si))

    def decided_by(self) -> str:
        return str(self.stage.decision(self.decision).decided_by)

    def reviewed_by(self) -> str:
        return str(self.stage.records.appeals.get(self.appealed).now.reviewer)

    def told(self) -> list[tuple[str, str]]:
        return [(n.reader.value, n.template) for n in self.stage.notices(self.case)]

    def strikes(self) -> int:
        return self.stage.strikes("li_si")

    def broken_leaves(self) -> list[str]:
        r = self.stage.records
        report = r.reports.get(self.receipt.report)
        entry = codec.report_entry(codec.encode(report))
        broken = [] if codec.leaf_hash(entry).hex() == self.receipt.leaf else ["the report"]
        broken += broken_in(self.case, r.cases.history(self.case))
        broken += broken_in(self.decision, r.decisions.history(self.decision))
        broken += broken_in(self.appealed, r.appeals.history(self.appealed))
        for notice in self.stage.notices(self.case):
            broken += broken_in(notice.id, r.notices.history(notice.id))
        return broken

    def _code_of_the_notice(self) -> str:
        """The code in the link of the letter that asks for an answer."""
        letter = self.stage.last_letter(self.case, "answer_requested")
        return letter.partition("/answer/")[2].partition("/")[0]


def seen(view: CaseView) -> Seen:
    """What a view shows, in the story's words."""
    decision = view.decision
    full = decision is not None and decision.statement_zh is not None
    return Seen(
        stage=view.stage,
        outcome=view.outcome,
        can=frozenset(view.can),
        decision=decision.state if decision and full else None,
        measures=tuple((s.penalty, s.state) for s in decision.sanctions) if decision else (),
        letter=decision.statement_zh.text() if decision and decision.statement_zh else "",
    )


def broken_in(stream: str, history: Iterable[Recorded[Event]]) -> list[str]:
    """Which events of a stream do not hash to their leaves."""
    return [
        f"{recorded.event.kind} {recorded.version}"
        for recorded in history
        if codec.leaf_hash(
            codec.event_entry(
                stream, recorded.version, recorded.event.kind, codec.encode(recorded.event)
            )
        ).hex()
        != recorded.leaf
    ]


def test_the_story_through_the_domain(stage: Stage) -> None:
    the_story(DomainTeller(stage))


def test_a_staff_member_of_the_story_sees_all_of_it(stage: Stage) -> None:
    teller = DomainTeller(stage)
    the_story(teller)
    view = stage.app.files.open(teller.case, teller.bo)
    assert [appeal.reviewer for appeal in view.appeals] == [teller.bo.person]
    assert [report.statement for report in view.reports] == ["他在评论里这样骂我，请处理。"]
    auditor: Caller = stage.hire("ou", Role.AUDITOR)
    assert stage.app.files.open(teller.case, auditor).can == ()
