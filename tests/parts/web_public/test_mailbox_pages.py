"""The reporter's mailbox: by the code of a receipt or signed in, and nobody else's."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres

from gongdao.bootstrap import WRONG_CODES_PER_MINUTE
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.events import Role

pytestmark = pytest.mark.django_db

QUESTION = "请问这条评论是哪一天发的？"
REPLY = "是十一月二日晚上九点左右。"


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Give a house whose clock the test moves, and let the pages show that one."""
    found = stage_on_postgres()
    show_on_pages(found, monkeypatch)
    return found


def text(client: Client, path: str) -> str:
    answer = client.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def holder(stage: Stage, receipt: Receipt) -> Caller:
    return stage.app.files.by_code(receipt.code)[1]


def test_a_question_is_read_and_answered_with_the_code(client: Client, stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    case, box = f"/track/{receipt.code}/", f"/track/{receipt.code}/messages/"
    assert "Nobody has written here yet." in text(client, box)
    stage.app.mailing.write(receipt.case, QUESTION, ana)

    assert "1 new message waits for you." in text(client, case)
    shown = text(client, box)
    assert QUESTION in shown
    assert "is-new" in shown
    assert "ana" not in shown.replace("manage", "")
    assert "waits for you" not in text(client, case)
    assert "is-new" not in text(client, box)

    assert client.post(box, {"text": REPLY}).headers["Location"] == box
    (seen,) = stage.app.mailing.open(receipt.case, ana)
    assert [m.text for m in seen.messages] == [QUESTION, REPLY]
    assert "Read on" in text(client, box)


def test_signed_in_there_is_the_same_mailbox(client: Client, stage: Stage) -> None:
    zhang = stage.account("zhang_san")
    receipt = stage.report(zhang)
    account = get_user_model().objects.create_user("z@example.org", name="z", party_id=zhang.person)
    client.force_login(account)
    box = f"/mine/{receipt.case}/messages/"
    assert f'href="{box}"' in text(client, f"/mine/{receipt.case}/")
    assert client.post(box, {"text": REPLY}).headers["Location"] == box
    assert REPLY in text(client, box)
    assert REPLY in text(client, f"/track/{receipt.code}/messages/")


def test_nobody_else_finds_it(client: Client, stage: Stage) -> None:
    receipt, other = stage.report(), stage.report(stage.account("wang_wu"))
    respondent = stage.case(receipt.case).respondent
    assert respondent is not None
    code = stage.records.codes.issue(receipt.case, respondent)
    by_id = f"/mine/{receipt.case}/messages/"
    assert client.get(by_id).headers["Location"].startswith("/accounts/login/")
    for wrong in (code, "0000-0000"):
        for answer in (client.get, lambda path: client.post(path, {"text": REPLY})):
            assert answer(f"/track/{wrong}/messages/").status_code == 404
    for number, person in enumerate((respondent, stage.account("wang_wu").person)):
        account = get_user_model().objects.create_user(
            f"n{number}@example.org", name="n", party_id=person
        )
        client.force_login(account)
        assert client.get(by_id).status_code == 404
        assert client.post(by_id, {"text": REPLY}).status_code == 404
    assert stage.app.mailing.open(receipt.case, holder(stage, receipt))[0].messages == ()
    assert other.case != receipt.case


def test_what_cannot_be_sent_stays_in_the_form(client: Client, stage: Stage) -> None:
    receipt = stage.report()
    box = f"/track/{receipt.code}/messages/"
    most = stage.records.contact(stage.case(receipt.case).pack).mailbox.text_max
    for said, code in (("  ", "mail.empty"), ("长" * (most + 1), "mail.too_long")):
        answer = client.post(box, {"text": said})
        assert answer.status_code == 400
        assert code in answer.content.decode()
    assert "长" * most in answer.content.decode()


def test_a_flood_of_messages_ends_at_the_limit_of_the_pack(client: Client, stage: Stage) -> None:
    receipt = stage.report()
    box = f"/track/{receipt.code}/messages/"
    most = stage.records.contact(stage.case(receipt.case).pack).mailbox.reporter_per_day
    answers = [client.post(box, {"text": f"{REPLY} {n}"}) for n in range(most + 1)]
    assert [each.status_code for each in answers] == [302] * most + [400]
    assert "mail.too_many" in answers[-1].content.decode()
    full = text(client, box)
    assert "<textarea" not in full
    assert len(re.findall("thread-item", full)) == most
    stage.clock.pass_(hours=24)
    assert client.post(box, {"text": REPLY}).status_code == 302


def test_guessing_codes_of_mailboxes_is_slowed_down(client: Client) -> None:
    answers = [
        client.get(f"/track/AAAA-{number:04}/messages/").status_code
        for number in range(WRONG_CODES_PER_MINUTE + 3)
    ]
    assert answers[:3] == [404, 404, 404]
    assert answers[-1] == 429


def test_the_page_is_kept_by_no_cache_and_no_form_can_be_forged(stage: Stage) -> None:
    receipt = stage.report()
    box = f"/track/{receipt.code}/messages/"
    strict = Client(enforce_csrf_checks=True)
    answer = strict.get(box)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert strict.post(box, {"text": REPLY}).status_code == 403
