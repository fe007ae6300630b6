"""A program looks at exhibits; staff see what it found; a person decides what a copy hides."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from tests.fakes.looks import ToldReader
from tests.fakes.people import MemoryOutbox
from tests.stories.files_of import PDF, brought
from tests.stories.stage import Stage, refused

from gongdao.adapters.picture_files.opening import opened
from gongdao.adapters.picture_files.tools import PillowTools
from gongdao.domain.access.model import Caller
from gongdao.domain.evidence import media
from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.evidence.findings import About, Found
from gongdao.domain.evidence.reading import Box, ReadLine, ReadPicture
from gongdao.domain.evidence.uploads import Drawn, Examined
from gongdao.domain.flows.asking_looks import LOOK
from gongdao.domain.flows.look_views import LookView
from gongdao.domain.flows.looking import Choice, LookAt
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, ExhibitId
from gongdao.storage import codec


class OwnView:
    """An examiner that takes the picture itself for the view."""

    def look(self, path: str, size: int) -> Examined:
        del size
        content = Path(path).read_bytes()
        medium = media.sniff(content[: media.HEAD], content[: media.HEAD])
        drawn = [Drawn(Derivative.VIEW, content, "image/png", "as it is")] if medium.drawn else []
        return Examined(medium.media, medium.kind, tuple(drawn))


def picture(shade: int, words: str) -> tuple[bytes, ReadPicture]:
    """A screen of 216 × 468 with words on it, and what a reader reads."""
    image = Image.new("RGB", (216, 468), "white")
    draw = ImageDraw.Draw(image)
    for row in range(12):
        at = (shade * 37 + row * 53) % 150
        draw.rectangle([at, row * 39, at + 60, row * 39 + 20], fill=(shade * 20 % 250, 90, 30))
    out = BytesIO()
    image.save(out, "PNG")
    lines = [
        ReadLine("21:03", Box(8, 2, 40, 12), 0.99),
        ReadLine(words, Box(10, 60, 200, 74), 0.98),
    ]
    return out.getvalue(), ReadPicture(216, 468, lines)


CHAT, CHAT_READ = picture(1, "电话13800138000 2026-11-03 12:30")
OTHER, OTHER_READ = picture(7, "订单编号：2026110312345678")


@dataclass
class Desk:
    """A house whose exhibits are looked at."""

    stage: Stage
    case: CaseId
    reviewer: Caller
    reader: ToldReader = field(
        default_factory=lambda: ToldReader({CHAT: CHAT_READ, OTHER: OTHER_READ})
    )

    def bring(self, content: bytes = CHAT, case: CaseId | None = None) -> ExhibitId:
        by = self.stage.account("zhang_san")
        return brought(self.stage, case or self.case, by, content)

    def look(self, exhibit: ExhibitId) -> None:
        tools = self.stage.app.looking.tools
        LookAt(self.stage.records, self.reader, tools)({"exhibit": exhibit}, last=False)

    def seen(self, exhibit: ExhibitId) -> LookView:
        return self.stage.app.looking.open(exhibit, self.reviewer)

    def found(self, exhibit: ExhibitId, about: About) -> list[Found]:
        look = self.seen(exhibit).look
        assert look is not None
        return [each for each in look.found if each.about is about]


@pytest.fixture
def desk(stage: Stage) -> Desk:
    stage = stage.with_(examiner=OwnView())
    reviewer = stage.hire("ana", Role.REVIEWER)
    case = stage.accepted(reviewer, stage.account("zhang_san")).case
    return Desk(stage, case, reviewer)


def test_a_new_exhibit_is_looked_at_and_what_was_found_says_by_what(desk: Desk) -> None:
    exhibit = desk.bring()
    assert desk.seen(exhibit).missed == "waiting"
    desk.look(exhibit)
    view = desk.seen(exhibit)
    assert (view.program, view.missed, view.looked_at) == ("told 1", "", desk.stage.clock())
    [clock] = desk.found(exhibit, About.CLOCK)
    assert (clock.says, clock.written, clock.boxes) == ("status_bar", "21:03", (Box(8, 2, 40, 12),))
    [whole] = desk.found(exhibit, About.WHOLE)
    assert whole.says == "whole"
    [phone] = desk.found(exhibit, About.PERSONAL)
    assert (phone.says, phone.written) == ("phone.numbering_plan", "13800138000")
    assert [f.written for f in desk.found(exhibit, About.MOMENT)][-1] == "2026-11-03 12:30"


def test_all_of_its_text_is_there_for_staff_alone(desk: Desk) -> None:
    exhibit, text_of = desk.bring(), desk.stage.app.looking.text_of
    assert text_of(exhibit, desk.reviewer) is None
    desk.look(exhibit)
    assert text_of(exhibit, desk.reviewer) == "21:03\n电话13800138000 2026-11-03 12:30"
    with refused("not_found", NotFound):
        text_of(exhibit, desk.stage.account("zhang_san"))


def test_nothing_that_was_read_stands_in_an_event(desk: Desk) -> None:
    exhibit = desk.bring()
    desk.look(exhibit)
    held = desk.stage.records.looks.of_exhibit(exhibit)
    assert held is not None
    history = desk.stage.records.looks.history(held.now.id)
    bodies = "".join(codec.encode(each.event) for each in history)
    assert all(word not in bodies for word in ("13800138000", "21:03", "电话"))


def test_a_look_that_failed_says_why_and_can_be_asked_for_again(desk: Desk) -> None:
    exhibit = desk.bring()
    desk.reader.missing = "reading.not_installed"
    desk.look(exhibit)
    assert (desk.seen(exhibit).look, desk.seen(exhibit).missed) == (None, "reading.not_installed")
    desk.stage.app.looking.again(exhibit, desk.reviewer)
    desk.reader.missing = ""
    desk.look(exhibit)
    assert desk.seen(exhibit).missed == ""
    held = desk.stage.records.looks.of_exhibit(exhibit)
    assert held is not None
    assert [run.missed for run in held.now.runs] == ["reading.not_installed", None]


def test_the_same_program_does_not_find_the_same_twice_and_a_newer_one_overwrites_nothing(
    desk: Desk,
) -> None:
    exhibit = desk.bring()
    desk.look(exhibit)
    desk.look(exhibit)
    assert desk.reader.asked == 1
    desk.reader.name = "told 2"
    desk.look(exhibit)
    held = desk.stage.records.looks.of_exhibit(exhibit)
    assert held is not None
    assert [run.program for run in held.now.runs] == ["told 1", "told 2"]
    first = held.now.runs[0].found
    assert first is not None
    assert "13800138000" in (desk.stage.records.texts.open(first) or "")


def test_a_picture_used_in_another_case_is_pointed_out_and_another_is_not(desk: Desk) -> None:
    stage = desk.stage
    second = stage.accepted(desk.reviewer, stage.account("wang_wu"), subject_ref="post-2").case
    first, other = desk.bring(), desk.bring(OTHER)
    desk.look(first)
    desk.look(other)
    again = brought(stage, second, stage.account("wang_wu"), CHAT)
    desk.look(again)
    [alike] = desk.found(again, About.ALIKE)
    assert (alike.exhibit, alike.says, alike.confidence) == (first, "both", 1.0)
    assert stage.app.looking.compare(again, first, desk.reviewer).one.boxes == []
    assert desk.found(first, About.ALIKE) == [], "it came first"


def test_where_two_that_are_alike_differ_is_shown_in_both(desk: Desk) -> None:
    """An edited bubble, at half the size."""
    stage = desk.stage
    second = stage.accepted(desk.reviewer, stage.account("wang_wu"), subject_ref="post-2").case
    edited = opened(CHAT).resize((108, 234))
    ImageDraw.Draw(edited).rectangle([60, 170, 90, 182], fill=(10, 10, 200))
    out = BytesIO()
    edited.save(out, "PNG")
    desk.reader.reads = {CHAT: CHAT_READ, out.getvalue(): CHAT_READ}
    first, again = desk.bring(), brought(stage, second, stage.account("wang_wu"), out.getvalue())
    desk.look(first)
    desk.look(again)
    compare = stage.app.looking.compare
    found = compare(again, first, desk.reviewer)
    [there], [here] = found.other.boxes, found.one.boxes
    assert here.covers((75, 176))
    assert there.covers((150, 352)), "the same place in the larger picture"
    assert compare(first, again, desk.reviewer).one.size == (216, 468)
    unlike = desk.bring(OTHER)
    desk.look(unlike)
    them = Caller(stage.account("zhang_san").person, frozenset({Role.REVIEWER}))
    for by, other in ((desk.reviewer, unlike), (them, first), (stage.account("wang_wu"), first)):
        with refused("not_found", NotFound):
            compare(again, other, by)


def test_a_party_of_the_other_case_is_not_pointed_there(desk: Desk) -> None:
    stage = desk.stage
    them = stage.account("li_si")
    second = stage.accepted(desk.reviewer, stage.account("zhang_san"), account="wang_wu").case
    desk.look(desk.bring())
    again = desk.bring(case=second)
    desk.look(again)
    assert desk.found(again, About.ALIKE)
    desk.reviewer = Caller(them.person, frozenset({Role.REVIEWER}))
    assert desk.found(again, About.ALIKE) == []
    assert desk.found(again, About.PERSONAL)


def test_a_redacted_copy_hides_what_a_person_accepted_and_leaves_the_original(desk: Desk) -> None:
    exhibit = desk.bring()
    desk.look(exhibit)
    look = desk.seen(exhibit).look
    assert look is not None
    number = next(n for n, f in enumerate(look.found) if f.about is About.PERSONAL)
    passage = Box(10, 200, 120, 260)
    choice = Choice((number,), (Box(0, 400, 50, 440),), (passage,))
    digest = desk.stage.app.looking.hide(exhibit, choice, desk.reviewer)
    copy = opened(b"".join(desk.stage.records.files.read(digest)))
    [hidden] = look.found[number].boxes
    middle = (round(hidden.middle[0]), round(hidden.middle[1]))
    assert copy.getpixel(middle) == copy.getpixel((25, 420)) == (0, 0, 0)
    seen = desk.seen(exhibit)
    assert (seen.hidings, seen.accepted) == (1, frozenset((number,)))
    assert seen.file.view.file is not None
    assert b"".join(desk.stage.records.files.read(seen.file.view.file.sha256)) == CHAT
    desk.stage.app.exhibiting.release(exhibit, digest, desk.reviewer)


def test_whoever_hides_something_takes_part_in_the_case(desk: Desk) -> None:
    exhibit, other = desk.bring(), desk.stage.hire("ben", Role.REVIEWER)
    desk.look(exhibit)
    desk.stage.app.looking.hide(exhibit, Choice(added=(Box(0, 400, 50, 440),)), other)
    assert other.person in desk.stage.case(desk.case).took_part


def test_a_name_is_proposed_without_saying_whose_it_is(desk: Desk) -> None:
    content, read = picture(3, "zhang_san 说到时候再看 姓名：王小明")
    desk.reader.reads = {content: read}
    exhibit = desk.bring(content)
    desk.look(exhibit)
    theirs = desk.stage.app.looking.seen(exhibit, desk.stage.account("zhang_san")).look
    assert theirs is not None
    assert not [each for each in theirs.found if each.says.startswith("name.")], "told to no party"
    names = [each for each in desk.found(exhibit, About.PERSONAL) if each.says.startswith("name.")]
    assert {"zhang_san", "王小明"} <= {each.written for each in names}
    assert {(each.says, each.confidence) for each in names} == {("name.form", 0.6)}


def test_what_is_not_in_the_picture_cannot_be_hidden(desk: Desk) -> None:
    exhibit, hide = desk.bring(), desk.stage.app.looking.hide
    with refused("look.unknown_box"):
        hide(exhibit, Choice(accepted=(0,)), desk.reviewer)  # nobody has looked yet
    desk.look(exhibit)
    with refused("look.unknown_box"):
        hide(exhibit, Choice(accepted=(0,)), desk.reviewer)  # the clock is no personal data
    with refused("look.unknown_box"):
        hide(exhibit, Choice(added=(Box(5, 5, 4, 9),)), desk.reviewer)


def test_a_person_hides_an_area_where_nothing_could_be_read(desk: Desk) -> None:
    exhibit, looking = desk.bring(), desk.stage.app.looking
    assert desk.seen(exhibit).canvas == (216, 468)
    first = looking.hide(exhibit, Choice(added=(Box(0, 0, 216, 234),)), desk.reviewer)
    desk.reader.missing = "reading.not_installed"
    desk.look(exhibit)
    second = looking.hide(exhibit, Choice(added=(Box(0, 234, 216, 468),)), desk.reviewer)
    for digest, black in ((first, (100, 100)), (second, (100, 400))):
        copy = opened(b"".join(desk.stage.records.files.read(digest)))
        assert (copy.getpixel(black), copy.size) == ((0, 0, 0), (216, 468))
    assert desk.seen(exhibit).hidings == 2
    with refused("look.unknown_box"):
        looking.hide(exhibit, Choice(added=(Box(0, 0, 217, 234),)), desk.reviewer)
    desk.reader.missing = ""
    desk.look(exhibit)
    assert desk.seen(exhibit).missed == "", "the program looks all the same"


def test_a_party_is_told_what_stands_in_its_own_file_and_nothing_of_the_rest(desk: Desk) -> None:
    stage, them = desk.stage, desk.stage.account("zhang_san")
    second = stage.accepted(desk.reviewer, stage.account("wang_wu"), subject_ref="post-2").case
    desk.look(brought(stage, second, stage.account("wang_wu"), CHAT))
    exhibit = desk.bring()
    assert stage.app.looking.seen(exhibit, them).missed == "waiting"
    desk.look(exhibit)
    staff, mine = (stage.app.looking.seen(exhibit, by).look for by in (desk.reviewer, them))
    assert staff is not None
    assert mine is not None
    assert About.ALIKE in {each.about for each in staff.found}
    assert {each.about for each in staff.found} - {each.about for each in mine.found} == {
        About.ALIKE
    }
    assert "13800138000" in {each.written for each in mine.found}
    assert mine.lines == staff.lines
    for stranger in (stage.account("li_si"), stage.account("wang_wu")):
        with refused("not_found", NotFound):
            stage.app.looking.seen(exhibit, stranger)


def test_findings_are_for_staff_alone(desk: Desk) -> None:
    exhibit = desk.bring()
    desk.look(exhibit)
    looking = desk.stage.app.looking
    for stranger in (desk.stage.account("zhang_san"), desk.stage.account("somebody")):
        with refused("not_found", NotFound):
            looking.open(exhibit, stranger)
        with refused("not_found", NotFound):
            looking.hide(exhibit, Choice(), stranger)
        with refused("not_found", NotFound):
            looking.again(exhibit, stranger)


def test_what_is_no_picture_is_left_alone(desk: Desk) -> None:
    exhibit = brought(desk.stage, desk.case, desk.stage.account("zhang_san"), PDF, "合同.pdf")
    desk.look(exhibit)
    assert desk.reader.asked == 0
    assert desk.seen(exhibit).missed == "waiting"


def test_every_new_exhibit_is_promised_a_look(fakes: Stage) -> None:
    reviewer = fakes.hire("ana", Role.REVIEWER)
    case = fakes.accepted(reviewer, fakes.account("zhang_san")).case
    exhibit = brought(fakes, case, fakes.account("zhang_san"))
    outbox = fakes.records.outbox
    assert isinstance(outbox, MemoryOutbox)
    assert list(outbox.promised(LOOK).values()) == [{"exhibit": exhibit}]
    assert PillowTools(b"k").camera_note(CHAT) is None
