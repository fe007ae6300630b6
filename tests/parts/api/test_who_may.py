"""Every route against everybody: what is not theirs is not found, though it is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests.parts.api.described import described
from tests.parts.api.who_may import FOLLOWING, MAY, PUBLIC, TEXT
from tests.stories.http_teller import API, HttpTeller, Program, hired

from gongdao.api import door
from gongdao.api.urls import api
from gongdao.bootstrap import app, webhooks
from gongdao.bootstrap.journaling import journals
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.evidence.journal_rules import Note
from gongdao.domain.flows.disputing import Told
from gongdao.domain.flows.handing_in import Handed
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import OwnerTaskRow

pytestmark = pytest.mark.django_db


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
        "account": "li_si",
        "entry": of_a_journal(),
        **dict.fromkeys(("call", "invitation", "code"), ABSENT),
        **dict.fromkeys(("organisation", "dispute", "person", "shop", "flag_id", "table"), ABSENT),
        **dict.fromkeys(("lexicon_entry", "robot", "settlement", "session"), ABSENT),
        **dict.fromkeys(("firm", "complaint", "duty", "misuse_file", "about"), ABSENT),
        **dict.fromkeys(("firm", "complaint", "duty", "course", "learner", "standing"), ABSENT),
        "held_post": of_a_held_post(),
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
        **of_an_organisation(),
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


def of_a_held_post() -> str:
    """A text of somebody who is not here, which waits to appear."""
    given = Handed("li_si", "加我微信看福利", "draft-1")
    return app().screening.posts.hand_in(given, Caller(None, frozenset({Role.APP})))


def of_an_organisation() -> dict[str, str]:
    """An organisation of somebody who is not here, and a dispute of it."""
    owner = Caller(app().records.parties.by_account("wang_wu"))
    ours = app().disputes.organising.found("青禾茶铺", owner)
    told = Told(of=DisputeKind.REVIEW, platform="taobao", noticed_at=app().records.clock())
    return {"organisation": ours, "dispute": app().disputes.disputing.open(ours, told, owner)}


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
    paths = described()["paths"]
    return {
        of["operationId"]: (verb, path)
        for path, verbs in paths.items()
        for verb, of in verbs.items()
    }


LONG = "长" * 2001
_DISPUTE = {"kind": "review", "platform": "jd", "noticed_at": "2026-01-04T10:00:00+08:00"}
_TABLE = {"upload": "none", "platform": "jd"}
SMALL: Mapping[str, dict[str, Any]] = {
    "decide_standing_appeal": {"ruled": "upheld", "reasons": TEXT},
    "open_dispute": _DISPUTE,
    "find_facts_in_text": {"kind": "review", "platform": "jd", "text": TEXT},
    "put_dispute_right": {"noticed_at": "2026-01-04T10:00:00+08:00"},
    "note_dispute_time": {"minutes": 1},
    "look_at_dispute_table": _TABLE,
    "import_dispute_table": _TABLE,
    "hide_in_text": {"lines": [-1]},
    "write_message": {"text": " "},
    "name_holder": {"holder": "firm"},
    "invite_friend": {"name": "小李"},
    "act_as_owner": {"action": "warned"},
    "choose_grounds": {"chosen": []},
    "bring_dispute_exhibits": {"uploads": []},
    "bring_dispute_journal_entry": {"entry": ABSENT},
    "say_dispute_days": {"days": []},
    "explain_dispute_exhibit": {"proves": []},
    "keep_dispute_statement": {"text": TEXT},
    "draft_public_reply": {"pattern": "opinion"},
    "look_at_public_reply": {"text": TEXT},
    "record_public_reply": {"text": TEXT},
    "open_settlement": {"subject": TEXT},
    "object_to_measure": {"about": ABSENT, "grounds": TEXT},
    "lift_measure": {"about": ABSENT, "reasons": " "},
    "hear_objection": {"overturned": True, "reasons": TEXT},
    "mark_report": {"mark": "malicious", "reasons": " "},
    "limit_reporter": {"gravity": " ", "intention": TEXT, "reasons": TEXT, "days": 7},
    **{key: {"reasons": " "} for key in ("withdraw_mark", "warn_reporter")},
    "revive_report": {"nothing": "else"},
    "revive_reports_of_reporter": {"nothing": "else"},
    "take_up_my_reports": {"case": ABSENT},
    "offer_case_talk": {"name": "楼主", "subject": TEXT},
    "invite_member": {"role": "agent"},
    "change_member": {"role": None},
    "add_shop": {"platform": "taobao", "name": "店"},
    "edit_held_post": {"text": ""},
    "release_held_post": {"note": LONG},
    "pass_on_held_post": {"opinion": "unsure", "note": LONG},
    "count_course_time": {"opened": "x"},
    "read_course_section": {"opened": "x"},
    "answer_course_exam": {"answers": {}},
    "ask_course_help": {"said": TEXT},
    "allow_course_tries": {"course": "merchants", "said": TEXT},
    "name_certificate": {"name": "李四"},
    "withdraw_certificate": {"reasons": TEXT},
    "flag_buyer": {"reason": "abuse", "confirmed": True},
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
    if operation in FOLLOWING:
        return FOLLOWING[operation]
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
