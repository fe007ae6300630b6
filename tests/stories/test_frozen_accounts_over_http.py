"""A stolen account over the pages: two browsers, and the way back."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.protection_letters import ALARM
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.storage.accounts import PgAccounts
from gongdao.storage.api_keys import ApiKeys
from gongdao.storage.models import Account
from gongdao.storage.protections import forget_ended

pytestmark = pytest.mark.django_db

EN = {"accept-language": "en"}
HOME, OFFICE, THIEF = "li@home.example", "li@office.example", "thief@elsewhere.example"
PASSWORD, NEW = "correct-horse-battery", "another-horse-battery"
CODE = r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}"
API = "/api/v1"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Letters:
    """Promised letters, kept where the test can read them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.jobs: list[dict[str, str]] = []

    def post(self, topic: str, key: str, payload: dict[str, str]) -> None:
        assert key
        if topic == ALARM:
            self.jobs.append(dict(payload))

    def to(self, address: str) -> list[str]:
        """The bodies sent to a contact."""
        opened = self.stage.records.texts.open
        return [
            opened(Sealed(j["body"])) or "" for j in self.jobs if opened(Sealed(j["to"])) == address
        ]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Stage:
    """Give a house whose clock the test moves, whose letters it reads, and that pages show."""
    settings.PASSWORD_HASHERS = QUICK  # a slow hash proves nothing here
    plain = stage_on_postgres()
    letters = Letters(plain)
    found = plain.with_(outbox=letters)
    show_on_pages(found, monkeypatch)
    return found


def letters(stage: Stage, to: str) -> list[str]:
    found = stage.records.outbox
    assert isinstance(found, Letters)
    return found.to(to)


def browser(agent: str) -> Client:
    return Client(headers={**EN, "user-agent": agent})


def sign_in(client: Client, password: str = PASSWORD, email: str = HOME) -> int:
    answer = client.post("/accounts/login/", {"login": email, "password": password})
    return answer.status_code if "/freeze/back/" not in answer.headers.get("Location", "") else 0


def last_code(text: str) -> str:
    return str(re.findall(CODE, text)[-1])


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def account(stage: Stage) -> PersonId:
    """Li's account."""
    line = PgAccounts(stage.records.parties).create(HOME, "li", [], password=PASSWORD)
    return line.party


def protected(stage: Stage, home: Client) -> str:
    """Sign in at home, confirm a backup address, and make a freeze code."""
    assert sign_in(home) == 302
    said = home.post("/mine/protection/backup/", {"do": "name", "given": OFFICE})
    again = said.headers["Location"]  # whoever finds a browser open does not know the password
    assert again.startswith("/accounts/reauthenticate/")
    assert home.post(again, {"password": PASSWORD}).headers["Location"] == "/mine/protection/"
    confirm = {"do": "confirm", "given": last_code(letters(stage, OFFICE)[-1])}
    home.post("/mine/protection/backup/", confirm)
    page = home.post("/mine/protection/code/").content.decode()
    assert "confirmed until" in page
    code = re.findall(rf'id="freeze-code">({CODE})', page)[0]
    assert code not in text(home, "/mine/protection/")
    return str(code)


def thief_takes_the_address(stage: Stage, away: Client) -> None:
    """On allauth's own page; the owner is told at the address from before."""
    again = away.post("/accounts/email/", {"email": THIEF, "action_add": ""}).headers["Location"]
    away.post(again, {"password": PASSWORD})
    link = re.findall(r"/accounts/confirm-email/\S+/", str(mail.outbox[-1].body))[0]
    assert Account.objects.filter(email=HOME).exists()
    away.post(link)
    assert Account.objects.filter(email=THIEF).exists()
    for address in (HOME, OFFICE):
        assert "/freeze/not-me/" in letters(stage, address)[-1]


def come_back(stage: Stage, anybody: Client) -> None:
    """Over the backup address, a day's wait, and a new password."""
    answer = anybody.post("/freeze/back/", {"address": HOME, "how": "backup"})
    assert answer.status_code == 302
    begun = anybody.post("/freeze/back/code/", {"code": last_code(letters(stage, OFFICE)[-1])})
    returning = re.findall(rf'id="return-code">({CODE})', begun.content.decode())[0]
    finish = {"code": returning, "password": NEW, "again": NEW}
    early = anybody.post("/freeze/back/finish/", finish)
    assert early.status_code == 409
    assert "protection.wait" in early.content.decode()
    stage.clock.pass_(hours=25)
    differs = anybody.post("/freeze/back/finish/", {**finish, "again": "x"})
    assert "protection.not_the_same" in differs.content.decode()
    assert anybody.post("/freeze/back/finish/", finish).status_code == 302


