"""Ways back on pages and over the API: exam, pledge, proof; nothing that gives an answer away."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.stories.files_of import PNG
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres, violation

from gongdao.domain.evidence import record_file
from gongdao.domain.evidence.packets import record_leaf
from gongdao.domain.flows.ways_shown import WaysShown
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Give a house whose clock the test moves, and let the pages show that one."""
    found = stage_on_postgres()
    show_on_pages(found, monkeypatch)
    return found


def sanctioned(stage: Stage, clause: str, category: str) -> tuple[CaseId, str]:
    """A case with its first rung, and the code of its respondent."""
    ana = stage.hire("ana", Role.REVIEWER)
    case = stage.case_of(stage.decided(ana, violation(clause), category=category))
    assert case.respondent is not None
    with stage.records.work():
        return case.id, stage.records.codes.issue(case.id, case.respondent)


def way_of(stage: Stage, case: CaseId) -> str:
    """The id of the only way back."""
    (way,) = WaysShown(stage.records).of(stage.case(case))
    return str(way.way_back)


def text(client: Client, path: str, language: str = "en") -> str:
    """A page."""
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_an_inducement_is_lifted_by_an_exam_on_the_pages(client: Client, stage: Stage) -> None:
    case, code = sanctioned(stage, "inducement.share", "inducement")
    home = text(client, f"/appeal/{code}/")
    assert "How it can end earlier" in home
    assert "0 of 1 done" in home
    assert "已完成 0 项，共 1 项" in text(client, f"/appeal/{code}/", "zh-hans")
    page = f"/appeal/{code}/way-back/{way_of(stage, case)}/exam.inducement/"
    assert page in home
    assert "Begin" in text(client, page)
    client.post(page, {"begin": "yes"})
    asked = text(client, page)
    names = sorted(set(re.findall(r'name="(q-q\d+)"', asked)))
    assert len(names) == 10
    assert "So." not in asked, "explanations come after the answers"

    unanswered = client.post(page, {names[0]: "1"})
    assert unanswered.status_code == 400
    assert "quiz.unanswered" in unanswered.content.decode()
    rights = {
        name: re.findall(rf'name="{name}" value="(\d)"[^>]*><span>yes<', asked)[0] for name in names
    }
    marked = client.post(page, rights, headers={"accept-language": "en"}).content.decode()
    assert "10 of 10 answers were right." in marked
    assert "So." in marked
    assert stage.measures(case) == [("restriction", "released")]
    assert "The sanction was lifted on" in text(client, f"/appeal/{code}/")
    assert client.get(page).status_code == 302


def test_a_pledge_is_signed_drawn_and_taken_along(client: Client, stage: Stage) -> None:
    case, code = sanctioned(stage, "abuse.harassment", "abuse")
    page = f"/appeal/{code}/way-back/{way_of(stage, case)}/pledge.leave_alone/"
    assert "我承诺" in text(client, page, "zh-hans")
    assert client.post(page, {"name": "", "strokes": ""}).status_code == 400
    assert client.post(page, {"name": "李四", "strokes": "[[[5000, 1]]]"}).status_code == 400
    drawn = json.dumps([[[10, 20], [400, 600]]])
    said = client.post(
        page, {"name": "李四", "strokes": drawn}, headers={"accept-language": "zh-hans"}
    )
    assert said.status_code == 302
    signed = text(client, page)
    assert 'points="10,20 400,600"' in signed
    assert "李四" in signed
    assert "1 of 2 done" in text(client, f"/appeal/{code}/")

    given = record_file.read(client.get(f"{page}pledge.json").content)
    assert given.what == "pledge"
    assert given.record is not None
    assert "李四" not in given.record
    assert record_leaf(given.record.encode()) in signed
    assert {each.text.endswith("李四") for each in given.texts} == {True, False}
    other = client.get(page.replace(code, sanctioned_other(stage)))
    assert other.status_code == 404
    stage.tick(hours=72)
    assert stage.measures(case) == [("restriction", "released")]


def sanctioned_other(stage: Stage) -> str:
    """The code of somebody else's case."""
    bo = stage.hire("bo", Role.REVIEWER)
    case = stage.case_of(stage.decided(bo, account="wang_wu"))
    assert case.respondent is not None
    with stage.records.work():
        return stage.records.codes.issue(case.id, case.respondent)


def test_a_proof_is_handed_in_and_checked_at_the_desk(client: Client, stage: Stage) -> None:
    case, code = sanctioned(stage, "marketing.false_claim", "marketing")
    page = f"/appeal/{code}/way-back/{way_of(stage, case)}/proof.claims_corrected/"
    sent = {
        "said": "我在三月三日删掉了那句话，并注明改了什么。",
        "file": SimpleUploadedFile("now.png", PNG, "image/png"),
    }
    assert client.post(page, sent).status_code == 302
    assert "A reviewer checks it" in text(client, f"/appeal/{code}/")
    assert "You are told the outcome" in text(client, page)

    bo = stage.hire("bo", Role.REVIEWER)
    desk = Client()
    desk.force_login(get_user_model().objects.get(email="bo@staff.example"))
    task = f"/desk/ways-back/{way_of(stage, case)}/proof.claims_corrected/"
    assert task in text(desk, "/desk/ways-back/")
    assert "注明改了什么" in text(desk, task)
    assert client.get(task).status_code in {302, 404}
    done = desk.post(task, {"reasons": "截图显示已经改正，时间也写明了。", "outcome": "accept"})
    assert done.status_code == 302
    assert stage.measures(case) == [("rectification", "released")]
    assert stage.case(case).took_part >= {bo.person}
    assert desk.get(task).status_code == 404


def test_the_same_over_the_api(client: Client, stage: Stage) -> None:
    case, code = sanctioned(stage, "inducement.share", "inducement")
    mine = {"X-Case-Code": code}
    (way,) = client.get(f"{API}/cases/{case}/ways-back", headers=mine).json()["ways"]
    assert (way["stage"], way["done"], way["of"]) == ("open", 0, 1)
    one = client.get(f"{API}/sanctions/{way['sanction']}/way-back", headers=mine).json()
    assert one == way
    exam = f"{API}/ways-back/{way['way_back']}/exams/exam.inducement"
    paper = client.post(exam, {}, content_type="application/json", headers=mine)
    assert paper.status_code == 201
    assert "right" not in paper.content.decode()
    answers = {
        q["code"]: next(o["code"] for o in q["options"] if o["words"]["en"] == "no")
        for q in paper.json()["questions"]
    }
    body = json.dumps({"answers": answers})
    outcome = client.post(f"{exam}/answers", body, content_type="application/json", headers=mine)
    assert outcome.status_code == 200
    assert (outcome.json()["passed"], outcome.json()["right"]) == (False, 0)
    again = client.post(exam, {}, content_type="application/json", headers=mine)
    assert (again.status_code, again.json()["code"]) == (409, "quiz.too_soon")


def test_a_reporter_learns_nothing_of_it(client: Client, stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, category="inducement")
    stage.app.deciding.decide(receipt.case, violation("inducement.share"), ana)
    theirs = {"X-Case-Code": receipt.code}
    assert client.get(f"{API}/cases/{receipt.case}/ways-back", headers=theirs).status_code == 404
    assert "How it can end earlier" not in text(client, f"/track/{receipt.code}/")
    step = f"/track/{receipt.code}/".replace("track", "appeal")
    way = way_of(stage, receipt.case)
    assert client.get(f"{step}way-back/{way}/exam.inducement/").status_code == 404
