"""Every route against everybody: what is not theirs is not found, though it is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests.stories.http_teller import API, HttpTeller, Program, hired

from gongdao.api import door
from gongdao.api.urls import api
from gongdao.bootstrap import app, webhooks
from gongdao.bootstrap.journaling import journals
from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.journal_rules import Note
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import OwnerTaskRow

pytestmark = pytest.mark.django_db

TEXT = "这是一段足够长的理由，请看一看。"
STAFF = frozenset({"reviewer", "auditor", "operator"})
JOURNAL = STAFF | {"keeper"}
"""Whoever is signed in has a journal of their own, and finds no other."""
NOBODY: frozenset[str] = frozenset()
MAY: Mapping[str, frozenset[str]] = {
    "list_cases": STAFF,
    "read_case": STAFF,
    "file_reports": frozenset({"app"}),
    "list_alike": STAFF,
    "compare_case": frozenset({"reviewer"}),
    "accept_case": frozenset({"reviewer"}),
    "request_answer": frozenset({"reviewer"}),
    "answer_case": NOBODY,
    "rectify_case": NOBODY,
    "add_note": frozenset({"reviewer"}),
    "pause_case": frozenset({"reviewer"}),
    "resume_case": frozenset({"reviewer"}),
    "impose_interim_measure": frozenset({"reviewer"}),
    "lift_interim_measure": frozenset({"reviewer"}),
    "decide_case": frozenset({"reviewer"}),
    "hand_in_evidence": frozenset({"reviewer", "app"}),
    "list_evidence": STAFF,
    "read_exhibit": STAFF,
    "make_packet": STAFF,
    "list_packets": STAFF,
    "give_exhibit_record": STAFF,
    "check_exhibit": frozenset({"reviewer"}),
    "read_findings": STAFF,
    "compare_exhibits": NOBODY,
    "read_evidence_chain": STAFF,
    "explain_exhibit": frozenset({"reviewer"}),
    "take_original": STAFF,
    "hide_in_text": frozenset({"reviewer"}),
    "release_exhibit": frozenset({"reviewer"}),
    "read_messages": STAFF,
    "write_message": frozenset({"reviewer"}),
    "judge_rights_notice": frozenset({"reviewer"}),
    "unmask_reporter": frozenset({"operator"}),
    "list_unmaskings": frozenset({"auditor"}),
    "read_decision": STAFF,
    "file_appeal": NOBODY,
    "weigh_appeal": NOBODY,
    "read_forecast": STAFF,
    "read_appeal": STAFF,
    "end_appeal": frozenset({"reviewer"}),
    "list_materials": NOBODY,
    "read_appeal_draft": NOBODY,
    "keep_appeal_draft": NOBODY,
    "bring_material": NOBODY,
    "name_holder": NOBODY,
    "read_appeal_materials": STAFF,
    "next_appeal": frozenset({"reviewer"}),
    "read_hearing": STAFF,
    "write_opinion": frozenset({"reviewer"}),
    "note_appeal": frozenset({"reviewer"}),
    "list_appeal_questions": STAFF,
    "ask_appellant": frozenset({"reviewer"}),
    "answer_appeal_question": NOBODY,
    "list_appeal_colleagues": frozenset({"reviewer"}),
    "ask_second_opinion": frozenset({"reviewer"}),
    "confirm_outcome": frozenset({"reviewer"}),
    "list_profiles": frozenset({"auditor", "operator"}),
    "mark_profile": frozenset({"operator"}),
    "list_ways_back": STAFF,
    "read_way_back": NOBODY,
    "begin_exam": NOBODY,
    "answer_exam": NOBODY,
    "sign_pledge": NOBODY,
    "give_pledge_record": NOBODY,
    "hand_in_proof": NOBODY,
    "list_proofs_to_check": STAFF,
    "check_proof": frozenset({"reviewer"}),
    "list_notices": STAFF | {"stranger", "app", "keeper"},
    "list_webhooks": frozenset({"auditor", "operator"}),
    "add_webhook": frozenset({"operator"}),
    "list_webhook_sendings": frozenset({"auditor", "operator"}),
    "replay_webhooks": frozenset({"operator"}),
    "rotate_webhook": frozenset({"operator"}),
    "remove_webhook": frozenset({"operator"}),
    "name_group": frozenset({"app"}),
    "read_group": STAFF | {"app"},
    "list_my_groups": STAFF | {"stranger", "keeper"},
    "list_owner_tasks": NOBODY,
    "act_as_owner": NOBODY,
    "set_group_tools": NOBODY,
    "read_duty": STAFF,
    "next_case": frozenset({"reviewer"}),
    "read_priority": STAFF,
    "list_colleagues": frozenset({"reviewer"}),
    "claim_case": frozenset({"reviewer"}),
    "tell_spread": frozenset({"app", "operator"}),
    "read_report_link_key": frozenset({"app"}),
    "list_sanctions": frozenset({"app", "auditor", "operator"}),
    "list_journal": JOURNAL,
    "write_journal": JOURNAL,
    "import_journal": JOURNAL,
    "export_journal": JOURNAL,
    "read_journal_entry": NOBODY,
    "prove_journal_entry": NOBODY,
    "strike_journal_entry": NOBODY,
    "bring_journal_entry": NOBODY,
    "read_my_proofs": NOBODY,
    "review_proofs": STAFF,
    "invite_friend": NOBODY,
    "withdraw_invitation": NOBODY,
    "vouch_for_friend": NOBODY,
    "take_call": NOBODY,
    "read_call": NOBODY,
    "write_call": NOBODY,
    "read_call_back": NOBODY,
    "confirm_call": NOBODY,
    "list_papers": STAFF,
    "print_paper": NOBODY,
    **dict.fromkeys(("apply_as_firm", "my_firm", "contest_loss", "enter_complaint"), JOURNAL),
    **dict.fromkeys(("my_complaints", "make_calendar", "revoke_calendar"), JOURNAL),
    **dict.fromkeys(("tick_off_duty", "decide_on_firm"), NOBODY),
    "duty_board": STAFF,
}
"""Who, of people without a part in the case, gets anything but `not found`."""
PUBLIC = {
    "file_report", "read_receipt", "withdraw_report",
    "ask_review", "list_packs", "compare_packs",
    "read_pack", "list_keys", "list_report_guidance",
    "read_report_guidance", "read_my_messages", "write_to_reviewers",
    "read_log", "prove_inclusion", "prove_receipt",
    "prove_consistency", "cosign_checkpoint", "list_my_evidence",
    "hand_in_my_evidence", "list_timestamps", "read_my_evidence_chain",
    "lint_statement", "make_my_packet", "give_my_exhibit_record",
    "read_invitation", "list_ways",
    "give_rights_notice", "read_rights_notice", "give_counter_notice", "act_on_rights_notice",
    "list_rights_register", "lane_cost",
}  # fmt: skip
"""Open to anybody; some of them to whoever holds the code in their address."""


@dataclass(frozen=True, slots=True)
class House:
    """A case under appeal, and people who have no part in it."""

    ids: Mapping[str, str]
    people: Mapping[str, Client]


def house() -> House:
    teller = HttpTeller()
    for turn in (teller.report, teller.accept, teller.decide, teller.appeal):
        turn()
    other = Program().post("/reports", **OTHER)
    people: dict[str, Callable[[], Program]] = {
        "nobody": Program,
        "stranger": lambda: Program(**{"X-Case-Code": other["receipt"]}),
        "app": lambda: teller.app,
        "reviewer": lambda: teller.ana,
        "auditor": lambda: hired("ou", Role.AUDITOR)[1],
        "operator": lambda: hired("op", Role.OPERATOR)[1],
        "keeper": lambda: hired("pk", Role.POLICY_KEEPER)[1],
    }
    operator = Caller(None, frozenset({Role.OPERATOR}))
    ids = {
        "webhook": webhooks().add("https://app.example.org/told", operator).target,
        "number": "1",
        "entry": of_a_journal(),
        **dict.fromkeys(("call", "invitation", "code"), ABSENT),
        **dict.fromkeys(("firm", "complaint", "duty"), ABSENT),
        "paper": "complaint_121",
        "interim": teller.receipt["report"],
        "material": "account_of_use",
        **dict.fromkeys(("sanction", "way_back", "step"), teller.receipt["report"]),
        "case": teller.receipt["case"],
        "rights_notice": "00000000-0000-7000-8000-000000000000",
        "decision": teller.decision,
        "appeal": teller.appealed,
        **dict.fromkeys(("exhibit", "other"), of_an_exhibit(teller)),
        **of_a_group(teller),
    }
    return House(ids, {name: make().client for name, make in people.items()})


def of_a_journal() -> str:
    """An entry of somebody who is not here."""
    owner = Caller(app().records.parties.by_account("wang_wu"))
    return journals().enter(Note("", "", "一次备份。"), [], owner)


def of_a_group(teller: HttpTeller) -> dict[str, str]:
    """A group of somebody who is not here, and a task in it."""
    body = {"owners": ["wang_wu"], "name": "跑步群", "members": 80}
    made = teller.app.client.post(f"{API}/groups/g-1", body, content_type="application/json")
    there = {"kind": "content", "ref": "post-6", "snapshot": "话。", "account": "li_si"}
    teller.app.post("/reports", **{**OTHER, "subject": there, "group": "g-1"})
    task = OwnerTaskRow.objects.get()
    return {"ref": "g-1", "group": made.json()["id"], "task": task.ref}


def of_an_exhibit(teller: HttpTeller) -> str:
    """A file that a reviewer added to the case."""
    token = app().uploading.send_whole("a.txt", 5, [b"words"], None, None)
    case = f"{API}/cases/{teller.receipt['case']}/evidence"
    body = {"uploads": [token]}
    added = teller.ana.client.post(case, body, content_type="application/json").json()
    return str(added["exhibits"][0])


ABSENT = "00000000-0000-7000-8000-000000000000"
OTHER = {
    "subject": {"kind": "content", "ref": "post-5", "snapshot": "别的话。"},
    "category": "abuse",
    "statement": "另一件事，请看一看。",
}


WAYS_BACK: Mapping[str, dict[str, Any]] = {
    "answer_exam": {"answers": {}},
    "sign_pledge": {"name": "李四"},
    "tick_off_duty": {"proof": TEXT},
    "decide_on_firm": {"accept": True, "reasons": TEXT},
    "hand_in_proof": {"said": TEXT},
    "write_message": {"text": " "},
}


def operations() -> dict[str, tuple[str, str]]:
    paths = api.get_openapi_schema()["paths"]
    return {
        of["operationId"]: (verb, path)
        for path, verbs in paths.items()
        for verb, of in verbs.items()
    }


SMALL: Mapping[str, dict[str, Any]] = {
    "hide_in_text": {"lines": [-1]},
    "write_message": {"text": " "},
    "name_holder": {"holder": "firm"},
    "invite_friend": {"name": "小李"},
    "act_as_owner": {"action": "warned"},
}
"""Bodies of one line."""


def body_for(operation: str, ids: Mapping[str, str]) -> dict[str, Any]:
    """Of steps that would do something, a body that is refused for what it says."""
    if operation == "hand_in_evidence":
        return {"uploads": []}
    if operation == "explain_exhibit":
        return {"proves": [], "happened": [{"step": "paid", "day": "2999-01-01"}]}
    if operation in {"strike_journal_entry", "bring_journal_entry"}:
        return {"reason": TEXT} if operation.startswith("strike") else {"case": ids["case"]}
    if operation in WAYS_BACK:
        return WAYS_BACK[operation]
    if operation in SMALL:
        return SMALL[operation]
    if operation == "name_group":
        return {"owners": ["wang_wu"], "name": "跑步群", "members": 80}
    if operation == "keep_appeal_draft":
        return {"version": 0, "texts": {}}
    if operation == "set_group_tools":
        return {"words": [], "questions": [], "slow_seconds": 0}
    if operation in {"answer_case", "rectify_case", "answer_appeal_question"}:
        return {"reasons": TEXT}
    if operation in {"take_call", "confirm_call"}:
        return {"code": "7K3M-AAAA-BBBB"}
    if operation == "write_call":
        return {"facts": TEXT, "acknowledge": "", "change": ""}
    if operation == "read_call_back":
        return {"right": []}
    if operation == "rotate_webhook":
        return {"overlap_hours": -1}
    return {"decision": ids["decision"], "grounds": TEXT} if operation == "file_appeal" else {}


def test_every_route_has_a_door_and_a_line_in_the_table() -> None:
    doors = dict(api.doors())

    assert set(doors) == set(MAY) | PUBLIC
    assert {name for name, each in doors.items() if each is door.ANYBODY} == PUBLIC


def test_what_is_not_theirs_is_not_found() -> None:
    the_house, found = house(), operations()
    let_in: dict[str, set[str]] = {name: set() for name in MAY}
    for operation in MAY:
        verb, path = found[operation]
        address = path.format(**the_house.ids)
        query = "?account=li_si" if operation == "list_sanctions" else ""
        for name, client in the_house.people.items():
            answer = getattr(client, verb)(
                f"{address}{query}",
                body_for(operation, the_house.ids) if verb in {"post", "put"} else {},
                content_type="application/json",
            )
            assert answer.status_code in {200, 201, 400, 404, 422}, (
                operation,
                name,
                answer.content,
            )
            if answer.status_code != 404:
                let_in[operation].add(name)

    assert let_in == {name: set(who) for name, who in MAY.items()}


def test_the_app_reads_for_accounts_and_nobody_else_does() -> None:
    the_house = house()
    asked = f"{API}/notices?account=li_si"

    answers = {name: client.get(asked).status_code for name, client in the_house.people.items()}

    assert answers == {name: 200 if name == "app" else 404 for name in the_house.people}


def test_an_account_that_nobody_knows_has_no_notices_and_no_sanctions() -> None:
    app = house().people["app"]

    for place in ("notices", "sanctions"):
        assert app.get(f"{API}/{place}?account=nobody_at_all").json() == []


def test_a_stranger_learns_nothing_from_how_a_body_is_refused() -> None:
    the_house = house()
    there = f"{API}/cases/{the_house.ids['case']}/acceptance"
    absent = f"{API}/cases/00000000-0000-7000-8000-999999999999/acceptance"
    bodies: list[Any] = [b"{", b"\xff", {}, {"reasons": TEXT}]

    said = [
        the_house.people[name].post(address, body, content_type="application/json")
        for name in ("nobody", "stranger", "app", "auditor")
        for address in (there, absent)
        for body in bodies
    ]

    assert {answer.content for answer in said} == {said[0].content}
    assert said[0].status_code == 404


def test_ids_of_other_things_are_not_found() -> None:
    the_house = house()
    reviewer = the_house.people["reviewer"]
    for place in ("cases", "decisions", "appeals"):
        for name, value in the_house.ids.items():
            status = reviewer.get(f"{API}/{place}/{value}").status_code
            assert status == (200 if place == f"{name}s" else 404)
