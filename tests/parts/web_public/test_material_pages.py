"""What an appeal needs, on the respondent's pages: told at once, in both languages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.stories.files_of import PNG
from tests.stories.http_teller import HttpTeller

pytestmark = pytest.mark.django_db


def decided() -> tuple[Client, str]:
    """Somebody who was decided against, and the address of their evidence."""
    teller = HttpTeller()
    for turn in (teller.report, teller.accept, teller.decide):
        turn()
    code = teller.respondent.client.defaults["HTTP_X_CASE_CODE"]
    return Client(), f"/appeal/{code}/evidence/"


def test_a_file_of_the_wrong_kind_is_told_with_the_way_to_mend_it() -> None:
    client, page = decided()
    shown = client.get(page, headers={"Accept-Language": "en"}).content.decode()
    assert "What an appeal needs" in shown
    assert "Account of use" in shown
    assert "the whole gains 57 of 100" in shown

    sent = {"material": "account_of_use", "file": SimpleUploadedFile("a.png", PNG, "image/png")}
    answer = client.post(page, sent)
    assert answer["Location"].endswith("#material-account_of_use")
    zh = client.get(page, headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "有1个文件不是这项要的格式。" in zh
    assert "这项收：PDF、DOCX、TXT。" in zh
    en = client.get(page, headers={"Accept-Language": "en"}).content.decode()
    assert "Files in a format that is not taken here: 1." in en


def test_what_is_not_asked_for_is_refused_before_its_file_is_kept() -> None:
    client, page = decided()
    sent = {"material": "licence", "file": SimpleUploadedFile("a.png", PNG, "image/png")}
    answer = client.post(page, sent)
    assert answer.status_code == 400
    assert "material.unknown" in answer.content.decode()

    client.post(page, {"material": "holder", "do": "holder", "holder": "firm"})
    shown = client.get(page, headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "营业执照" in shown
    assert "18位" not in shown


def test_the_guided_appeal_shows_the_same_list() -> None:
    client, page = decided()
    screen = page.replace("evidence/", "write/materials/")
    answer = client.post(
        screen, {"material": "pledge", "file": SimpleUploadedFile("a.png", PNG, "image/png")}
    )
    assert answer["Location"].endswith("/write/materials/#material-pledge")
    shown = client.get(screen, headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "正在识别，最多一分钟" in shown
