"""A practice installation shows every stage, is filled once, and opens on this machine alone."""

from collections import Counter
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client

from gongdao import bootstrap
from gongdao.bootstrap import screening
from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.policy.screening import Lane
from gongdao.domain.screening.posts import Level
from gongdao.practice import ruled, waiting
from gongdao.practice.accounts import (
    ACCOUNTS,
    close_accounts,
    ensure_accounts,
    signed_in,
    signin_lines,
)
from gongdao.practice.playing import fill
from gongdao.site.config import Mode
from gongdao.storage.held_post_models import HeldPostRow
from gongdao.storage.models import (
    Account,
    AppealRow,
    CaseRow,
    NoticeRow,
    ReportRow,
    SanctionRow,
)
from gongdao.storage.outbox import waiting_jobs
from gongdao.storage.settlement_models import SettlementRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def token() -> str:
    ensure_accounts()
    line = signin_lines(settings.CONFIG)[0]
    return line.rstrip("/").rpartition("/")[2]


@pytest.mark.slow
def test_practice_shows_every_stage_mails_nobody_and_is_filled_once() -> None:
    """Filling takes long, so what it left is looked at from every side in one go."""
    assert fill() >= 55

    stages = set(CaseRow.objects.values_list("stage", flat=True))
    appeals = set(AppealRow.objects.values_list("stage", flat=True))
    sanctions = set(SanctionRow.objects.values_list("state", flat=True))
    assert stages == {"received", "investigating", "decided", "withdrawn"}
    assert {"under_review", "waiting", "upheld", "changed", "overturned"} <= appeals
    assert sanctions == {"in_force", "lifted", "ended"}
    assert not CaseRow.objects.filter(stage="decided", told=False, open_appeal=None).exists()
    _texts_wait_talks_and_courses_have_begun()
    _screening_has_numbers_and_an_entry_is_proposed()
    _courses_have_numbers_and_appeals_wait_that_are_about_no_decision()
    assert not NoticeRow.objects.exclude(email="none").exists()
    assert bootstrap.app().records.notices.undelivered(10) == []

    reports = ReportRow.objects.count()
    assert fill() == 0
    assert ReportRow.objects.count() == reports


def _texts_wait_talks_and_courses_have_begun() -> None:
    app = bootstrap.app()
    callers = {each.name: bootstrap.caller_of(each) for each in Account.objects.all()}
    desk = app.screening.looks.queue(callers["reviewer_1"]).posts
    assert Counter(each.lane for each in desk) == {Lane.SECOND_LOOK: 2, Lane.THIRD_LOOK: 1}
    person = callers["person"]
    assert [each.level for each in app.screening.posts.mine(person)] == [Level.CLOCK]
    (group,) = app.owning.groups(person)
    (for_owner,) = app.screening.looks.of_group(group.id, person)
    assert for_owner.found
    assert set(SettlementRow.objects.values_list("stage", flat=True)) == {"talking"}
    assert SettlementRow.objects.count() == 2
    learner = app.training.studying.mine(callers["merchant"])
    assert learner is not None
    assert len(learner.courses["merchants"].read) == 1


def _screening_has_numbers_and_an_entry_is_proposed() -> None:
    """With what the lists alone hold: the worker notes further labels, of decisions, later."""
    stories, auditor = bootstrap.app().screening, _caller("auditor")
    found = stories.retiring.numbers(auditor)
    assert dict(found.said) == {"ruling": len(ruled.OBJECTING)}
    assert waiting_jobs()["teach_screening"] > 20
    (proposed,) = stories.retiring.listed(auditor)
    assert (proposed.entry.entry, proposed.left_out) == (ruled.WORD, 0)
    assert HeldPostRow.objects.filter(stage="withheld").count() == len(ruled.HURTING)


