"""Texts, chats and recordings are read; a person decides what a copy of a text hides."""

from dataclasses import dataclass, field

import pytest
from tests.fakes.looks import ReaderInHere
from tests.parts.evidence import documents
from tests.stories.files_of import PNG, brought
from tests.stories.stage import Stage, refused

from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.evidence.findings import About, Found, Look
from gongdao.domain.evidence.hidden_text import TextChoice
from gongdao.domain.flows.hiding_text import chat_in
from gongdao.domain.flows.reading_files import ReadFileAt
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, Digest, ExhibitId
from gongdao.storage import codec

CHAT = "阿杰 2026-11-03 21:03\n加我 13800138000\n老陈 2026-11-03 21:05\n好，zhang_san 说的\n"
OTHER = "阿杰 2026-11-04 08:00\n打 139 0013 9000 或 138-0013-8000\n老陈 2026-11-04 08:01\n嗯\n"


@dataclass
class Texts:
    """A house whose exhibits are read."""

    stage: Stage
    case: CaseId
    reviewer: Caller
    reader: ReaderInHere = field(default_factory=ReaderInHere)

    def bring(self, content: bytes, name: str = "聊天.txt") -> ExhibitId:
        exhibit = brought(self.stage, self.case, self.stage.account("zhang_san"), content, name)
        self.look(exhibit)
        return exhibit

    def look(self, exhibit: ExhibitId) -> None:
        ReadFileAt(self.stage.records, self.reader)({"exhibit": exhibit}, last=False)

    def seen(self, exhibit: ExhibitId) -> Look:
        look = self.stage.app.looking.open(exhibit, self.reviewer).look
        assert look is not None
        return look

    def personal(self, exhibit: ExhibitId) -> dict[str, int]:
        found = enumerate(self.seen(exhibit).found)
        return {each.written: n for n, each in found if each.about is About.PERSONAL}

    def hide(self, exhibit: ExhibitId, *values: str, **more: tuple[str, ...]) -> Digest:
        personal = self.personal(exhibit)
        choice = TextChoice(tuple(personal[each] for each in values), **more)  # type: ignore[arg-type]
        return self.stage.app.looking.texts.hide(exhibit, choice, self.reviewer)

    def file(self, digest: Digest) -> str:
        return b"".join(self.stage.records.files.read(digest)).decode()


@pytest.fixture
def texts(stage: Stage) -> Texts:
    reviewer = stage.hire("ana", Role.REVIEWER)
    case = stage.accepted(reviewer, stage.account("zhang_san")).case
    return Texts(stage, case, reviewer)


def about(look: Look, kind: About) -> list[Found]:
    return [each for each in look.found if each.about is kind]


def test_a_chat_is_read_into_messages_and_nothing_of_it_stands_in_an_event(texts: Texts) -> None:
    exhibit = texts.bring(CHAT.encode())
    view = texts.stage.app.looking.open(exhibit, texts.reviewer)
    assert (view.program, view.missed) == ("here 1", "")
    [chat] = about(texts.seen(exhibit), About.CHAT)
    assert (chat.says, chat.written) == ("chat", "2")
    said = chat_in(texts.stage.app.looking.text_of(exhibit, texts.reviewer))
    assert said is not None
    assert next((m.speaker, m.text) for m in said.messages) == ("阿杰", "加我 13800138000")
    held = texts.stage.records.looks.of_exhibit(exhibit)
    assert held is not None
    texts.hide(exhibit, "13800138000", passages=("老陈",))
    history = texts.stage.records.looks.history(held.now.id)
    bodies = "".join(codec.encode(each.event) for each in history)
    assert "look.text_hidden" in [each.event.kind for each in history]
    assert all(word not in bodies for word in ("13800138000", "阿杰", "老陈"))
    texts.look(exhibit)
    assert texts.reader.asked == 1, "the same program does not read it twice"


