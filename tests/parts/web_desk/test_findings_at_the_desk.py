"""The page on which a reviewer sees what was found, and makes a redacted copy."""

import re

import pytest
from django.test import Client
from tests.parts.web_desk.at_the_desk import page, staff
from tests.parts.web_desk.conftest import SignIn
from tests.stories.files_of import brought
from tests.stories.stage import Stage, show_on_pages
from tests.stories.test_looks import CHAT, Desk, OwnView

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
    """On the exhibit's page; the same picture stands on the page that makes a copy."""
    exhibit = desk.bring()
    of_exhibit = f"/desk/{desk.case}/evidence/{exhibit}/"
    assert "Nobody has looked at it yet." in page(ana, of_exhibit)
    desk.look(exhibit)
    shown, to_hide = page(ana, of_exhibit), page(ana, address(desk, exhibit))
    for each in (shown, to_hide):
        assert 'viewBox="0 0 216 468"' in each
        assert re.search(r'<image href="/files/[^"]+" width="216" height="468"', each)
        assert 'class="box" x="8" y="2" width="32" height="10"' in each.replace(".0", "")
        assert "style=" not in each
        for said in ("21:03", "told 1", "Telephone number", "13800138000"):
            assert said in each
    assert "Stands in the status bar." in shown
    assert "findings/" in shown
    watched = page(sign_in("ou"), address(desk, exhibit))
    assert "13800138000" in watched
    assert "Make the copy" not in watched


def test_the_times_of_the_picture_stand_beside_those_of_the_report(desk: Desk, ana: Client) -> None:
    case = desk.stage.accepted(
        desk.reviewer, desk.stage.account("zhang_san"), statement="2月20日他发了这段话。"
    ).case
    exhibit = desk.bring(case=case)
    desk.look(exhibit)
    shown = page(ana, f"/desk/{case}/evidence/{exhibit}/")
    assert "The picture shows other days than the report names." in shown
    assert "The picture shows a day after it was handed in." in shown


def test_where_two_differ_is_a_page_for_those_who_sit_in_both_cases(
    desk: Desk, ana: Client, client: Client
) -> None:
    desk.look(desk.bring())
    them = desk.stage.account("wang_wu")
    second = desk.stage.accepted(desk.reviewer, them, subject_ref="post-2").case
    again = brought(desk.stage, second, them, CHAT)
    desk.look(again)
    shown = page(ana, f"/desk/{second}/evidence/{again}/")
    [differs] = re.findall(r'href="([^"]+/differs/[^"]+)"', shown)
    compared = page(ana, differs)
    assert "No difference was found. A small one" in compared
    assert "tamper" not in compared.lower()
    page(ana, differs.replace(f"/desk/{second}/", f"/desk/{desk.case}/"), 404)
    page(ana, f"/desk/{second}/evidence/{again}/differs/{again}/", 404)
    assert client.get(differs).status_code in {302, 404}


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
