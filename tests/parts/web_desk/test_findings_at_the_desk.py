"""The page on which a reviewer sees what was found, and makes a redacted copy."""

import re

import pytest
from django.test import Client
from tests.parts.web_desk.at_the_desk import page, staff
from tests.parts.web_desk.conftest import SignIn
from tests.stories.stage import Stage, show_on_pages
from tests.stories.test_looks import Desk, OwnView

from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.kernel.ids import ExhibitId


@pytest.fixture
def desk(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Desk:
    seen = stage.with_(examiner=OwnView())
    show_on_pages(seen, monkeypatch)
    ana = staff("ana")
    return Desk(seen, seen.accepted(ana, seen.account("zhang_san")).case, ana)


def address(desk: Desk, exhibit: ExhibitId) -> str:
    return f"/desk/{desk.case}/evidence/{exhibit}/findings/"


def copies(desk: Desk, exhibit: ExhibitId) -> int:
    made = desk.stage.app.exhibiting.open(exhibit, desk.reviewer).made
    return sum(each.what is Derivative.REDACTED for each in made)


def test_the_page_shows_picture_boxes_text_and_findings_side_by_side(
    desk: Desk, ana: Client, sign_in: SignIn
) -> None:
    exhibit = desk.bring()
    assert "Nobody has looked at it yet." in page(ana, address(desk, exhibit))
    desk.look(exhibit)
    shown = page(ana, address(desk, exhibit))
    assert 'viewBox="0 0 216 468"' in shown
    assert re.search(r'<image href="/files/[^"]+" width="216" height="468"', shown)
    assert 'class="box" x="8" y="2" width="32" height="10"' in shown.replace(".0", "")
    for said in ("21:03", "Stands in the status bar.", "told 1", "Telephone number", "13800138000"):
        assert said in shown
    assert "style=" not in shown
    assert "findings/" in page(ana, f"/desk/{desk.case}/evidence/{exhibit}/")
    watched = page(sign_in("ou"), address(desk, exhibit))
    assert "13800138000" in watched
    assert "Make the copy" not in watched


def test_a_copy_hides_what_was_ticked_and_what_was_drawn(desk: Desk, ana: Client) -> None:
    exhibit = desk.bring()
    desk.look(exhibit)
    look = desk.seen(exhibit).look
    assert look is not None
    number = next(n for n, f in enumerate(look.found) if f.says.startswith("phone"))
    said = {"hide": str(number), "line": "0", "frame": "1", "areas": "0 80 20 10\n90, 90, 10, 10"}
    answer = ana.post(address(desk, exhibit), said)
    assert (answer.status_code, copies(desk, exhibit)) == (302, 1)
    held = desk.stage.records.looks.of_exhibit(exhibit)
    assert held is not None
    [hiding] = held.now.hidings
    assert (hiding.accepted, len(hiding.added), len(hiding.passages)) == ((number,), 3, 1)


@pytest.mark.parametrize("areas", ["1 2 3", "0 0 0 10", "50 50 60 10", "x y z w", "-1 0 5 5"])
def test_a_wrong_area_is_said_and_nothing_is_made(desk: Desk, ana: Client, areas: str) -> None:
    exhibit = desk.bring()
    desk.look(exhibit)
    answer = ana.post(address(desk, exhibit), {"areas": areas})
    assert answer.status_code == 400
    assert "Write four numbers" in answer.content.decode()
    assert copies(desk, exhibit) == 0


def test_the_page_is_not_there_for_others_or_under_another_case(
    desk: Desk, ana: Client, client: Client
) -> None:
    exhibit = desk.bring()
    desk.look(exhibit)
    other = desk.stage.accepted(desk.reviewer).case
    page(ana, f"/desk/{other}/evidence/{exhibit}/findings/", 404)
    assert ana.post(address(desk, exhibit), {"hide": "-1"}).status_code == 404
    assert ana.post(address(desk, exhibit), {"frame": "99"}).status_code == 404
    assert client.get(address(desk, exhibit)).status_code in {302, 404}
    assert copies(desk, exhibit) == 0


def test_another_look_can_be_asked_for(desk: Desk, ana: Client) -> None:
    exhibit = desk.bring()
    assert ana.post(address(desk, exhibit), {"again": "yes"}).status_code == 302
