"""From a promise in the outbox to a letter at a mail server, and what is kept of the way."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.fakes.house import house
from tests.fakes.outbox import MemoryJobs
from tests.fakes.people import MemoryOutbox
from tests.fakes.smtp import FakeSmtp, Mood
from tests.stories.stage import submission

from gongdao.adapters.mail import mailer
from gongdao.bootstrap import App
from gongdao.domain.access.model import NOBODY
from gongdao.domain.flows.delivering import Delivering
from gongdao.domain.flows.issuing import MAIL
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.notices.model import Delivery, Notice

ATTEMPTS = 3


@pytest.fixture
def smtp() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.fixture
def app() -> App:
    return house()


def told(app: App, contact: str = "wang@example.com") -> CaseId:
    """Somebody reports something and leaves an address."""
    return app.reporting.file(submission(contact=contact), NOBODY).case


def deliver(app: App, smtp: FakeSmtp) -> MemoryJobs:
    mail = mailer(smtp.url, "notices@gongdao.example")
    mail = replace(mail, options={**mail.options, "timeout": 0.5})
    assert isinstance(app.records.outbox, MemoryOutbox)
    jobs = MemoryJobs(app.records.outbox, ATTEMPTS)
    jobs.work_off({MAIL: Delivering(app.records, mail)})
    return jobs


def notice(app: App, case: CaseId) -> Notice:
    return app.records.notices.of_case(case)[0]


def test_a_notice_reaches_the_reporter_word_for_word(app: App, smtp: FakeSmtp) -> None:
    case = told(app)

    deliver(app, smtp)

    (taken,) = smtp.taken
    kept = notice(app, case)
    assert taken.recipients == ("wang@example.com",)
    assert taken.message["Message-ID"] == f"<{kept.id}@gongdao.example>"
    assert taken.message["Subject"].strip() == app.records.opened(kept.zh.subject)
    assert taken.message.get_content().split() == app.records.opened(kept.zh.body).split()
    assert (kept.email, kept.emailed_at) == (Delivery.DELIVERED, app.records.clock())


def test_a_notice_that_was_sent_is_not_sent_again(app: App, smtp: FakeSmtp) -> None:
    told(app)

    deliver(app, smtp)
    deliver(app, smtp)

    assert len(smtp.taken) == 1


def test_every_failed_attempt_is_kept_and_the_last_one_says_so(app: App, smtp: FakeSmtp) -> None:
    smtp.mood = Mood.LATER
    case = told(app)

    jobs = deliver(app, smtp)

    kept = notice(app, case)
    assert (kept.email, kept.attempts) == (Delivery.FAILED, ATTEMPTS)
    assert [failed.error for failed in jobs.failed.values()] == ["mail.later"]
    assert [each.id for each in app.records.notices.undelivered(10)] == [kept.id]


def test_what_is_refused_for_good_fails_at_once(app: App, smtp: FakeSmtp) -> None:
    smtp.mood = Mood.REFUSES_RECIPIENT
    case = told(app)

    deliver(app, smtp)

    kept = notice(app, case)
    assert (kept.email, kept.attempts) == (Delivery.FAILED, 1)


def test_a_failed_notice_can_be_sent_once_the_server_is_well(app: App, smtp: FakeSmtp) -> None:
    smtp.mood = Mood.HANGS_UP
    case = told(app)
    deliver(app, smtp)
    smtp.mood = Mood.TAKES

    deliver(app, smtp)

    assert notice(app, case).email is Delivery.DELIVERED
    assert app.records.notices.undelivered(10) == []


def test_without_an_address_nothing_is_sent(app: App, smtp: FakeSmtp) -> None:
    case = app.reporting.file(submission(contact=None), NOBODY).case

    deliver(app, smtp)

    assert smtp.taken == []
    assert notice(app, case).email is Delivery.NONE
