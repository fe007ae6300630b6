"""Mailboxes and identities at the desk: masked until somebody says why, and never unseen."""

import pytest
from django.test import Client
from tests.parts.web_desk.at_the_desk import page, staff
from tests.parts.web_desk.conftest import SignIn
from tests.stories.stage import Stage

from gongdao.bootstrap import packets
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.reporting import Receipt
from gongdao.storage.mailbox_models import UnmaskingRow

QUESTION = "请问这条评论是哪一天发的？"
REPLY = "是十一月二日晚上九点左右。"
CONTACT = "zhang.san@example.org"
LOOK = {
    "reporter": "1",
    "ground": "danger_to_life",
    "reason": "举报人说被举报人今晚要来找他，需要马上联系到他本人。",
}


def holder(stage: Stage, receipt: Receipt) -> Caller:
    return stage.app.files.by_code(receipt.code)[1]


def test_a_reporters_message_waits_until_a_reviewer_read_it(
    stage: Stage, ana: Client, sign_in: SignIn
) -> None:
    receipt = stage.accepted(staff("ana"), contact=CONTACT)
    stage.app.mailing.write(receipt.case, f"{REPLY} {CONTACT}", holder(stage, receipt))
    box = f"/desk/{receipt.case}/mailbox/"

    assert "1 message that nobody has read." in page(ana, f"/desk/{receipt.case}/")
    for onlooker in ("ou", "op"):
        shown = page(sign_in(onlooker), box)
        assert REPLY in shown
        assert "<textarea" not in shown
    assert f'href="{box}"' in page(ana, "/desk/mailboxes/")
    shown = page(ana, box)
    assert REPLY in shown
    assert CONTACT not in shown
    assert "▇▇" in shown
    assert f'href="{box}"' not in page(ana, "/desk/mailboxes/")
    assert "Everything is read." in page(ana, f"/desk/{receipt.case}/")


def test_a_reviewer_writes_and_others_cannot(stage: Stage, ana: Client, sign_in: SignIn) -> None:
    case = stage.accepted(staff("ana")).case
    box = f"/desk/{case}/mailbox/"
    sent = ana.post(box, {"reporter": "1", "text": QUESTION})
    assert sent.headers["Location"] == f"{box}#reporter-1"
    shown = page(ana, box)
    assert QUESTION in shown
    assert "Not read yet" in shown
    empty = ana.post(box, {"reporter": "1", "text": " "})
    assert empty.status_code == 400
    assert "mail.empty" in empty.content.decode()
    for number in ("0", "2", "x", "-1", ""):
        assert ana.post(box, {"reporter": number, "text": QUESTION}).status_code == 404
    for onlooker in ("ou", "op"):
        assert sign_in(onlooker).post(box, {"text": QUESTION}).status_code == 404


def test_each_of_several_reporters_has_a_mailbox(stage: Stage, ana: Client) -> None:
    first, second = (stage.report(subject_ref="post-7") for _ in range(2))
    stage.app.mailing.write(first.case, REPLY, holder(stage, second))
    box = f"/desk/{first.case}/mailbox/"
    shown = page(ana, box)
    assert "Reporter 2" in shown
    assert 'id="begin-reporter"' in shown
    assert "Reporter 1" in page(ana, f"/desk/{first.case}/")
    ana.post(box, {"reporter": "1", "text": QUESTION})
    assert stage.app.mailing.unread(first.case, holder(stage, first)) == 1
    assert stage.app.mailing.unread(first.case, holder(stage, second)) == 0