def _courses_have_numbers_and_appeals_wait_that_are_about_no_decision() -> None:
    app = bootstrap.app()
    shares = [each.share for each in app.training.desk.board(_caller("operator")).courses]
    assert [share for share in shares if share is not None] == [76]
    assert len(app.training.certifying.mine(_caller("reviewer_1"))) == 1
    hearer = _caller("reviewer_3")
    assert len(app.standing.grades.waiting(hearer)) == 1
    (to_hear,) = app.standing.credibility.to_hear(hearer, "zh")
    assert to_hear.may_hear


def _caller(name: str) -> Caller:
    return bootstrap.caller_of(Account.objects.get(name=name))


def test_what_was_ruled_on_was_asked_of_a_person() -> None:
    policy = screening.policy()
    texts = [*ruled.harmless(), *(text for text, _ in ruled.harmful())]
    assert {each.screened(policy).lane for each in texts} == {Lane.SECOND_LOOK}
    assert len({each.author for each in texts}) == len(texts)
    assert all(ruled.WORD in each.text for each in ruled.harmless())


def test_the_words_that_wait_are_what_the_house_would_mark() -> None:
    policy = screening.policy()
    found = [each.screened(policy) for each in waiting.texts("somebody")]
    assert [each.lane for each in found] == [
        Lane.DELAY, Lane.SECOND_LOOK, Lane.SECOND_LOOK, Lane.THIRD_LOOK, Lane.SECOND_LOOK
    ]  # fmt: skip


def test_a_link_signs_in_on_this_machine(token: str) -> None:
    answer = Client(REMOTE_ADDR="127.0.0.1").get(f"/practice/sign-in/{token}/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/desk/"


def test_a_link_signs_in_browser_after_browser_and_their_notices_end(token: str) -> None:
    """Whoever tries things out has a new browser each time: told of, but never kept out."""
    browsers = [Client(REMOTE_ADDR="127.0.0.1") for _ in range(9)]
    for each in browsers:
        each.get(f"/practice/sign-in/{token}/")
    assert {each.get("/mine/protection/").status_code for each in browsers} == {200}
    assert NoticeRow.objects.filter(template="account_new_device").count() == 5


def test_a_link_opens_nothing_from_elsewhere(token: str) -> None:
    answer = Client(REMOTE_ADDR="203.0.113.7").get(f"/practice/sign-in/{token}/")

    assert answer.status_code == 404


def test_a_link_opens_nothing_in_production(token: str) -> None:
    real = replace(settings.CONFIG, mode=Mode.PRODUCTION, public_url="https://gongdao.example")

    assert signin_lines(real) == []
    with pytest.raises(NotFound):
        signed_in(token, "127.0.0.1", real)


def test_a_link_opens_nothing_once_the_address_is_not_loopback(token: str) -> None:
    open_to_all = replace(settings.CONFIG, host="0.0.0.0")  # noqa: S104 – that is the point

    assert signin_lines(open_to_all) == []
    with pytest.raises(NotFound):
        signed_in(token, "127.0.0.1", open_to_all)


def test_a_changed_link_opens_nothing(token: str) -> None:
    with pytest.raises(NotFound):
        signed_in(token[:-2] + "xx", "127.0.0.1", settings.CONFIG)


def test_every_role_has_an_account_and_none_a_password() -> None:
    ensure_accounts()

    roles = {role for account in Account.objects.all() for role in account.roles}
    assert roles == {r.value for one in ACCOUNTS for r in one.roles}
    assert not any(account.has_usable_password() for account in Account.objects.all())


def test_an_installation_that_becomes_a_real_one_closes_them(token: str) -> None:
    real = Account.objects.get(name="auditor")
    real.set_password("somebody made it theirs")
    real.save()

    assert close_accounts() == len(ACCOUNTS) - 1
    assert bootstrap.app().records.staff.reviewers() == []
    with pytest.raises(NotFound):
        signed_in(token, "127.0.0.1", settings.CONFIG)

    ensure_accounts()
    assert Account.objects.filter(is_active=False).count() == 0
