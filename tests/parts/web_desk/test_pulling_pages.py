"""The desk takes the next case by one button, says why it is the next, and stays up to date."""

from typing import Any

import pytest
from django.test import Client
from tests.parts.web_desk.at_the_desk import page, staff
from tests.parts.web_desk.conftest import SignIn
from tests.stories.stage import Stage

from gongdao.storage.models import Account, TriageRow

WHY = "请您接手，这件案件需要熟悉诈骗手法的人。"


def said(client: Client, case: str, action: str, **fields: str) -> str:
    """What the desk says after something was done with a case."""
    answer: Any = client.post(f"/desk/{case}/claim/{action}/", fields, follow=True)
    return str(answer.content.decode())


def test_the_next_case_is_taken_by_one_button_and_says_why(
    stage: Stage, ana: Client, sign_in: SignIn
) -> None:
    stage.report(category="other", account="a1", subject_ref="p1")
    danger = stage.report(category="threat", account="a2", subject_ref="p2").case
    assert "Take the next case" in page(ana, "/desk/")
    answer: Any = ana.post("/desk/next/?queue=priority")
    assert answer.url.startswith(f"/desk/{danger}/")
    shown = page(ana, answer.url)
    assert "Priority 260" in shown
    assert "Somebody&#x27;s life may be in danger" in shown
    assert "You work on this case." in shown
    assert danger in page(ana, "/desk/?queue=mine")
    assert "You hold no case." in page(sign_in("bo"), "/desk/?queue=mine")
    assert "ana works on this case." in page(sign_in("bo"), f"/desk/{danger}/")
    assert "The case is back in the queue." in said(ana, danger, "release")
    assert "Nobody works on this case yet." in page(ana, f"/desk/{danger}/")


def test_what_comes_first_stands_first(stage: Stage, ana: Client) -> None:
    mild = stage.report(category="other", account="a1", subject_ref="p1").case
    danger = stage.report(category="threat", account="a2", subject_ref="p2").case
    shown = page(ana, "/desk/")
    assert shown.index(f"queue-{danger}") < shown.index(f"queue-{mild}")


def test_nothing_to_take_is_said_and_who_only_reads_has_no_button(
    stage: Stage, ana: Client, sign_in: SignIn
) -> None:
    answer: Any = ana.post("/desk/next/", follow=True)
    assert "Nothing waits for you now." in answer.content.decode()
    case, auditor = stage.report().case, sign_in("ou")
    assert "Take the next case" not in page(auditor, "/desk/")
    shown = page(auditor, f"/desk/{case}/")
    assert "Nobody works on this case yet." in shown
    assert "Keep this case for me" not in shown
    for path in ("/desk/next/", f"/desk/{case}/claim/take/", f"/desk/{case}/keep/"):
        assert auditor.post(path).status_code == 404
    assert TriageRow.objects.get(id=case).claimed_by is None


def test_an_open_page_keeps_its_case_and_says_when_it_is_lost(
    stage: Stage, ana: Client, sign_in: SignIn
) -> None:
    case = stage.report().case
    ana.post("/desk/next/")
    assert f'hx-post="/desk/{case}/keep/"' in page(ana, f"/desk/{case}/")
    stage.tick(minutes=29)
    assert ana.post(f"/desk/{case}/keep/").status_code == 204
    stage.tick(minutes=29)
    bo = sign_in("bo")
    assert "A colleague works on this case." in said(bo, case, "take")
    stage.tick(minutes=2)
    assert "The case is kept for you." in said(bo, case, "take")
    lost: Any = ana.post(f"/desk/{case}/keep/")
    assert lost.status_code == 286
    assert "You do not hold this case any more." in lost.content.decode()
    assert "<html" not in lost.content.decode()


def test_a_case_is_handed_over_and_what_was_written_outlives_a_refusal(
    stage: Stage, ana: Client, sign_in: SignIn
) -> None:
    case = stage.report().case
    ana.post("/desk/next/")
    bo = str(staff("bo").person)
    refused = said(ana, case, "hand_over", to=bo, reasons="忙")
    assert "This step was refused" in refused
    assert ">忙</textarea>" in refused
    assert f'<option value="{bo}" selected>' in refused
    assert "The case is handed over." in said(ana, case, "hand_over", to=bo, reasons=WHY)
    assert "bo works on this case." in page(ana, f"/desk/{case}/")
    assert "You work on this case." in page(sign_in("bo"), f"/desk/{case}/")


def test_an_escalated_case_is_for_senior_reviewers(
    stage: Stage, ana: Client, sign_in: SignIn
) -> None:
    case = stage.report().case
    assert "The senior reviewers have the case." in said(ana, case, "escalate", reasons=WHY)
    assert "Escalated: for senior reviewers." in page(ana, f"/desk/{case}/")
    assert "do not fit this case" in said(ana, case, "take")
    assert "The case is kept for you." in said(sign_in("cy"), case, "take")


def test_whoever_has_a_conflict_is_not_given_it_again(
    stage: Stage, ana: Client, sign_in: SignIn
) -> None:
    case = stage.report().case
    ana.post("/desk/next/")
    assert "You will not be given it again." in said(ana, case, "conflict")
    answer: Any = ana.post("/desk/next/", follow=True)
    assert "Nothing waits for you now." in answer.content.decode()
    assert sign_in("bo").post("/desk/next/").headers["Location"].startswith(f"/desk/{case}/")


def test_a_claim_is_no_link_and_cannot_be_forged(stage: Stage, ana: Client) -> None:
    case = stage.report().case
    assert ana.get(f"/desk/{case}/claim/take/").status_code == 405
    assert ana.post(f"/desk/{case}/claim/no-such/").status_code == 404
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(Account.objects.get(name="ana"))
    for path in ("/desk/next/", f"/desk/{case}/claim/take/", f"/desk/{case}/keep/"):
        assert forger.post(path).status_code == 403
    assert TriageRow.objects.get(id=case).claimed_by is None


@pytest.mark.parametrize("queue", ["priority", "received", "mine"])
def test_the_queue_is_sent_anew_only_when_it_changed(stage: Stage, ana: Client, queue: str) -> None:
    opened: Any = ana.get(f"/desk/?queue={queue}")
    again = f"{opened.context['live_url']}&version={opened.context['version']}"
    assert ana.get(again).status_code == 204
    case = stage.report().case
    if queue == "mine":
        ana.post("/desk/next/")
    changed = ana.get(again)
    assert changed.status_code == 200
    assert case in changed.content.decode()
    assert "<html" not in changed.content.decode()
