"""The desk is for staff: strangers find nothing, an auditor only reads, no form can be forged."""

import re

import pytest
from django.test import Client
from tests.parts.web_desk.at_the_desk import VIOLATION, WHY, page, staff, take
from tests.parts.web_desk.conftest import SignIn
from tests.stories.stage import Stage

from gongdao.domain.kernel.events import Role
from gongdao.storage.models import Account, CaseRow

TABS = re.compile(r'<nav class="tabs.*?</nav>', re.DOTALL)


def everything(case: str) -> list[str]:
    return ["/desk/", "/desk/undelivered/", f"/desk/{case}/", f"/desk/{case}/clause/"]


def test_nobody_without_a_sign_in(stage: Stage, client: Client) -> None:
    case = stage.report().case
    for path in everything(case):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")
    assert client.post(f"/desk/{case}/accept/").status_code == 302
    assert CaseRow.objects.get(id=case).stage == "received"


@pytest.mark.parametrize("roles", [[], ["policy_keeper"]])
def test_a_stranger_finds_nothing(stage: Stage, client: Client, roles: list[str]) -> None:
    case = stage.report().case
    party = stage.records.parties.newcomer(None, "en")
    account = Account.objects.create_user("x@example.org", name="x", roles=roles, party_id=party)
    client.force_login(account)
    for path in everything(case):
        assert client.get(path).status_code == 404, path
    assert client.post(f"/desk/{case}/accept/", {"reasons": WHY}).status_code == 404
    assert CaseRow.objects.get(id=case).stage == "received"


@pytest.mark.parametrize(
    ("who", "least"),
    [
        ("ana", {"/desk/standing/", "/desk/training/", "/desk/phone/"}),
        ("ou", {"/desk/training/", "/desk/looks/", "/desk/forecast/"}),
        ("op", {"/desk/standing/", "/desk/training/", "/desk/forecast/"}),
    ],
)
def test_every_tab_that_is_shown_leads_somewhere_and_stands_on_its_page(
    sign_in: SignIn, who: str, least: set[str]
) -> None:
    desk = sign_in(who)
    tabs = re.findall(r'<a href="(/desk/[a-z-]+/[a-z-/]*)"', TABS.findall(page(desk, "/desk/"))[0])
    assert least <= set(tabs)
    for tab in tabs:
        assert f'<a href="{tab}" aria-current="page"' in TABS.findall(page(desk, tab))[0], tab


@pytest.mark.parametrize("who", ["ou", "op"])
def test_an_auditor_and_an_operator_read_and_change_nothing(
    stage: Stage, sign_in: SignIn, who: str
) -> None:
    case, desk = stage.accepted(staff("ana")).case, sign_in(who)
    for path in everything(case):
        assert client_ok(desk, path)
    shown = page(desk, f"/desk/{case}/")
    assert "data-step" not in shown
    assert {"ou": "You read everything here", "op": "Reviewers handle cases."}[who] in shown
    for step, said in (("note", {"reasons": WHY}), ("decide", {**VIOLATION, "sure": "yes"})):
        take(desk, case, step, 404, **said)
    assert CaseRow.objects.get(id=case).version == 2


def client_ok(client: Client, path: str) -> bool:
    return client.get(path).status_code == 200


def test_nobody_handles_their_own_case(stage: Stage, ana: Client) -> None:
    mine = stage.report(staff("ana")).case
    assert ana.get(f"/desk/{mine}/").status_code == 404
    take(ana, mine, "accept", 404, reasons=WHY)


def test_a_forged_form_is_refused(stage: Stage) -> None:
    case = stage.report().case
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(Account.objects.get(name="ana"))
    assert desk.post(f"/desk/{case}/accept/", {"reasons": WHY}).status_code == 403
    assert CaseRow.objects.get(id=case).stage == "received"


@pytest.mark.parametrize("path", ["accept/", "no-such-step/"])
def test_a_step_is_never_a_link(stage: Stage, ana: Client, path: str) -> None:
    case = stage.report().case
    assert ana.get(f"/desk/{case}/{path}").status_code == 405
    assert ana.post(f"/desk/{case}/no-such-step/").status_code == 404


def test_no_such_case(ana: Client) -> None:
    for name in ("x", "00000000-0000-7000-8000-000000000000"):
        assert ana.get(f"/desk/{name}/").status_code == 404


def test_pages_of_the_desk_are_kept_by_no_cache(stage: Stage, ana: Client) -> None:
    case = stage.report().case
    for path in everything(case):
        answer = ana.get(path)
        assert "no-store" in answer.headers["Cache-Control"], path
        assert "noindex" in answer.headers["X-Robots-Tag"], path


def test_staff_see_the_way_to_the_desk_and_others_do_not(
    stage: Stage, sign_in: SignIn, client: Client
) -> None:
    assert 'href="/desk/"' in page(sign_in("ou"), "/")
    stage.hire("kim", Role.POLICY_KEEPER)
    assert 'href="/desk/"' not in page(sign_in("kim"), "/")
    assert 'href="/desk/"' not in page(client, "/")
