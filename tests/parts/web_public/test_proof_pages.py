"""The pages on which somebody shows who they are, confirms a call, and gets papers."""

import re
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.storage.models import Account, Party

pytestmark = pytest.mark.django_db

EN = {"accept-language": "en"}


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Give a house whose clock the test moves, and let the pages show that one."""
    found = stage_on_postgres()
    show_on_pages(found, monkeypatch)
    return found


def browser(stage: Stage, name: str, *roles: Role) -> tuple[Client, PersonId]:
    """Somebody with a sign-in that is old enough, and their browser."""
    party = stage.records.parties.by_account(name)
    held = [role.value for role in roles]
    account = Account.objects.create_user(
        f"{name}@example.org", name=name, roles=held, party_id=party
    )
    Party.objects.filter(id=party).update(created_at=stage.clock() - timedelta(days=400))
    client = Client(headers=EN)
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, party


def decided(stage: Stage) -> tuple[CaseId, str]:
    """A decision about li_si, reported by wang_wu, and the code of li_si's letter."""
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, stage.account("wang_wu"))
    stage.app.deciding.decide(receipt.case, violation(), ana)
    respondent = stage.records.parties.by_account("li_si")
    return receipt.case, stage.records.codes.issue(receipt.case, respondent)


def test_the_reporter_is_answered_as_every_friend_and_nobody_learns_of_the_case(
    stage: Stage,
) -> None:
    case, code = decided(stage)
    mine = Client(headers=EN)
    said = []
    for name in ("wang_wu", "zhao_liu"):
        mine.post(f"/appeal/{code}/proofs/", {"do": "invite", "name": "Little Li"})
        page = mine.get(f"/appeal/{code}/proofs/").content.decode()
        link = re.findall(r"/vouch/[0-9A-Z-]{24}/", page)[0]
        assert "Sign in to confirm" in Client(headers=EN).get(link).content.decode()
        friend, _ = browser(stage, name)
        asked = friend.get(link).content.decode()
        assert "“Little Li” asks you" in asked
        assert not [word for word in (case, "li_si", "post-8") if word in asked]
        assert friend.post(link).status_code == 400
        done = friend.post(link, {"sure": "on"}, follow=True)
        said.append((done.redirect_chain, done.content.decode().replace(name, "")))
        assert friend.post(link, {"sure": "on"}).status_code == 404
    strip = [re.sub(r"csrf[^>]*", "", page) for _, page in said]
    assert said[0][0] == said[1][0]
    assert strip[0] == strip[1]
    page = mine.get(f"/appeal/{code}/proofs/").content.decode()
    assert "2 of 3 answered" in page

    desk, _ = browser(stage, "bo", Role.REVIEWER)
    shown = desk.get(f"/desk/{case}/proofs/").content.decode()
    assert "zhao_liu" in shown
    assert "has a part in the case" in shown
    assert "wang_wu" not in shown
    stranger, _ = browser(stage, "sun_ba")
    assert stranger.get(f"/desk/{case}/proofs/").status_code == 404
    assert stranger.get(f"/mine/{case}/proofs/").status_code == 404


def test_a_device_is_remembered_shown_as_a_proof_and_taken_off_the_list(stage: Stage) -> None:
    phone, _ = browser(stage, "li_si")
    phone.get("/mine/settings/", headers={"user-agent": "Mozilla (iPhone) Safari/605"})
    assert phone.cookies["gongdao_device"]["httponly"]
    stage.clock.pass_(days=40)
    case, _ = decided(stage)
    phone.post(f"/mine/{case}/proofs/", {"do": "device"})
    page = phone.get(f"/mine/{case}/proofs/").content.decode()
    assert "known before the decision" in page
    settings = phone.get("/mine/protection/").content.decode()
    assert "Safari · iPhone" in settings
    off = re.findall(r"/mine/devices/[0-9a-f-]{36}/off/", settings)[0]
    other, _ = browser(stage, "zhao_liu")
    assert other.post(off).status_code == 404
    phone.post(off)
    assert (
        "Safari · iPhone"
        not in phone.get("/mine/protection/").content.decode().partition("trail-title")[0]
    )
    tampered = Client(headers=EN)
    tampered.cookies["gongdao_device"] = "anything:else"
    assert tampered.get("/").status_code == 200


def test_a_call_goes_over_the_desk_and_is_confirmed_on_the_case_page(stage: Stage) -> None:
    case, code = decided(stage)
    desk, _ = browser(stage, "bo", Role.OPERATOR)
    assert desk.post("/desk/phone/", {"code": "7K3M-AAAA-BBBB-CCCC-DDDD"}).status_code == 404
    begun = desk.post("/desk/phone/", {"code": code.lower()})
    call = begun.headers["Location"]
    parts = {
        "facts": "昨天 20:12 我引用了别人骂我的原话。",
        "acknowledge": "",
        "change": "会加引号。",
    }
    desk.post(call, {"do": "write", **parts})
    assert desk.post(call, {"do": "read_back", "right": ["facts"]}).status_code == 409
    desk.post(call, {"do": "read_back", "right": ["facts", "acknowledge", "change"]})
    number = re.findall(r"<strong>([0-9]{6})</strong>", desk.get(call).content.decode())[0]

    mine = Client(headers=EN)
    assert "waits for your confirmation code" in mine.get(f"/appeal/{code}/").content.decode()
    name = call.rstrip("/").rpartition("/")[2]
    wrong = mine.post(f"/appeal/{code}/phoned/", {"call": name, "code": "0000000"})
    assert wrong.status_code == 409
    assert "dictation.wrong_code" in wrong.content.decode()
    done = mine.post(f"/appeal/{code}/phoned/", {"call": name, "code": number}, follow=True)
    assert "It counts from your call" in done.content.decode()
    assert len(stage.app.files.open(case, Caller(stage.case(case).respondent)).appeals) == 1
    outsider, _ = browser(stage, "sun_ba")
    assert outsider.get("/desk/phone/").status_code == 404


def test_papers_are_printed_without_the_other_side(stage: Stage) -> None:
    case, code = decided(stage)
    stage.clock.pass_(hours=2)
    mine = Client(headers=EN)
    page = mine.get(f"/appeal/{code}/papers/").content.decode()
    assert "Written statement to the cyberspace office" in page
    printed = mine.post(
        f"/appeal/{code}/papers/", {"paper": "cyberspace_statement", "language": "zh"}
    )
    assert printed["Content-Type"] == "application/pdf"
    assert b"pdfaid" in printed.content
    document = pypdfium2.PdfDocument(BytesIO(printed.content))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert case in text
    assert "网信部门" in text
    assert "li_si" in text
    assert "wang_wu" not in text
    other = mine.post(f"/appeal/{code}/papers/", {"paper": "cyberspace_report"})
    assert other.status_code == 404
    assert "not set up here" in mine.get("/ways/").content.decode()


def test_whoever_guesses_codes_is_not_told_which_one_is_right(stage: Stage) -> None:
    _, code = decided(stage)
    mine, guesser = Client(headers=EN), Client(headers=EN)
    mine.post(f"/appeal/{code}/proofs/", {"do": "invite", "name": "Little Li"})
    link = re.findall(
        r"/vouch/[0-9A-Z-]{24}/", mine.get(f"/appeal/{code}/proofs/").content.decode()
    )
    found = [guesser.get(f"/vouch/AAAA-{number:04}/").status_code for number in range(10)]
    assert found == [404] * 9 + [429]
    assert guesser.get(link[0]).status_code == 429
    assert Client(headers=EN).get(link[0]).status_code == 200
