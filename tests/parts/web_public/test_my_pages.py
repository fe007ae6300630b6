"""My cases and inbox: mine alone, and read when they were read."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.fakes.clock import MONDAY, SettableClock
from tests.stories.stage import Stage, hire_on_postgres, violation

from gongdao import bootstrap
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    app = bootstrap.app()
    return Stage(
        app, SettableClock(MONDAY), lambda name, *roles: hire_on_postgres(app, name, *roles)
    )


def sign_in(client: Client, person: PersonId | None) -> None:
    account = get_user_model().objects.create_user(
        f"{person}@example.org", name="somebody", party_id=person
    )
    client.force_login(account)


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    for path in ("/mine/", "/mine/inbox/", "/mine/settings/", "/mine/x/"):
        assert client.get(path).headers["Location"].startswith("/accounts/login/")


def test_my_cases_are_mine_alone(client: Client, stage: Stage) -> None:
    mine, other = stage.account("li_si"), stage.account("wang_wu")
    receipt = stage.report(mine, account="zhang_san")
    sign_in(client, other.person)

    assert client.get(f"/mine/{receipt.case}/").status_code == 404
    assert client.post(f"/mine/{receipt.case}/withdraw/", {"text": ""}).status_code == 404
    assert client.get("/mine/no-such-case/").status_code == 404
    assert "post-81" not in client.get("/mine/").content.decode()
    assert stage.case(receipt.case).stage.value == "received"


def test_tabs_stand_in_lines_and_leave_out_what_one_has_not(client: Client, stage: Stage) -> None:
    sign_in(client, stage.account("li_si").person)
    tabs = client.get("/mine/", headers={"accept-language": "en"}).content.decode()
    tabs = tabs.partition('<nav class="tabs')[2].partition("</nav>")[0]
    assert [f'<ul aria-label="{line}"' in tabs for line in ("Mine", "Tools", "Account")] == [
        True
    ] * 3
    assert [f'"/mine/{page}/"' in tabs for page in ("inbox", "posts", "groups")] == [
        True,
        False,
        False,
    ]
    assert '"/mine/posts/" aria-current="page"' in client.get("/mine/posts/").content.decode()


def test_staff_see_no_case_of_others_among_their_own(client: Client, stage: Stage) -> None:
    stage.hire("ana", Role.REVIEWER)
    receipt = stage.report()
    client.force_login(get_user_model().objects.get(email="ana@staff.example"))

    assert client.get(f"/mine/{receipt.case}/").status_code == 404


def test_a_case_is_withdrawn_signed_in(client: Client, stage: Stage) -> None:
    mine = stage.account("li_si")
    receipt = stage.report(mine, account="zhang_san")
    sign_in(client, mine.person)
    answer = client.post(f"/mine/{receipt.case}/withdraw/", {"text": ""})

    assert answer.headers["Location"] == f"/mine/{receipt.case}/"
    assert stage.case(receipt.case).stage.value == "withdrawn"


def test_a_notice_counts_as_read_once_it_is_opened(client: Client, stage: Stage) -> None:
    mine, other = stage.account("li_si"), stage.account("wang_wu")
    receipt = stage.report(mine, account="zhang_san")
    (notice,) = stage.notices(receipt.case)
    sign_in(client, mine.person)
    assert "is-unread" in client.get("/mine/inbox/").content.decode()
    for _ in range(2):
        assert client.get(f"/mine/inbox/{notice.id}/").status_code == 200
    assert "is-unread" not in client.get("/mine/inbox/").content.decode()
    assert stage.records.notices.get(notice.id).version == 2

    sign_in(client, other.person)
    assert client.get(f"/mine/inbox/{notice.id}/").status_code == 404


def test_a_list_of_cases_about_me_names_no_subject(client: Client, stage: Stage) -> None:
    """The reporter chose the subject's name, and it may hold their own."""
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, subject_ref="给张三的信")
    stage.app.deciding.decide(receipt.case, violation(), ana)
    sign_in(client, stage.account("li_si").person)

    page = client.get("/mine/").content.decode()
    assert f"/mine/{receipt.case}/" in page
    assert "张三" not in page