def test_a_stolen_account_is_frozen_from_outside_and_comes_back(stage: Stage) -> None:
    person = account(stage)
    home, away = (
        browser("Mozilla (X11; Linux) Firefox/130"),
        browser("Mozilla (Windows) Chrome/130"),
    )
    code = protected(stage, home)
    stage.clock.pass_(days=10)

    assert sign_in(away) == 302
    page = text(home, "/mine/protection/")
    assert "Chrome · Windows" in page
    inbox = text(home, "/mine/inbox/")
    assert "signed in to on a new device" in inbox
    thief_takes_the_address(stage, away)
    anybody = browser("Mozilla (iPhone) Safari/605")
    assert anybody.post("/freeze/", {"code": "AAAA-BBBB-CCCC-DDDD-EEEE"}).status_code == 404
    assert "nobody can sign in" in anybody.post("/freeze/", {"code": code}).content.decode()
    for client in (away, home):
        assert client.get("/mine/protection/").status_code == 302
        assert client.get(f"{API}/account/sessions").status_code == 404
        assert (
            client.post("/accounts/email/", {"email": "x@y.example", "action_add": ""})
            .headers["Location"]
            .startswith("/accounts/login/")
        )
    assert sign_in(away) == 0
    assert Account.objects.get(party_id=person).email == HOME

    come_back(stage, anybody)
    assert sign_in(away) == 200  # the old password
    assert sign_in(home, NEW) == 302
    assert "Chrome · Windows" not in text(home, "/mine/protection/").partition("trail-title")[0]


def test_signing_out_elsewhere_ends_that_browser_with_its_next_request(stage: Stage) -> None:
    person = account(stage)
    home, away, third = (browser(f"Mozilla ({s}) Firefox/1") for s in ("Linux", "Windows", "iPad"))
    for client in (home, away, third):
        assert sign_in(client) == 302
    page = text(home, "/mine/protection/")
    ends = re.findall(r"/mine/protection/[0-9a-f-]{36}/end/", page)
    assert len(ends) == 2
    stranger = browser("Mozilla Firefox/1")
    PgAccounts(stage.records.parties).create("wang@home.example", "wang", [], password=PASSWORD)
    assert sign_in(stranger, email="wang@home.example") == 302
    assert stranger.post(ends[0]).status_code == 404
    assert home.post(ends[0]).status_code == 302
    assert sorted(c.get("/mine/").status_code for c in (away, third)) == [200, 302]
    found = home.get(f"{API}/account/sessions").json()
    assert sum(len(each["sessions"]) for each in found["devices"]) == 2
    token = home.cookies["csrftoken"].value
    ended = home.post(
        f"{API}/account/sessions/end-others",
        {},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert ended.json() == {"ended": 1}
    assert [c.get("/mine/").status_code for c in (home, away, third)] == [200, 302, 302]
    assert stage.app.protection.mine.of(Caller(person)).trail[0].kind == "sessions_ended"
    assert forget_ended(stage.clock()) == 0


def test_the_link_freezes_once_confirmed_and_the_api_and_keys_obey(stage: Stage) -> None:
    person = account(stage)
    home, away = browser("Mozilla (Linux) Firefox/1"), browser("Mozilla (Windows) Edg/1")
    protected(stage, home)
    assert sign_in(away) == 302
    body = text(home, re.findall(r"/mine/inbox/[0-9a-f-]{36}/", text(home, "/mine/inbox/"))[0])
    link = re.findall(rf"/freeze/not-me/{CODE}/", body)[0]
    scanner = browser("")
    assert "Nothing has happened yet" in text(scanner, link)
    assert home.get("/mine/").status_code == 200
    Account.objects.filter(party_id=person).update(roles=["reviewer"])
    keys = ApiKeys(stage.app.secrets, stage.records.new_id)
    secret = keys.create("scripts", [Role.REVIEWER], HOME)
    assert keys.holder(secret) is not None
    assert scanner.post(link).status_code == 200
    assert keys.holder(secret) is None
    assert home.get("/mine/").status_code == 302
    assert scanner.get(link).status_code == 404
    assert scanner.post(link).status_code == 404
    api = scanner.post(
        f"{API}/account/freeze", {"code": "x" * 100}, content_type="application/json"
    )
    assert (api.status_code, api.json()["code"]) == (404, "protection.unknown_code")
    for how in ("", "nothing", "recovery_code"):
        said = scanner.post("/freeze/back/", {"address": HOME, "how": how, "recovery_code": "1"})
        assert said.status_code in {404, 409}


def test_guessing_locks_the_browser(stage: Stage) -> None:
    account(stage)
    guesser = browser("Mozilla Chrome/1")
    guesser.get("/freeze/")
    codes = [guesser.post("/freeze/", {"code": f"{n:020d}"}).content.decode() for n in range(25)]
    assert "code.locked" in codes[-1] or "rate.too_many" in codes[-1]


def test_operator_and_auditor_look_an_account_up_and_others_find_no_such_page(
    stage: Stage,
) -> None:
    account(stage)
    code = protected(stage, browser("Mozilla (Linux) Firefox/1"))
    stage.app.protection.freezing.freeze(code)
    for name, role, status in (
        ("ana", Role.REVIEWER, 404),
        ("olga", Role.OPERATOR, 200),
        ("ada", Role.AUDITOR, 200),
    ):
        address = f"{name}@house.example"
        PgAccounts(stage.records.parties).create(address, name, [role], password=PASSWORD)
        staff = browser("Mozilla (Windows) Edg/1")
        assert sign_in(staff, email=address) == 302
        assert staff.get("/desk/accounts/").status_code == status
        answer = staff.post("/desk/accounts/", {"account": HOME.upper()})
        assert answer.status_code == status
        page = answer.content.decode()
        if status == 200:
            assert "with the freeze code" in page
            assert "The account is frozen." in page
            assert OFFICE not in page
            for strange in ("nobody@home.example", "' or 1=1", "nul\0", "x" * 5_000):
                found = staff.post("/desk/accounts/", {"account": strange}).content.decode()
                assert "There is no such account." in found