@pytest.mark.parametrize("who", ["cy", "op"])
def test_whoever_may_look_is_told_what_it_means_first(
    stage: Stage, sign_in: SignIn, who: str
) -> None:
    case = stage.accepted(staff("ana"), contact=CONTACT).case
    desk, path = sign_in(who), f"/desk/{case}/identity/"
    assert path in page(desk, f"/desk/{case}/mailbox/")
    told = page(desk, path)
    for promise in ("Auditors see every look", "The reporter is told at once", "shown once"):
        assert promise in told
    assert CONTACT not in told
    assert UnmaskingRow.objects.count() == 0

    answer = desk.post(path, LOOK)
    assert answer.status_code == 200
    assert CONTACT in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert UnmaskingRow.objects.count() == 1
    for later in (path, f"/desk/{case}/mailbox/", f"/desk/{case}/"):
        assert CONTACT not in page(desk, later)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": "想看看"}, "unmask.reason_too_short"),
        ({"reason": ""}, "unmask.reason_too_short"),
        ({"ground": "curiosity"}, "curiosity"),
        ({"ground": ""}, "Kind of reason"),
        ({"reporter": "2"}, "Which reporter"),
    ],
)
def test_without_a_reason_nothing_is_shown(
    stage: Stage, sign_in: SignIn, changed: dict[str, str], code: str
) -> None:
    case = stage.accepted(staff("ana"), contact=CONTACT).case
    answer = sign_in("cy").post(f"/desk/{case}/identity/", {**LOOK, **changed})
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert code in shown
    assert CONTACT not in shown
    assert UnmaskingRow.objects.count() == 0


def test_a_packet_that_says_who_reported_asks_for_the_same_reason(
    stage: Stage, sign_in: SignIn
) -> None:
    case = stage.accepted(staff("ana"), contact=CONTACT).case
    desk, path = sign_in("cy"), f"/desk/{case}/packet/named/"
    assert path in page(desk, f"/desk/{case}/")
    assert "Auditors see every look" in page(desk, path)
    wrong = desk.post(path, {**LOOK, "reason": ""})
    assert (wrong.status_code, UnmaskingRow.objects.count()) == (400, 0)
    made = desk.post(path, LOOK)
    assert made.status_code == 302, made.content
    assert UnmaskingRow.objects.count() == 1
    assert [each.event.unmasked for each in packets.makings(case)] == [True]
    assert b"".join(desk.get(made.headers["Location"]))[:4] == b"PK\x03\x04"
    for who in ("ana", "ou"):
        other = sign_in(who)
        assert path not in page(other, f"/desk/{case}/")
        page(other, path, 404)
        assert other.post(path, LOOK).status_code == 404
    assert UnmaskingRow.objects.count() == 1


@pytest.mark.parametrize("who", ["ana", "ou"])
def test_for_everybody_else_there_is_no_such_page(stage: Stage, sign_in: SignIn, who: str) -> None:
    case = stage.accepted(staff("ana"), contact=CONTACT).case
    desk, path = sign_in(who), f"/desk/{case}/identity/"
    assert path not in page(desk, f"/desk/{case}/mailbox/")
    page(desk, path, 404)
    assert desk.post(path, LOOK).status_code == 404
    assert UnmaskingRow.objects.count() == 0


def test_the_auditor_reads_every_look_and_nobody_else_does(stage: Stage, sign_in: SignIn) -> None:
    case = stage.accepted(staff("ana"), contact=CONTACT).case
    assert "Nobody has looked." in page(sign_in("ou"), "/desk/looks/")
    sign_in("cy").post(f"/desk/{case}/identity/", LOOK)
    auditor = sign_in("ou")
    listed = page(auditor, "/desk/looks/")
    for word in ("cy", "Senior reviewer", "life or safety", LOOK["reason"], str(case)):
        assert word in listed
    assert CONTACT not in listed
    assert 'href="/desk/looks/"' in page(auditor, "/desk/mailboxes/")
    for other in ("ana", "cy", "op"):
        page(sign_in(other), "/desk/looks/", 404)
        assert 'href="/desk/looks/"' not in page(sign_in(other), "/desk/")


def test_nobody_opens_the_mailbox_of_their_own_case(stage: Stage, sign_in: SignIn) -> None:
    mine = stage.report(staff("cy")).case
    desk = sign_in("cy")
    page(desk, f"/desk/{mine}/mailbox/", 404)
    page(desk, f"/desk/{mine}/identity/", 404)
    page(desk, "/desk/looks/?before=x", 404)
