"""The pages on which a reporter and a respondent of a case here talk, in both languages."""

import json
from html import unescape

import pytest
from django.test import Client
from tests.stories.reporters_names import identity_of, names_of
from tests.stories.stage import REASONS, Stage, show_on_pages
from tests.stories.talks_inside import NEUTRAL, SUBJECT, THEIRS

from gongdao.domain.intake.model import CaseStage
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import Account

CONTACT = "zhang.san@example.org"
WORDS = "他在我的评论下面骂人，已经三天了。"


class Pages:
    """A case of li_si whose two sides sit before their browsers."""

    def __init__(self, stage: Stage, language: str) -> None:
        self.stage = stage
        self.ana = stage.hire("ana", Role.REVIEWER)
        self.receipt = stage.accepted(self.ana, contact=CONTACT, statement=WORDS)
        self.ours, self.theirs = (Client(headers={"accept-language": language}) for _ in "12")
        self.track = f"/track/{self.receipt.code}/"
        self.page = self.door = self.appeal = ""

    def ask(self) -> None:
        """The respondent is asked for their side, and has a code from now on."""
        self.stage.app.investigating.request_answer(self.receipt.case, REASONS, self.ana)
        li_si = self.stage.account("li_si").person
        assert li_si is not None
        self.appeal = f"/appeal/{self.stage.records.codes.issue(self.receipt.case, li_si)}/"

    def open(self) -> None:
        """The reporter offers to talk."""
        opened = self.ours.post(f"{self.track}talk/", {"name": NEUTRAL, "subject": SUBJECT})
        assert opened.status_code == 302
        self.page = opened.headers["location"]
        self.door = self.page.replace(self.track, self.appeal)

    def do(self, mine: bool, status: int = 302, **said: str) -> str:  # noqa: FBT001
        """One side presses a button."""
        client, at = (self.ours, self.page) if mine else (self.theirs, self.door)
        answer = client.post(at, said)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    def settle(self) -> None:
        """They write, offer, sign, and do it."""
        self.do(False, do="come", name=THEIRS)
        assert 'name="sure"' in self.do(True, 409, do="say", text="请打 13800138000。")
        self.do(True, do="say", text="您好，我们谈谈吧。")
        self.do(False, 409, do="say", text="我给您五百元，您撤回举报。")
        self.do(
            False, do="offer", kind_1="apology", by_1="invited", text_1="公开道歉。", days="3",
            signed=THEIRS,
        )  # fmt: skip
        self.do(True, do="accept", offer="1", signed=NEUTRAL)
        self.do(False, do="perform", item="1", proof="已道歉。")
        self.do(True, do="confirm", item="1")


def test_a_talk_is_offered_by_the_reporter_alone_once_the_other_side_knows(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    two = Pages(postgres, "en")
    at = f"{two.track}talk/"
    assert two.ours.get(at).status_code == 404
    two.ask()
    theirs = f"{two.appeal}talk/"
    assert two.theirs.get(theirs).status_code == 404
    assert two.theirs.post(theirs, {"name": "x", "subject": "y"}).status_code == 404
    assert at in two.ours.get(two.track).content.decode()
    assert two.ours.get(at).status_code == 200
    told = two.ours.post(at, {"name": CONTACT, "subject": SUBJECT})
    assert told.status_code == 409
    assert "settlement.names_you" in told.content.decode()
    two.open()
    assert two.ours.get(at).headers["location"] == two.page
    assert two.theirs.get(theirs).headers["location"] == two.door


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_they_settle_on_the_pages_and_nothing_gives_the_reporter_away(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    show_on_pages(postgres, monkeypatch)
    two = Pages(postgres, language)
    two.ask()
    two.open()
    read = [two.theirs.get(at).content.decode() for at in (two.appeal, two.door)]
    assert f"{two.appeal}talk/" in read[0]
    two.settle()
    withdraw = f"{two.track}withdraw/"
    assert withdraw in two.ours.get(two.page).content.decode()
    ours = two.ours.get(f"{two.page}settlement.json").json()
    theirs = two.theirs.get(f"{two.door}settlement.json").json()
    assert ours == theirs
    assert two.theirs.get(f"{two.door}settlement.pdf").content.startswith(b"%PDF")
    assert two.ours.post(withdraw, {"text": ""}).status_code == 302
    assert postgres.case(two.receipt.case).stage is CaseStage.WITHDRAWN
    two.do(True, do="close", withdrawn_by="complainant")
    two.do(False, 404, do="close")
    read += [two.theirs.get(two.door).content.decode(), json.dumps(theirs, ensure_ascii=False)]
    read.append(two.do(False, 409, do="say", text="x"))
    seen = unescape("\n".join(read))
    identity = identity_of(postgres, two.receipt, WORDS, names_of(CONTACT))
    assert NEUTRAL in seen
    assert identity.found_in(seen) == []


def test_by_other_doors_there_is_nothing(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    show_on_pages(postgres, monkeypatch)
    ana = postgres.hire("ana", Role.REVIEWER)
    receipt = postgres.accepted(ana)
    postgres.app.investigating.request_answer(receipt.case, REASONS, ana)
    reporter = postgres.app.files.by_code(receipt.code)[1]
    inside = postgres.app.disputes.talks_inside
    talk = inside.open(receipt.case, NEUTRAL, SUBJECT, reporter)
    other = postgres.report(account="wang_wu")
    staff = Client()
    staff.force_login(Account.objects.get(name="ana"))
    li_si = Client()
    party = postgres.account("li_si").person
    li_si.force_login(Account.objects.create_user("l@example.org", name="l", party_id=party))
    mine = f"/mine/{receipt.case}/talk/"
    assert li_si.get(mine).headers["location"] == f"{mine}{talk}/"
    assert li_si.get(f"{mine}{talk}/").status_code == 200
    assert li_si.get(f"{mine}{receipt.case}/").status_code == 404
    for client, address in (
        (staff, mine), (staff, f"{mine}{talk}/"), (Client(), f"{mine}{talk}/settlement.json"),
        (Client(), f"/track/{other.code}/talk/{talk}/"),
        (Client(), f"/track/{other.code}/talk/{talk}/settlement.json"),
        (Client(), f"/appeal/AAAA-BBBB-CCCC-DDDD-EEEE/talk/{talk}/"),
    ):  # fmt: skip
        assert client.get(address).status_code in {302, 404}
        assert SUBJECT not in client.get(address, follow=True).content.decode()
    desk = staff.get(f"/desk/{receipt.case}/", follow=True).content.decode()
    assert SUBJECT not in desk
    assert talk not in desk
