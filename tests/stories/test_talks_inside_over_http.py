"""A reporter and a respondent of a case here are programs: each by the code of the case."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.stories.reporters_names import names_of
from tests.stories.stage import REASONS, Stage, show_on_pages
from tests.stories.talks_inside import NEUTRAL, SUBJECT, THEIRS
from tests.stories.test_settlements_over_http import Speaker, signed_in, soon

from gongdao.domain.intake.model import CaseStage
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PersonId

CONTACT = "zhang.san@example.org"
WORDS = "他在我的评论下面骂人，已经三天了。"
APOLOGY = {"kind": "apology", "by": "invited", "text": "三天内在原帖下公开道歉。"}


def by_code(code: str, language: str = "en") -> Speaker:
    """A program with the code of a receipt or of a notice."""
    return Speaker(Client(headers={"X-Case-Code": code, "accept-language": language}))


def asked(stage: Stage, **changes: Any) -> tuple[CaseId, str, str]:
    """A case of li_si, who was asked for their side: the case, and the codes of both sides."""
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, **changes)
    stage.app.investigating.request_answer(receipt.case, REASONS, ana)
    return receipt.case, receipt.code, code_of(stage, receipt.case, "li_si")


def code_of(stage: Stage, case: CaseId, account: str) -> str:
    """The code that opens a case to somebody."""
    person = stage.account(account).person
    assert person is not None
    return stage.records.codes.issue(case, PersonId(person))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_programs_settle_a_case_and_its_reporter_withdraws(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    show_on_pages(postgres, monkeypatch)
    case, receipt, notice = asked(postgres, contact=CONTACT, statement=WORDS)
    ours, theirs = by_code(receipt, language), by_code(notice, language)
    at = f"/cases/{case}/settlements"
    assert ours.get(at) == {"settlements": []}
    theirs.post(at, 404, name=NEUTRAL, subject=SUBJECT)
    named = ours.post(at, 409, name=CONTACT, subject=SUBJECT, sure=True)
    assert named["code"] == "settlement.names_you"
    made = ours.post(at, 201, "a-key-of-enough-length", name=NEUTRAL, subject=SUBJECT)
    assert ours.post(at, 201, "a-key-of-enough-length", name=NEUTRAL, subject=SUBJECT) == made
    assert ours.get(at) == theirs.get(at) == {"settlements": [made]}
    talk = f"/settlements/{made['id']}"
    assert theirs.get(talk)["stage"] == "waiting"
    ours.post(f"{talk}/coming", 404, name=THEIRS)
    theirs.post(f"{talk}/coming", name=THEIRS)
    phone = "请打 13800138000。"
    assert ours.post(f"{talk}/messages", 409, text=phone)["code"] == "settlement.personal_data"
    ours.post(f"{talk}/messages", 201, text="您好，我们谈谈吧。")
    theirs.post(f"{talk}/offers", 201, items=[APOLOGY], signed=THEIRS, until=soon(postgres))
    ours.post(f"{talk}/offers/1/accept", signed=NEUTRAL)
    theirs.post(f"{talk}/items/1/perform", proof="已在原帖下道歉。")
    ours.post(f"{talk}/items/1/confirm")
    early = ours.post(f"{talk}/close", 409, withdrawn_by="complainant")
    assert early["code"] == "settlement.withdraw_first"
    postgres.app.reporting.withdraw(case, "", postgres.app.files.by_code(receipt)[1])
    theirs.post(f"{talk}/close", 404)
    ours.post(f"{talk}/close", withdrawn_by="complainant")
    assert postgres.case(case).stage is CaseStage.WITHDRAWN
    assert ours.get(f"{talk}/export") == theirs.get(f"{talk}/export")
    read = [theirs.get(path) for path in (talk, f"{talk}/export", at, f"/cases/{case}")]
    read += [theirs.get(f"/notices?language={each}") for each in ("zh-hans", "en")]
    report = postgres.records.reports.get(postgres.case(case).reports[0])
    seen = json.dumps(read, ensure_ascii=False)
    marks = (*names_of(CONTACT), WORDS, report.id, report.reporter, receipt)
    assert [mark for mark in marks if mark in seen] == []
    assert NEUTRAL in seen


def test_codes_of_others_and_staff_find_no_talk(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    case, receipt, notice = asked(postgres)
    ours, theirs = by_code(receipt), by_code(notice)
    made = ours.post(f"/cases/{case}/settlements", 201, name=NEUTRAL, subject=SUBJECT)
    talk = f"/settlements/{made['id']}"
    another = postgres.report(account="wang_wu")
    respondent = postgres.account("li_si").person
    assert respondent is not None
    by_session = signed_in(respondent, "li_si")
    assert by_session.get(talk)["side"] == "invited"
    stranger = signed_in(str(postgres.account("zhao").person), "zhao")
    nobody = Speaker(Client())
    for each in (by_code(another.code), stranger, nobody):
        for path in (talk, f"{talk}/export", f"{talk}/export.pdf"):
            each.get(path, 404)
        each.post(f"{talk}/stop", 404)
        each.get(f"/cases/{case}/settlements", 404)
    for each in (ours, theirs):
        each.post(f"{talk}/messages/1/keep", 404)
        each.post(f"{talk}/messages/1/report", 404, why="x")
    theirs.post(f"{talk}/invitation", 404)
    ours.post(f"{talk}/invitation", 404)
    ours.post(f"{talk}/suspicion/clear", 404)
