"""What an appeal brings, held against what the pack asks: told at once, mended, then whole."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from tests.stories.files_of import PDF, PNG, brought
from tests.stories.stage import Stage, no_violation, refused, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.appeals.completeness import MaterialState, State
from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.evidence.findings import About, Found, Look, ShownLine
from gongdao.domain.evidence.read_facts import facts_in
from gongdao.domain.evidence.reading import Box
from gongdao.domain.flows.looked import keep_look
from gongdao.domain.flows.materials import Materials
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import AppealId, DecisionId, ExhibitId, PersonId
from gongdao.domain.policy.evidence_standard import Holder

NUMBER = "11010519491231002X"
FRONT = ("姓名 韦小宝", "性别男 民族汉", "出生1949年12月31日", f"公民身份号码 {NUMBER}")
BACK = ("中华人民共和国", "居民身份证", "签发机关 某市公安局", "有效期限 2020.01.01-2040.01.01")
ACCOUNT = (
    "2026年2月27日08:10，我在家用华为手机登录账号，随后外出。",
    "2026年2月27日09:25，我在公司开会，没有使用账号。",
    "2026年2月27日12:40，我发现账号发了陌生内容，立即修改密码并退出了其他设备。",
)
DEVICES = ("登录设备管理", "华为Mate60 2026-02-27 08:10", "未知设备 2026-02-27 09:20")


@dataclass
class Appellant:
    """li_si, whose account was used by somebody else, as a decision has it otherwise."""

    stage: Stage
    decision: DecisionId
    who: Caller

    @property
    def materials(self) -> Materials:
        return self.stage.app.around_appeals.materials

    def bring(self, material: str, content: bytes = PNG, name: str = "照片.jpg") -> ExhibitId:
        exhibit = brought(
            self.stage, self.stage.decision(self.decision).case, self.who, content, name
        )
        self.materials.attach(self.decision, material, exhibit, self.who)
        return exhibit

    def read(self, exhibit: ExhibitId, lines: Sequence[str], *found: Found) -> None:
        """The program reads these lines in it."""
        nowhere = Box(0, 0, 0, 0)
        facts = [fact for line in lines for fact in facts_in(line)]
        moments = [Found(About.MOMENT, "moment", fact.written) for fact in facts]
        shown = tuple(ShownLine(line, nowhere, 0.97) for line in lines)
        look = Look(1600, 1000, shown, (*found, *moments))
        held = self.stage.records.exhibits.get(exhibit).now
        keep_look(self.stage.records, held, "told 1", look, None)

    def state(self, material: str) -> MaterialState:
        found = self.materials.of(self.decision, self.who).items
        return next(each for each in found if each.material == material)

    def says(self, material: str) -> list[str]:
        return [each.says for each in self.state(material).findings]

    @property
    def share(self) -> int:
        return self.materials.of(self.decision, self.who).share


@pytest.fixture
def appellant(stage: Stage) -> Appellant:
    ana = stage.hire("ana", Role.REVIEWER)
    decision = stage.decided(ana, violation("identity.stolen"), category="identity")
    return Appellant(stage, decision, stage.account("li_si"))


def test_the_back_of_the_card_is_missing_then_mended_then_all_is_there(
    appellant: Appellant,
) -> None:
    a, id_number = appellant, Found(About.PERSONAL, "resident_id.checksum", NUMBER)
    first = a.materials.of(a.decision, a.who)
    assert (first.share, first.missing) == (0, ("account_of_use", "identity", "device_list"))
    assert sum(gap.gain for gap in first.gaps) == 100

    front = a.bring("identity")
    assert a.state("identity").state is State.BEING_READ
    a.read(front, FRONT, id_number)
    assert a.state("identity").state is State.TO_MEND
    assert a.state("identity").findings[0].gaps == (("side", "back"),)

    a.read(a.bring("identity"), BACK)
    assert (a.state("identity").state, a.state("identity").questions) == (State.ASKED, ("in_term",))
    a.materials.answer(a.decision, "identity", a.who, yes=True)
    assert a.state("identity").state is State.PASSED
    assert a.share == 30

    a.read(a.bring("account_of_use", PDF, "说明.pdf"), ACCOUNT)
    a.read(a.bring("device_list", PDF, "设备.pdf"), DEVICES)
    assert a.state("account_of_use").state is State.PASSED
    a.materials.answer(a.decision, "device_list", a.who, yes=True)
    whole = a.materials.of(a.decision, a.who)
    assert (whole.share, whole.gaps) == (100, ())


def test_no_number_of_a_paper_lies_in_an_event(appellant: Appellant) -> None:
    a = appellant
    front = a.bring("identity")
    a.read(front, FRONT, Found(About.PERSONAL, "resident_id.checksum", NUMBER))
    stream = a.stage.records.materials.of(a.decision, PersonId(a.who.person or ""))
    assert stream is not None
    history = a.stage.records.materials.history(stream.now.id)
    assert [each.event.kind for each in history] == ["materials.begun", "materials.attached"]
    assert NUMBER not in repr(history) + repr(a.state("identity"))


def test_what_is_attached_to_can_be_taken_away_and_the_answer_goes_with_it(
    appellant: Appellant,
) -> None:
    a = appellant
    exhibit = a.bring("device_list", PDF, "设备.pdf")
    a.read(exhibit, DEVICES)
    a.materials.answer(a.decision, "device_list", a.who, yes=True)
    assert a.state("device_list").state is State.PASSED
    a.materials.detach(a.decision, "device_list", exhibit, a.who)
    assert a.state("device_list").state is State.MISSING
    a.materials.attach(a.decision, "device_list", exhibit, a.who)
    assert a.state("device_list").state is State.ASKED
    a.materials.answer(a.decision, "device_list", a.who, yes=False)
    assert (a.state("device_list").state, a.says("device_list")) == (State.TO_MEND, ["denied"])
    with refused("material.not_asked"):
        a.materials.answer(a.decision, "device_list", a.who, yes=True, question="nothing")


def test_the_wrong_kind_of_file_is_told_at_once(appellant: Appellant) -> None:
    a = appellant
    a.bring("identity", PDF, "身份证.pdf")
    assert (a.state("identity").state, a.says("identity")) == (State.TO_MEND, ["wrong_format"])


def test_nobody_else_finds_it(appellant: Appellant) -> None:
    a, stage = appellant, appellant.stage
    exhibit = a.bring("identity")
    stranger, reporter = stage.account("wang_wu"), stage.account("zhang_san")
    theirs = stage.decided(stage.hire("bo", Role.REVIEWER), caller=reporter, account="wang_wu")
    for who, decision in ((stranger, a.decision), (reporter, a.decision), (a.who, theirs)):
        with refused("not_found", NotFound):
            a.materials.of(decision, who)
        with refused("not_found", NotFound):
            a.materials.attach(decision, "identity", exhibit, who)
    own = brought(stage, stage.decision(theirs).case, stranger)
    with refused("not_found", NotFound):
        a.materials.attach(a.decision, "identity", own, a.who)
    with refused("material.unknown"):
        a.materials.attach(a.decision, "licence", exhibit, a.who)


def test_a_firm_is_asked_for_its_licence(appellant: Appellant) -> None:
    a = appellant
    a.materials.name_holder(a.decision, Holder.FIRM, a.who)
    asked = [each.material.code for each in a.materials.standard(a.decision, a.who)]
    assert "licence" in asked
    assert "identity" not in asked


def test_the_reviewer_sees_the_same_list(appellant: Appellant) -> None:
    a, stage = appellant, appellant.stage
    a.read(a.bring("identity"), FRONT)
    bo = stage.hire("bo", Role.REVIEWER)
    appeal: AppealId = stage.appealed(a.decision)
    seen = a.materials.seen_by_staff(appeal, bo)
    focus = {each.material.code: each.material.focus.zh for each in seen.shown}
    assert focus["identity"].startswith("身份")
    card = next(each for each in seen.shown if each.material.code == "identity")
    assert [each.found.en for each in card.findings] == [
        "Still missing: the back, with the national emblem."
    ]
    with refused("not_found", NotFound):
        a.materials.seen_by_staff(appeal, a.who)


def test_no_copy_of_a_paper_of_identity_is_ever_released(stage: Stage) -> None:
    ana, reporter = stage.hire("ana", Role.REVIEWER), stage.account("zhang_san")
    theirs = Appellant(stage, stage.decided(ana, no_violation(), caller=reporter), reporter)
    exhibit = theirs.bring("new_fact")
    hidden = stage.app.exhibiting.derive(
        exhibit, Derivative.REDACTED, PNG, "image/png", "painted", Actor(Role.REVIEWER, ana.person)
    )
    stage.app.exhibiting.release(exhibit, hidden, ana)

    a = Appellant(
        stage,
        stage.decided(ana, violation("identity.stolen"), category="identity"),
        stage.account("li_si"),
    )
    paper = a.bring("identity")
    hidden = stage.app.exhibiting.derive(
        paper, Derivative.REDACTED, PNG, "image/png", "painted", Actor(Role.REVIEWER, ana.person)
    )
    a.materials.detach(a.decision, "identity", paper, a.who)
    with refused("exhibit.paper_of_identity"):
        stage.app.exhibiting.release(paper, hidden, ana)
