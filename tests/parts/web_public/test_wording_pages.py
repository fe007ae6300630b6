"""A draft is looked at before it is sent: marks, the text kept, nothing stored, nothing blocked."""

import pytest
from django.test import Client
from tests.parts.web_public.test_code_pages import respondents_code
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres, violation

from gongdao.domain.kernel.events import Role

pytestmark = pytest.mark.django_db

DRAFT = "你们根本不懂规则！<b>\r\n我的授权书见证据3，昨天下午我发了链接。"


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    found = stage_on_postgres()
    show_on_pages(found, monkeypatch)
    return found


def decided(stage: Stage) -> str:
    """Where the appeal against a decision is written."""
    ana = stage.hire("ana", Role.REVIEWER)
    stage.hire("bo", Role.REVIEWER)
    receipt = stage.accepted(ana)
    stage.app.deciding.decide(receipt.case, violation(), ana)
    return f"/appeal/{respondents_code(stage, receipt)}/write/at-once/"


def posted(client: Client, url: str, language: str = "en", **fields: str) -> str:
    answer = client.post(url, fields, headers={"accept-language": language})
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_draft_comes_back_with_marks_and_all_of_its_words(client: Client, stage: Stage) -> None:
    url = decided(stage)
    page = posted(client, url, text=DRAFT, look="yes")
    assert "3 passages that could hurt your case" in page
    assert '<mark class="grave">你们根本不懂</mark>' in page
    assert '<mark class="grave">证据3</mark>' in page
    assert "<mark>昨天下午</mark>" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "This belittles the reader" in page
    assert "你们根本不懂规则！&lt;b&gt;\n我的授权书见证据3，昨天下午我发了链接。</textarea>" in page
    assert "field-wrong" not in page


def test_it_speaks_the_readers_language(client: Client, stage: Stage) -> None:
    page = posted(client, decided(stage), "zh-hans", text="Shut up.", look="yes")
    assert "这是侮辱或粗话" in page
    assert "可以照原样发送" in page


def test_a_marked_draft_can_be_sent_as_it_is(client: Client, stage: Stage) -> None:
    url = decided(stage)
    posted(client, url, text=DRAFT, look="yes")
    assert client.post(url, {"text": DRAFT}).status_code == 302
    case = client.get(url.replace("write/at-once/", "")).content.decode()
    assert "你们根本不懂规则" in case


def test_a_calm_draft_and_one_that_cannot_be_read_are_said_so(client: Client, stage: Stage) -> None:
    url = decided(stage)
    assert "Nothing to point out" in posted(client, url, text="请再看一次证据。", look="yes")
    long = posted(client, url, text="字" * 10_001, look="yes")
    assert "were not looked at" in long
    assert "字" * 10_001 in long
    empty = posted(client, url, text="  ", look="yes")
    assert "There is nothing to look at" in empty


def test_an_answer_has_the_button_and_a_withdrawal_has_none(client: Client, stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    stage.app.investigating.request_answer(receipt.case, "请说明这件事的经过，谢谢。", ana)
    answer = client.get(f"/answer/{respondents_code(stage, receipt)}/").content.decode()
    withdraw = client.get(f"/track/{receipt.code}/withdraw/").content.decode()
    assert 'name="look"' in answer
    assert 'name="look"' not in withdraw


def test_an_appeal_can_begin_with_a_template_of_its_clause(client: Client, stage: Stage) -> None:
    url = decided(stage)
    empty = client.get(url, headers={"accept-language": "zh-hans"}).content.decode()
    assert empty.count("?template=") == 5
    assert "［" not in empty
    filled = client.get(f"{url}?template=mended", headers={"accept-language": "zh-hans"})
    assert "我用［设备型号］在［位置或链接］发布了这条发言" in filled.content.decode()
    english = client.get(f"{url}?template=mended", headers={"accept-language": "en"})
    assert "I posted this comment at [place or link]" in english.content.decode()
    unknown = client.get(f"{url}?template=nothing").content.decode()
    assert "［" not in unknown