def test_a_copy_has_placeholders_that_stay_the_same_within_the_case(texts: Texts) -> None:
    first, second = texts.bring(CHAT.encode()), texts.bring(OTHER.encode(), "又一段.txt")
    one = texts.hide(first, "13800138000", "zhang_san")
    two = texts.hide(second, "138-0013-8000", "139 0013 9000")
    assert texts.file(one) == (
        "阿杰 2026-11-03 21:03\n加我 [电话1]\n老陈 2026-11-03 21:05\n好，[姓名1] 说的\n"
    )
    assert "打 [电话2] 或 [电话1]" in texts.file(two)
    file = texts.stage.app.exhibiting.open(first, texts.reviewer)
    [made] = [each for each in file.made if each.what is Derivative.REDACTED]
    assert (made.file.sha256, made.file.media) == (one, "text/plain")
    assert all(word not in made.recipe for word in ("138", "zhang_san"))
    assert texts.file(file.view.file.sha256 if file.view.file else one) == CHAT
    # Whoever asks, and however often: it comes of the events alone.
    again = texts.stage.with_().app.looking.texts
    ledger = again.ledger(texts.case, texts.reviewer)
    assert {value: n for (_, value), n in ledger.numbers.items()} == {
        "13800138000": 1, "zhangsan": 1, "13900139000": 2,
    }  # fmt: skip
    assert texts.hide(first, "13800138000", "zhang_san") == one
    texts.stage.app.exhibiting.release(first, one, texts.reviewer)
    respondent = texts.stage.account("li_si")
    [seen] = texts.stage.app.exhibiting.of_case(texts.case, respondent)
    assert (seen.file, seen.name, seen.view and seen.view.sha256) == (None, "", one)


def test_a_passage_of_ones_own_is_added_and_taken_out_again(texts: Texts) -> None:
    exhibit, before = texts.bring(CHAT.encode()), texts.stage.app.looking.texts.before
    assert before(exhibit, texts.reviewer).copies == 0
    with_it = texts.file(texts.hide(exhibit, passages=("加我", "老陈")))
    assert "[隐去1] 13800138000" in with_it
    last = before(exhibit, texts.reviewer)
    assert (last.copies, last.passages, last.same_look) == (1, ("加我", "老陈"), True)
    assert last.dropped == frozenset(texts.personal(exhibit).values())
    without = texts.file(texts.hide(exhibit, "13800138000", passages=("老陈",)))
    assert "加我 [电话1]" in without
    assert "老陈" not in without
    assert "[隐去2] 2026-11-03 21:05" in without, "it keeps its number"
    held = texts.stage.records.looks.of_exhibit(exhibit)
    assert held is not None
    assert len(held.now.text_hidings) == 2


def test_documents_and_recordings_say_what_they_are_and_where_things_stand(texts: Texts) -> None:
    look = texts.seen(texts.bring(documents.pdf(["Tel 13800138000", "page two"]), "合同.pdf"))
    assert [(f.says, f.written) for f in about(look, About.DOCUMENT)] == [("pages", "2")]
    [phone] = about(look, About.PERSONAL)
    assert (phone.place, phone.spans[0].line) == ("page:1", 0)
    assert [line.place for line in look.lines] == ["page:1", "page:2"]
    heard = texts.seen(texts.bring(documents.AMR, "录音.amr"))
    assert [(f.says, f.written) for f in about(heard, About.SOUND)] == [
        ("length", "0:05"), ("no_waveform", "AMR"),
    ]  # fmt: skip
    wave = texts.seen(texts.bring(documents.wav(), "录音.wav")).sound
    assert wave is not None
    assert wave.peaks


def test_what_cannot_be_read_says_why_and_hides_nothing(texts: Texts) -> None:
    looking = texts.stage.app.looking
    broken = texts.bring(b"%PDF-1.4\nnothing", "坏.pdf")
    assert looking.open(broken, texts.reviewer).missed == "reading.broken"
    film = texts.bring(b"\x00\x00\x00\x20ftypisom\x00" + bytes(30), "录像.mp4")
    assert looking.open(film, texts.reviewer).missed == "reading.film"
    with refused("look.not_yet"):
        looking.texts.hide(broken, TextChoice(), texts.reviewer)
    sound = texts.bring(documents.wav(0.1), "a.wav")
    with refused("look.no_text"):
        looking.texts.hide(sound, TextChoice(), texts.reviewer)
    picture = texts.bring(PNG, "a.png")
    assert texts.stage.records.looks.of_exhibit(picture) is None, "another reads pictures"


def test_only_staff_hide_and_whoever_does_takes_part(texts: Texts) -> None:
    exhibit, hiding = texts.bring(CHAT.encode()), texts.stage.app.looking.texts
    for stranger in (texts.stage.account("zhang_san"), texts.stage.account("somebody")):
        with refused("not_found", NotFound):
            hiding.hide(exhibit, TextChoice(), stranger)
        with refused("not_found", NotFound):
            hiding.before(exhibit, stranger)
        with refused("not_found", NotFound):
            hiding.ledger(texts.case, stranger)
    other = texts.stage.hire("ben", Role.REVIEWER)
    hiding.hide(exhibit, TextChoice(), other)
    assert other.person in texts.stage.case(texts.case).took_part
