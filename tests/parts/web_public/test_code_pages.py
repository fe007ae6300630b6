"""Pages behind a code: who gets in, what is kept by nobody, what the other side never reads."""

import pytest
from django.test import Client
from tests.stories.stage import (
    GROUNDS,
    REASONS,
    Stage,
    no_violation,
    show_on_pages,
    stage_on_postgres,
    violation,
)

from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.events import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Give a house whose clock the test moves, and let the pages show that one."""
    found = stage_on_postgres()
    show_on_pages(found, monkeypatch)
    return found


def respondents_code(stage: Stage, receipt: Receipt) -> str:
    respondent = stage.case(receipt.case).respondent
    assert respondent is not None
    return stage.records.codes.issue(receipt.case, respondent)


def text(client: Client, path: str, language: str = "en") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


@pytest.mark.parametrize("door", ["track", "appeal", "answer"])
def test_a_wrong_code_is_not_found_and_can_be_tried_again(client: Client, door: str) -> None:
    answer = client.get(f"/{door}/ABCD-EFGH-ABCD-EFGH-ABCD/", headers={"accept-language": "en"})

    assert answer.status_code == 404
    page = answer.content.decode()
    assert "code.unknown" in page
    assert 'name="code"' in page
    assert 'value="ABCD-EFGH-ABCD-EFGH-ABCD"' in page


@pytest.mark.parametrize("step", ["withdraw", "review"])
def test_a_wrong_code_does_nothing(client: Client, step: str) -> None:
    assert client.post(f"/track/0000-0000/{step}/", {"text": GROUNDS}).status_code == 404


def test_a_code_is_read_leniently(client: Client, stage: Stage) -> None:
    code = stage.report().code
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    answer = client.post("/track/", {"code": f" {typed} "})

    assert answer.status_code == 302
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_page_of_a_code_is_kept_by_nobody(client: Client, stage: Stage) -> None:
    answer = client.get(f"/track/{stage.report().code}/")

    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_each_code_leads_to_its_own_side(client: Client, stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    code = respondents_code(stage, receipt)

    assert client.get(f"/track/{code}/").headers["Location"] == f"/appeal/{code}/"
    there = client.get(f"/appeal/{receipt.code}/").headers["Location"]
    assert there == f"/track/{receipt.code}/"


def test_the_other_side_reads_no_word_of_the_reporter(client: Client, stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(
        ana, contact="zhang.san@example.org", statement="我是张三丰，他这样骂我，请处理。"
    )
    stage.app.investigating.request_answer(receipt.case, "请说明您为什么这样说。", ana)
    code = respondents_code(stage, receipt)
    pages = text(client, f"/answer/{code}/") + text(client, f"/appeal/{code}/")
    stage.app.investigating.answer(receipt.case, GROUNDS, stage.account("li_si"))
    stage.app.deciding.decide(receipt.case, violation(), ana)
    pages += text(client, f"/appeal/{code}/") + text(client, f"/appeal/{code}/write/")

    for secret in ("zhang.san", "张三丰", "请处理", receipt.code, receipt.leaf):
        assert secret not in pages


def test_the_three_questions_from_report_to_a_second_look(client: Client, stage: Stage) -> None:
    ana, _bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    receipt = stage.report()
    page = f"/track/{receipt.code}/"
    assert "We have your report." in text(client, page)
    stage.app.investigating.accept(receipt.case, REASONS, ana)
    assert "We took up your report" in text(client, page)
    stage.app.deciding.decide(receipt.case, no_violation(), ana)
    decided = text(client, page)
    assert "We found that no rule was broken." in decided
    assert "You can ask for a review" in decided
    answer = client.post(f"{page}review/", {"text": GROUNDS})
    assert answer.headers["Location"] == page
    reviewed = text(client, page)
    assert GROUNDS in reviewed
    assert "Somebody who took no part" in reviewed
    assert f"{page}review/" not in reviewed


def test_pressing_twice_says_what_was_done_already(client: Client, stage: Stage) -> None:
    ana, _bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    receipt = stage.accepted(ana)
    stage.app.deciding.decide(receipt.case, violation(), ana)
    code = respondents_code(stage, receipt)
    for _ in range(2):
        answer = client.post(f"/appeal/{code}/write/at-once/", {"text": GROUNDS})
        assert answer.headers["Location"] == f"/appeal/{code}/"
    assert len(stage.app.files.by_code(code)[0].appeals) == 1


def test_a_late_appeal_finds_no_form_but_the_ways_outside(client: Client, stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    stage.app.deciding.decide(receipt.case, violation(), ana)
    code = respondents_code(stage, receipt)
    stage.clock.pass_(days=200)

    assert client.get(f"/appeal/{code}/write/").headers["Location"] == f"/appeal/{code}/"
    page = text(client, f"/appeal/{code}/")
    assert f"/appeal/{code}/write/" not in page
    assert "12315" in page


@pytest.mark.parametrize(("language", "title"), [("zh-hans", "理由说明"), ("en", "reasons")])
def test_the_letter_follows_the_reader(
    client: Client, stage: Stage, language: str, title: str
) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    stage.app.deciding.decide(receipt.case, violation(), ana)
    page = text(client, f"/appeal/{respondents_code(stage, receipt)}/", language)

    letter = page.partition('<article class="letter')[2].partition("</article>")[0]
    assert title in letter
    assert 'class="letter-decision"' in letter


def test_after_the_first_level_the_second_stands_open(client: Client, stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    stage.hire("cy", Role.SENIOR_REVIEWER)
    receipt = stage.accepted(ana)
    decision = stage.app.deciding.decide(receipt.case, violation(), ana)
    code = respondents_code(stage, receipt)
    appeal = stage.appealed(decision)
    stage.app.reviewing.uphold(appeal, REASONS, stage.reviewer_of(appeal, ana, bo))

    page = text(client, f"/appeal/{code}/")
    assert "it stands" in page
    assert REASONS in page
    assert "You can appeal" in page
    answer = client.post(f"/appeal/{code}/write/at-once/", {"text": GROUNDS})
    assert answer.headers["Location"] == f"/appeal/{code}/"
    assert [a.level for a in stage.app.files.by_code(code)[0].appeals] == [1, 2]


def test_an_overturned_decision_is_marked_as_void(client: Client, stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    receipt = stage.accepted(ana)
    decision = stage.app.deciding.decide(receipt.case, violation(), ana)
    appeal = stage.appealed(decision)
    stage.app.reviewing.overturn(appeal, REASONS, stage.reviewer_of(appeal, ana, bo))

    page = text(client, f"/appeal/{respondents_code(stage, receipt)}/")
    assert "no longer stands" in page
    assert "letter-void" in page
    assert "No time limit is running." in page
    assert "overturned on appeal" in text(client, f"/track/{receipt.code}/")


def test_a_case_without_a_violation_holds_nothing_against_anybody(
    client: Client, stage: Stage
) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    stage.app.investigating.request_answer(receipt.case, "请说明您为什么这样说。", ana)
    code = respondents_code(stage, receipt)
    stage.app.investigating.answer(receipt.case, GROUNDS, stage.account("li_si"))
    stage.app.deciding.decide(receipt.case, no_violation(), ana)

    page = text(client, f"/appeal/{code}/")
    assert "Nothing is held against you." in page
    assert "letter" not in page.partition("<main")[2].partition('id="timeline-title"')[0]


def test_ten_wrong_codes_lock_a_browser_and_it_is_told_how_to_go_on(
    client: Client, stage: Stage
) -> None:
    found = [client.get(f"/track/AAAA-{number:04}/").status_code for number in range(10)]
    assert found == [404] * 9 + [429]
    receipt = stage.report()
    page = client.get(f"/track/{receipt.code}/", headers={"accept-language": "en"})
    assert page.status_code == 429
    said = page.content.decode()
    assert "code.locked" in said
    assert "How you can go on now" in said
    assert "your cases lie there" in said
    assert Client().get(f"/track/{receipt.code}/").status_code == 200, "others are not locked"


def test_a_network_that_takes_a_new_browser_for_each_code_is_slowed_down() -> None:
    found = [Client().get(f"/track/AAAA-{number:04}/").status_code for number in range(25)]
    assert found[:3] == [404, 404, 404]
    assert found[-1] == 429
