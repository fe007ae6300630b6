"""E-mail over a strict server on loopback, and what becomes of a notice when it fails."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.fakes.smtp import FakeSmtp, Mood

from gongdao.adapters.mail import DjangoMailer, mailer
from gongdao.domain.kernel.errors import BadInput, GongdaoError, PeerFailed, Refused

SENDER = "公道 <notices@gongdao.example>"
NOTICE = "0191d2f0-0000-7000-8000-000000000001"


@pytest.fixture
def smtp() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server
    assert server.wrong == []


def impatient(smtp: FakeSmtp) -> DjangoMailer:
    mail = mailer(smtp.url, SENDER)
    return replace(mail, options={**mail.options, "timeout": 0.5})


def send(smtp: FakeSmtp, to: str = "wang@example.com", subject: str = "您的举报已受理") -> None:
    impatient(smtp).send(to, subject, "您好：\n\n.我们已经受理。\n", NOTICE)


def test_a_chinese_letter_arrives_as_it_was_written(smtp: FakeSmtp) -> None:
    send(smtp)

    (taken,) = smtp.taken
    letter = taken.message
    assert taken.recipients == ("wang@example.com",)
    assert taken.sender == "notices@gongdao.example"
    assert letter["Subject"] == "您的举报已受理"
    assert letter["From"] == SENDER
    assert letter["To"] == "wang@example.com"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().splitlines() == ["您好：", "", ".我们已经受理。"]


def test_a_notice_sent_twice_has_one_message_id(smtp: FakeSmtp) -> None:
    send(smtp)
    send(smtp)

    assert {taken.message["Message-ID"] for taken in smtp.taken} == {f"<{NOTICE}@gongdao.example>"}


@pytest.mark.parametrize(
    "to",
    [
        "wang@example.com\r\nBcc: all@example.com",
        "wang@example.com, li@example.com",
        "Wang <wang@example.com>",
        "wang",
        "",
        "王@example.com",
    ],
)
def test_what_is_not_one_bare_address_is_refused(smtp: FakeSmtp, to: str) -> None:
    with pytest.raises(Refused, match=r"mail\.bad_address"):
        send(smtp, to)

    assert smtp.taken == []


def test_space_around_an_address_does_no_harm(smtp: FakeSmtp) -> None:
    send(smtp, " wang@example.com\n")

    assert [taken.recipients for taken in smtp.taken] == [("wang@example.com",)]


def test_a_subject_cannot_add_a_header(smtp: FakeSmtp) -> None:
    send(smtp, subject="受理\r\nBcc: all@example.com")

    (taken,) = smtp.taken
    assert taken.message["Bcc"] is None
    assert taken.message["Subject"] == "受理 Bcc: all@example.com"
    assert taken.recipients == ("wang@example.com",)


@pytest.mark.parametrize(
    ("mood", "kind", "code"),
    [
        (Mood.REFUSES_RECIPIENT, Refused, "mail.refused"),
        (Mood.REFUSES_MESSAGE, Refused, "mail.refused"),
        (Mood.LATER, PeerFailed, "mail.later"),
        (Mood.HANGS_UP, PeerFailed, "mail.unreachable"),
        (Mood.SILENT, PeerFailed, "mail.unreachable"),
    ],
)
def test_each_mood_has_its_code_and_its_words_name_nobody(
    smtp: FakeSmtp, mood: Mood, kind: type[GongdaoError], code: str
) -> None:
    smtp.mood = mood

    with pytest.raises(GongdaoError) as problem:
        send(smtp)

    assert (type(problem.value), problem.value.code) == (kind, code)
    assert "wang" not in str(problem.value)
    assert problem.value.__suppress_context__


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with FakeSmtp() as gone:
        nobody = impatient(gone)

    with pytest.raises(PeerFailed, match=r"mail\.unreachable"):
        nobody.send("wang@example.com", "s", "b", NOTICE)


def test_a_server_without_sign_in_is_not_given_a_letter(smtp: FakeSmtp) -> None:
    address = smtp.url.replace("://", "://name:secret@")

    with pytest.raises(PeerFailed, match=r"mail\.not_supported"):
        mailer(address, SENDER).send("wang@example.com", "s", "b", NOTICE)

    assert smtp.taken == []


def test_a_server_without_tls_is_not_given_a_letter(smtp: FakeSmtp) -> None:
    with pytest.raises(PeerFailed, match=r"mail\.not_supported"):
        mailer(f"{smtp.url}?tls=1", SENDER).send("wang@example.com", "s", "b", NOTICE)

    assert smtp.taken == []


def test_without_a_server_mail_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    mailer("", SENDER).send("wang@example.com", "Accepted", "Hello", NOTICE)

    assert f"<{NOTICE}@gongdao.example>" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("address", "host", "port", "ssl", "tls"),
    [
        ("smtp://localhost", "localhost", 25, False, False),
        ("smtps://mail.example.org", "mail.example.org", 465, True, False),
        ("smtp+starttls://mail.example.org", "mail.example.org", 587, False, True),
        ("smtp://mail.example.org:2525/?tls=1", "mail.example.org", 2525, False, True),
    ],
)
def test_addresses_of_servers(address: str, host: str, port: int, *, ssl: bool, tls: bool) -> None:
    options = mailer(address, SENDER).options

    assert (options["host"], options["port"]) == (host, port)
    assert (options["use_ssl"], options["use_tls"]) == (ssl, tls)


def test_name_and_password_may_hold_any_sign() -> None:
    options = mailer("smtps://me%40example.org:p%3A%2F%40@mail.example.org", SENDER).options

    assert (options["username"], options["password"]) == ("me@example.org", "p:/@")


@pytest.mark.parametrize(
    "address",
    [
        "http://mail.example.org",
        "mail.example.org",
        "smtp://",
        "smtp://mail.example.org:many",
        "smtp://mail.example.org:99999",
        "smtp://mail.example.org/inbox",
        "smtp://mail.example.org?tls=maybe",
        "smtp://[::1",
    ],
)
def test_an_unreadable_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(BadInput) as problem:
        mailer(address, SENDER)

    assert problem.value.code == "config.invalid"
    assert "GONGDAO_SMTP_URL" in problem.value.hint
