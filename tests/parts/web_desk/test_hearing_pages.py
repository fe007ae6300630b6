"""A hearing through its pages: opinion, forecast, question, answer, second opinion, two people."""

import re

from django.test import Client
from tests.parts.web_desk.at_the_desk import look, page, staff, take
from tests.parts.web_desk.conftest import SignIn
from tests.stories.stage import GROUNDS, Stage

from gongdao.domain.appeals.model import Filing, ForecastBasis, Weighed
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import AppealId, PersonId
from gongdao.storage.models import Account

FORETOLD = Weighed(
    complete=83,
    tone=("blaming",),
    basis=ForecastBasis.CLAIMED,
    low=41,
    high=67,
    patterns=("repetition",),
)
CONTACT = "zhang.san@example.org"
SECRET = ("41% to 67%", "83%", "A third violation of the same kind")
"""Traces of what was foretold."""
OPINION = "我初步认为证据能说明上下文，倾向撤销。"
QUESTION = "请说明截图是哪一天、几点几分保存的。"
ANSWER = "截图是三月一日九点十分在我的手机上保存的。"
WRITTEN = "第一段，含 {braces} 和 “引号”。\n\n　　第二段：结论是——撤销。"


class House:
    """A house whose appeal somebody hears, and the pages of everybody around it."""

    def __init__(self, stage: Stage, sign_in: SignIn) -> None:
        for name in ("di", "ed"):
            stage.hire(name, Role.REVIEWER)
        self.stage, self.sign_in = stage, sign_in
        stage.app.around_appeals.high_profile.mark("li_si", "粉丝很多的公众人物。", staff("op"))
        decision = stage.decided(staff("ana"), contact=CONTACT)
        self.case = stage.case_of(decision).id
        stage.clock.pass_(hours=1)
        li_si = stage.account("li_si")
        self.appeal = stage.app.appealing.file(decision, GROUNDS, li_si, Filing(), FORETOLD)
        self.code = stage.records.codes.issue(self.case, PersonId(li_si.person or ""))
        names = ("bo", "cy", "di", "ed")
        hears = stage.reviewer_of(AppealId(self.appeal), *map(staff, names))
        self.hears = next(name for name in names if staff(name) == hears)
        self.second, self.third = [name for name in ("bo", "di", "ed") if name != self.hears][:2]

    def at(self, name: str) -> Client:
        """Somebody's browser."""
        return self.sign_in(name)

    def desk(self, name: str) -> str:
        """The case as somebody at the desk sees it."""
        return page(self.at(name), f"/desk/{self.case}/")

    def api(self, name: str) -> str:
        """The same over the API."""
        answer = self.at(name).get(f"/api/v1/appeals/{self.appeal}/hearing")
        assert answer.status_code == 200
        told = answer.json()
        assert told["foretold"] is None or told["foretold"]["low"] == FORETOLD.low
        return SECRET[0] if told["foretold"] else str(answer.content.decode())

    def theirs(self) -> str:
        """The appellant's page, by the code of their notice."""
        return page(Client(headers={"accept-language": "en"}), f"/appeal/{self.code}/")


def test_a_hearing_from_opinion_to_outcome(stage: Stage, sign_in: SignIn) -> None:
    house = House(stage, sign_in)
    an_opinion_comes_before_what_was_foretold(house)
    a_question_is_asked_and_answered(house)
    a_second_opinion_and_a_second_person(house)
    letter = stage.last_letter(house.case, "appeal_overturned")
    assert WRITTEN in letter
    theirs = house.theirs()
    assert "倾向" not in theirs
    assert "给同事的备注" not in theirs
    assert CONTACT not in theirs


def an_opinion_comes_before_what_was_foretold(house: House) -> None:
    hears = house.at(house.hears)
    for shown in (house.desk(house.hears), house.api(house.hears)):
        assert not any(trace in shown for trace in SECRET)
    assert "Kept back until you have written your own opinion" in house.desk(house.hears)
    assert "Blame without grounds" in house.desk(house.hears)
    take(hears, house.case, "opinion", leaning="overturn", reasons=OPINION)
    shown = house.desk(house.hears)
    assert all(trace in shown for trace in SECRET[:3])
    assert OPINION in shown
    assert house.api(house.hears) == SECRET[0]
    for other in (house.second, "ana", "op"):
        for shown in (house.desk(other), house.api(other)):
            assert not any(trace in shown for trace in SECRET)
            assert OPINION not in shown
    take(hears, house.case, "appeal_note", reasons="给同事的备注：请核对截图。")


def a_question_is_asked_and_answered(house: House) -> None:
    hears = house.at(house.hears)
    refused = take(hears, house.case, "ask_appellant", 409, reasons=f"{CONTACT} 说的对吗？请说明。")
    assert "names who reported" in refused
    take(hears, house.case, "ask_appellant", reasons=QUESTION)
    waits = page(hears, "/desk/?queue=waiting")
    assert "waits for the appellant&#x27;s answer" in waits
    theirs = house.theirs()
    assert QUESTION in theirs
    assert "The clock stands still for it until" in theirs
    (form,) = set(re.findall(rf'href="(/appeal/{house.code}/question/)"', theirs))
    asked = page(Client(headers={"accept-language": "en"}), form)
    assert QUESTION in asked
    house.stage.clock.pass_(days=4)
    answer = Client().post(form, {"text": ANSWER})
    assert answer.status_code == 302
    assert ANSWER in house.desk(house.hears)
    assert ANSWER in house.theirs()
    again = Client(headers={"accept-language": "en"}).get(form)
    assert again.status_code == 302


def a_second_opinion_and_a_second_person(house: House) -> None:
    hears, second, third = (house.at(n) for n in (house.hears, house.second, house.third))
    who = str(Account.objects.get(name=house.second).party_id)
    take(hears, house.case, "ask_second", of=who, reasons="请只看截图的完整性，谢谢。")
    assert "A colleague asks for your opinion" in page(second, "/desk/?queue=appeals")
    assert (
        second.post("/desk/next/?queue=appeals")
        .headers["Location"]
        .startswith(f"/desk/{house.case}/")
    )
    take(second, house.case, "second_opinion", leaning="uphold", reasons="不完整，我倾向维持。")
    shown, sure = look(hears, house.case, "hear_appeal", ending="overturn", reasons=WRITTEN)
    assert "Nothing happens and nobody is told until a colleague" in shown
    take(hears, house.case, "hear_appeal", **sure)
    assert "confirm_outcome" not in house.desk(house.second)
    assert (
        third.post("/desk/next/?queue=waiting")
        .headers["Location"]
        .startswith(f"/desk/{house.case}/")
    )
    reasons = "我看过全部材料，同意这个结果。"
    shown, sure = look(third, house.case, "confirm_outcome", stands="yes", reasons=reasons)
    assert "Lifted: Warning" in shown
    assert "exactly as they are written here" in shown
    take(third, house.case, "confirm_outcome", **sure)
    assert house.stage.measures(house.case) == [("warning", "lifted")]
