"""Pages on which a reviewer reads a chat, hides parts of a text, and sees how long a sound is."""

import pytest
from django.test import Client
from tests.parts.evidence import documents
from tests.parts.web_desk.at_the_desk import page, staff
from tests.parts.web_desk.conftest import SignIn
from tests.stories.stage import Stage, show_on_pages
from tests.stories.test_texts import Texts

from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.kernel.ids import ExhibitId

CHAT = "聊天记录\n阿杰 2026-11-03 21:05\n加我 13800138000 <b>急</b>\n老陈 2026-11-03 21:03\n好\n"


@pytest.fixture
def texts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Texts:
    show_on_pages(stage, monkeypatch)
    ana = staff("ana")
    return Texts(stage, stage.accepted(ana, stage.account("zhang_san")).case, ana)


def at(texts: Texts, exhibit: ExhibitId) -> str:
    return f"/desk/{texts.case}/evidence/{exhibit}/"


def copies(texts: Texts, exhibit: ExhibitId) -> list[str]:
    made = texts.stage.app.exhibiting.open(exhibit, texts.reviewer).made
    return [texts.file(m.file.sha256) for m in made if m.what is Derivative.REDACTED]


def test_a_chat_is_read_on_the_exhibits_own_page_with_what_is_in_doubt(
    texts: Texts, ana: Client, sign_in: SignIn
) -> None:
    exhibit = texts.bring(CHAT.encode())
    shown = page(ana, at(texts, exhibit))
    for said in ("The chat", "3 messages", "阿杰", "2026-11-03 21:05", "&lt;b&gt;急&lt;/b&gt;"):
        assert said in shown
    for doubt in ("Nobody is named", "earlier than the message before it", "In doubt:"):
        assert doubt in shown
    assert "style=" not in shown
    watched = page(sign_in("ou"), f"{at(texts, exhibit)}findings/")
    assert "13800138000" in watched
    assert "Make the copy" not in watched


def test_a_copy_hides_what_was_ticked_and_written_and_it_can_be_changed(
    texts: Texts, ana: Client
) -> None:
    exhibit = texts.bring(CHAT.encode())
    address = f"{at(texts, exhibit)}findings/"
    number = texts.personal(exhibit)["13800138000"]
    shown = page(ana, address)
    assert f'name="hide" value="{number}" checked' in shown
    said = {"hide": str(number), "line": "0", "passages": "老陈\r\n\r\n"}
    assert ana.post(address, said).status_code == 302
    assert copies(texts, exhibit) == [
        "[隐去1]\n阿杰 2026-11-03 21:05\n加我 [电话1] <b>急</b>\n[隐去2] 2026-11-03 21:03\n好\n"
    ]
    again = page(ana, address)
    assert ">老陈</textarea>" in again
    assert 'name="line" value="0" aria-labelledby="to-hide text-0" checked' in again
    assert ana.post(address, {}).status_code == 302
    assert copies(texts, exhibit)[-1] == CHAT
    assert f'name="hide" value="{number}" checked' not in page(ana, address)


def test_what_is_not_in_the_text_is_said_and_nothing_is_made(texts: Texts, ana: Client) -> None:
    exhibit = texts.bring(CHAT.encode())
    address = f"{at(texts, exhibit)}findings/"
    answer = ana.post(address, {"passages": "不在里面"})
    assert answer.status_code == 400
    assert "That is not in this text" in answer.content.decode()
    assert "不在里面</textarea>" in answer.content.decode()
    assert ana.post(address, {"hide": "x"}).status_code == 404
    assert ana.post(address, {"again": "yes"}).status_code == 302
    assert copies(texts, exhibit) == []


def test_a_document_is_read_by_its_places_and_a_sound_is_drawn(texts: Texts, ana: Client) -> None:
    letter = page(ana, f"{at(texts, texts.bring(documents.LETTER, '合同.docx'))}findings/")
    for said in ("Page 1", "Page 2", "Comments", "付款 ¥128.00\t2026-11-03", "were deleted and"):
        assert said in letter
    wave = page(ana, at(texts, texts.bring(documents.wav(), "录音.wav")))
    assert "0:02 long" in wave
    assert '<path d="M2 ' in wave
    plain = page(ana, at(texts, texts.bring(documents.AMR, "录音.amr")))
    assert "No waveform: sound of this kind is not decoded here." in plain
    broken = page(ana, f"{at(texts, texts.bring(b'%PDF-1.4 x', 'x.pdf'))}findings/")
    assert "the file is damaged" in broken
    assert "Make the copy" not in broken


def test_a_chat_is_pasted_and_kept_to_the_last_character(texts: Texts, ana: Client) -> None:
    address = f"/desk/{texts.case}/evidence/"
    assert "Or paste a chat" in page(ana, address)
    pasted = "  阿杰 2026-11-03 21:05\r\n在吗 😀\n\n"
    assert ana.post(address, {"chat": pasted, "captured": "unsaid"}).status_code == 302
    [exhibit] = texts.stage.app.exhibiting.of_case(texts.case, texts.reviewer)
    file = texts.stage.app.exhibiting.open(exhibit.id, texts.reviewer)
    assert (exhibit.kind, file.origin.captured) == ("text", "paste")
    assert exhibit.file is not None
    assert b"".join(texts.stage.records.files.read(exhibit.file.sha256)) == pasted.encode()
    refused = ana.post(address, {"chat": "<script>x</script>\n阿杰：在"})
    assert refused.status_code == 400
    assert "&lt;script&gt;x&lt;/script&gt;\n阿杰：在</textarea>" in refused.content.decode()
