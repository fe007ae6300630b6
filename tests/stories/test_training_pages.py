"""Courses by page, in both languages: reading, the exam, the certificate, and the desk."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from tests.stories.merchants import colleague, merchant
from tests.stories.stage import Stage, show_on_pages, violation
from tests.stories.test_dispute_pages import signed_in
from tests.stories.test_exhibits_checked_alone import checked
from tests.stories.test_training import examined, read

from gongdao.bootstrap.public_log import log
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import Account


@pytest.fixture
def pages(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    show_on_pages(postgres, monkeypatch)
    return postgres


def mark(page: str) -> str:
    found = re.search(r'name="opened" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def test_a_course_is_read_and_passed_by_page(pages: Stage) -> None:
    who = pages.account("li_si")
    client = signed_in(who.person)
    chinese = Client(headers={"accept-language": "zh-hans"})
    assert "把纠纷挡在前面" in chinese.get("/learn/").content.decode()
    assert "登录后开始计时" in chinese.get("/learn/merchants/packing/").content.decode()
    where = "/learn/reporting_well/what_happened/"
    page = client.get(where).content.decode()
    assert "<strong>Who</strong>" in page
    given = {"opened": mark(page), "seconds": "30"}
    pages.clock.pass_(seconds=45)
    assert client.post(f"{where}time/", given).json() == {"counted": 30, "minutes": 0}
    assert client.post(f"{where}time/", given).json()["counted"] == 0
    for wrong in ({"opened": "x"}, {"opened": signing.dumps(["x", "a", "b", "c"])}):
        assert client.post(f"{where}time/", wrong).status_code == 400
    other = signed_in(pages.account("zhang_san").person, "zhang")
    assert other.post(where, given).status_code == 400
    for _ in range(5):
        pages.clock.pass_(seconds=40)
        answer = client.post(where, {"opened": mark(client.get(where).content.decode())})
        where = answer.headers["Location"]
    assert where == "/learn/reporting_well/"
    assert "To the exam" in client.get(where).content.decode()
    for missing in ("/learn/nothing/", "/learn/merchants/nothing/", "/learn/..%2f/exam/"):
        assert client.get(missing).status_code == 404


def test_an_exam_by_page_explains_itself_until_the_next_one(pages: Stage) -> None:
    who = pages.account("li_si")
    client, exam = signed_in(who.person), "/learn/reporting_well/exam/"
    read(pages, who, "reporting_well", minutes=0)
    assert client.post(exam, {"begin": "yes"}).headers["Location"].endswith("?q=1")
    assert client.post(exam, {"q": "1"}).status_code == 400
    for number in range(1, 11):
        shown = client.get(f"{exam}?q={number}").content.decode()
        assert f"question {number} of 10" in shown
        assert "checked" not in shown
        client.post(exam, {"q": str(number), "option": "1"})
    assert "10 of 10 answered." in client.get(f"{exam}?q=review").content.decode()
    done = client.post(exam, {"hand_in": "yes"}).headers["Location"]
    result = client.get(done).content.decode()
    assert client.get(done).content.decode().count("Read on: ") == 10  # as often as one likes
    assert "answers were right." in result
    assert "You chose:" in result
    assert client.post(exam, {"hand_in": "yes"}).status_code in {302, 400}
    pages.clock.pass_(hours=2)
    client.post(exam, {"begin": "yes"})
    assert client.get(done).headers["Location"] == exam  # while a try waits nothing is explained
    for number in range(1, 11):
        assert "checked" not in client.get(f"{exam}?q={number}").content.decode()
    for address in ("?q=99", "?q=-1", "?q=review", "?q=%00"):
        assert client.get(exam + address).status_code == 200


def test_a_certificate_is_checked_by_anybody_and_names_nobody(pages: Stage) -> None:
    who = pages.account("li_si")
    client, nobody = signed_in(who.person), Client(headers={"accept-language": "zh-hans"})
    read(pages, who, "group_owners")
    passed = examined(pages, who, "group_owners").certificate
    assert passed is not None
    where = f"/learn/c/{passed.number}/"
    assert nobody.get(where).status_code == 302
    assert signed_in(pages.account("zhang_san").person, "zh").get(where).status_code == 404
    assert "Save as PDF" in client.get(where).content.decode()
    assert client.post(where, {"name": " "}).status_code == 400
    assert client.post(where, {"name": "<b>李四</b>"}).status_code == 302
    shared = re.search(r"/learn/shared/[^<]+", client.get(where).content.decode())
    assert shared is not None
    plain = nobody.get(f"/learn/check/{passed.number}/").content.decode()
    assert "有效" in plain
    assert "李四" not in plain
    assert "&lt;b&gt;李四" in nobody.get(shared.group()).content.decode()
    assert nobody.get(shared.group()[:-2] + "x/").status_code == 404
    assert nobody.get("/learn/check/0000-0000-0000/").status_code == 404
    found = nobody.get("/learn/check/?number=abc").headers["Location"]
    assert found == "/learn/check/abc/"
    paper = client.get(f"{where}certificate.pdf")
    assert paper.content.startswith(b"%PDF")


def test_a_certificate_proves_its_place_in_the_log_to_whoever_asks_nobody(
    pages: Stage, tmp_path: Path
) -> None:
    who = pages.account("li_si")
    read(pages, who, "reporting_well", minutes=0)
    passed = examined(pages, who, "reporting_well").certificate
    assert passed is not None
    log().tick()
    where = f"/learn/c/{passed.number}/certificate.json"
    given = signed_in(who.person).get(where).content.decode()
    assert signed_in(pages.account("zhang_san").person, "zh").get(where).status_code == 404
    record, key = tmp_path / "certificate.json", str(log().keys.public()[0])
    record.write_text(given, "utf-8")
    ended, said = checked(record, "--log-key", key)
    assert (ended, said["log.holds"]) == (0, "proven")
    assert passed.number in json.loads(given)["record"]
    record.write_text(given.replace(passed.number, "0000-0000-0000"), "utf-8")
    assert checked(record, "--log-key", key)[0] == 1


def test_the_desk_sees_numbers_and_a_lead_their_own_team(pages: Stage) -> None:
    pages.hire("ana", Role.REVIEWER)
    pages.hire("chief", Role.SENIOR_REVIEWER)
    pages.app.training.schedule.catch_up(100)
    pages.clock.pass_(days=60)
    pages.app.passing.tick()
    who = pages.account("li_si")
    seen = {}
    for name in ("ana", "chief"):
        client = Client(headers={"accept-language": "en"})
        client.force_login(Account.objects.get(name=name))
        seen[name] = client.get("/desk/training/").content.decode()
        assert seen[name].count("from 20 people on: fewer are too few to tell") == 1
        assert "Pass rate" not in seen[name]
        assert client.post("/desk/training/allow/", {"learner": "x"}).status_code == 404
    assert "late since" in seen["chief"] or "due by" in seen["chief"]
    assert "<bdi>ana</bdi>" in seen["chief"]
    assert "<bdi>" not in seen["ana"]
    assert signed_in(who.person).get("/desk/training/").status_code == 404


def test_an_organisation_sees_numbers_and_a_way_back_its_course(pages: Stage) -> None:
    ours, boss = merchant(pages)
    agent = signed_in(colleague(pages, ours, boss, "xiao_wang").person, "wang")
    where = f"/merchants/o/{ours}/training/"
    shown = signed_in(boss.person, "boss").get(where).content.decode()
    assert "How members did in the exams" in shown
    assert "A rate is shown from 20 people on" in shown
    assert "Pass rate" not in shown
    assert agent.get(where).status_code == 409
    li_si, ana = pages.account("li_si"), pages.hire("ana", Role.REVIEWER)
    client = signed_in(li_si.person, "li")
    assert client.get(where).status_code == 404
    for _ in range(2):
        decision = pages.decided(ana, violation("abuse.insult"))
    case = f"/mine/{pages.decision(decision).case}/"
    exam = re.search(r'href="([^"]+/exam\.community_basics/)"', client.get(case).content.decode())
    assert exam is not None
    assert '<a href="/learn/community_rules/">' in client.get(exam.group(1)).content.decode()
    counts = "If a light measure against you asks for this exam"
    assert counts in client.get("/learn/community_rules/").content.decode()
    assert counts not in client.get("/learn/reviewers/").content.decode()


def sent(client: Client, where: str, body: dict[str, Any]) -> Any:
    return client.post(where, body, content_type="application/json")


def test_a_program_reads_and_checks(pages: Stage) -> None:
    api, who = "/api/v1", pages.account("li_si")
    client, nobody = signed_in(who.person), Client()
    course = client.get(f"{api}/courses/reporting_well").json()
    opened = course["sections"][0]["opened"]
    assert len(nobody.get(f"{api}/courses").json()["courses"]) == 8
    assert nobody.get(f"{api}/courses/merchants").json()["sections"][0]["opened"] == ""
    where = f"{api}/courses/reporting_well"
    pages.clock.pass_(seconds=20)
    said = {"opened": opened, "seconds": 500}
    assert sent(client, f"{where}/time", said).json() == {"counted": 20, "total": 20}
    begun = sent(client, f"{where}/exam", {})
    assert (begun.status_code, begun.json()["code"]) == (409, "training.not_read")
    for each in course["sections"]:
        sent(client, f"{where}/read", {"opened": each["opened"], "seconds": 0})
    paper = sent(client, f"{where}/exam", {}).json()
    half = {paper["questions"][0]["code"]: "1"}
    assert sent(client, f"{where}/exam/answers", {"answers": half}).status_code == 409
    whole = {each["code"]: "1" for each in paper["questions"]}
    result = sent(client, f"{where}/exam/answers", {"answers": whole}).json()
    assert len(result["answers"]) == 10
    read(pages, who, "merchants")
    passed = examined(pages, who, "merchants").certificate
    assert passed is not None
    found = nobody.get(f"{api}/certificates/{passed.number}").json()
    assert (found["state"], found["name"]) == ("valid", "")
    assert client.get(f"{api}/certificates").json()["certificates"][0]["seconds"] > 60
