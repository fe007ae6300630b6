"""Nothing of an organisation is there for anybody else: each address, story and moment."""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, get_type_hints

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fakes.clock import MONDAY
from tests.stories.behind_the_back import everything
from tests.stories.merchants import EXTORTION, colleague, merchant, person, review
from tests.stories.stage import Stage, show_on_pages, stage_on_fakes, stage_on_postgres

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.flagging import Flagged
from gongdao.domain.kernel.errors import GongdaoError, NotFound, Refused
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import DisputeId, OrganisationId
from gongdao.domain.organisations.model import MemberRole, Right

OURS = re.compile(r"/(merchants/|api/v1/(organisations|disputes|settlements))")
GAP = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>([^()]*)\)")
"""A gap of an address that is written as a pattern."""
ABSENT = "01890000-0000-7000-8000-000000000000"
SECRETS = ("青禾茶铺", EXTORTION, "momo_88", "ORDER-2026-77", "先核对物流")
DENIED = {403, 404, 405}
NOT_DONE = {*DENIED, 400, 415, 422}
"""What was sent may have been unreadable before it was asked whose it is."""
STEPS = ("leave", "rename", "role", "remove", "time", "drop", "reopen")
"""What a last `<name>` may be: with any other an address leads nowhere for anybody."""


def addresses(patterns: Any, before: str = "/") -> Iterator[str]:
    """Each address of this program, as it is declared."""
    for each in patterns:
        here = before + str(each.pattern).removeprefix("^").removesuffix("$")
        plain = GROUP.sub(_gap, here).replace("\\.", ".")
        yield from addresses(each.url_patterns, here) if hasattr(each, "url_patterns") else [plain]


def _gap(group: re.Match[str]) -> str:
    """A gap to fill; of a choice the first."""
    return group[2].split("|")[0] if "|" in group[2] else f"<{group[1]}>"


def leading_to(ours: OrganisationId, dispute: DisputeId) -> Iterator[tuple[str, bool]]:
    """Each address of organisations and disputes with our ids in it, and whether it has one."""
    known = {"organisation": ours, "dispute": dispute, "dispute_id": dispute}
    for address in sorted(set(addresses(get_resolver().url_patterns))):
        if OURS.match(address):
            gaps = GAP.findall(address)
            for name in STEPS if "name" in gaps else ("",):
                yield filled(address, {**known, "name": name}), bool(set(gaps) & set(known))


def filled(address: str, known: Mapping[str, str]) -> str:
    """An address with what is known in its gaps, and in each other one an id of nothing."""
    return GAP.sub(lambda gap: known.get(gap[1], ABSENT), address)


def with_a_case(stage: Stage) -> tuple[OrganisationId, DisputeId]:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss, other_side="momo_88", order="ORDER-2026-77")
    stage.app.disputes.teamwork.comment(dispute, "先核对物流，再回复。", boss)
    said = Flagged(reason="extortion", confirmed=True, dispute=dispute)
    stage.app.disputes.flagging.flag(ours, said, boss)
    return ours, dispute


def strangers(stage: Stage) -> dict[str, Caller]:
    """Somebody signed in, a member of another organisation, staff, and one who was a member."""
    staff = stage.hire("ana", Role.REVIEWER, Role.SENIOR_REVIEWER, Role.OPERATOR, Role.AUDITOR)
    return {
        "stranger": stage.account("li_si"),
        "other": merchant(stage, "bie_ren", "别家")[1],
        "staff": staff,
    }


def signed_in(caller: Caller) -> Client:
    client, accounts = Client(), get_user_model().objects
    who = person(caller)
    account = accounts.filter(party_id=who).first() or accounts.create_user(
        f"{who}@example.org", name="somebody", party_id=who
    )
    client.force_login(account)
    return client


def written() -> set[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("select kind, stream::text, version from event")
        return {(kind, stream, version) for kind, stream, version in cursor}


@pytest.mark.django_db
def test_no_address_leads_anybody_else_to_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = stage_on_postgres(MONDAY)
    show_on_pages(stage, monkeypatch)
    ours, dispute = with_a_case(stage)
    clients = {name: signed_in(caller) for name, caller in strangers(stage).items()}
    for client in clients.values():
        client.get("/")  # a sign-in is kept with the first page
    events, asked, wrong = written(), 0, []
    for path, leads in leading_to(ours, dispute):
        for name, client in clients.items():
            answers = [client.get(path)]
            if name == "other" and leads:
                answers.append(client.post(path, {}, content_type="application/json"))
            for answer in answers:
                asked += 1
                text = answer.getvalue().decode(errors="replace")
                denied = answer.status_code in (DENIED if answer is answers[0] else NOT_DONE)
                if any(secret in text for secret in SECRETS) or (leads and not denied):
                    wrong.append((name, path, answer.status_code))
    assert wrong == []
    assert asked > 60
    assert written() - events == set(), "somebody else wrote into our streams"


def asking(story: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The public methods of a story that somebody calls about an organisation or a dispute."""
    for name, method in inspect.getmembers(story, inspect.ismethod):
        hints = {} if name.startswith("_") else get_type_hints(method)
        hints.pop("return", None)
        if Caller in hints.values() and {OrganisationId, DisputeId} & set(hints.values()):
            wanted = inspect.signature(method).parameters
            yield (
                name,
                {
                    each: hints[each]
                    for each, parameter in wanted.items()
                    if parameter.default is inspect.Parameter.empty
                },
            )


def test_no_story_answers_anybody_else() -> None:
    stage = stage_on_fakes()
    ours, dispute = with_a_case(stage)
    plain: dict[Any, Any] = {
        OrganisationId: ours,
        DisputeId: dispute,
        str: "话",
        int: 1,
        bool: True,
    }
    plain |= {bytes: b"", MemberRole: MemberRole.VIEWER, Right: Right.READ}
    answered, not_found = [], set()
    for caller in strangers(stage).values():
        before = everything(stage)
        for each in fields(stage.app.disputes):
            story = getattr(stage.app.disputes, each.name)
            for name, wanted in asking(story):
                given = {
                    k: caller if hint is Caller else plain.get(hint) for k, hint in wanted.items()
                }
                try:
                    getattr(story, name)(**given)
                except NotFound:
                    not_found.add(f"{each.name}.{name}")
                except (GongdaoError, TypeError, AttributeError, ValueError):
                    continue  # what was made up could not even be read
                else:
                    answered.append(f"{each.name}.{name}")
        assert everything(stage) == before
    assert answered == []
    assert {"teamwork.of", "overseeing.audit", "flagging.on_dispute", "disputing.held"} <= not_found
    assert len(not_found) > 15


WHO = ("p0", "p1", "p2")
ACTS = st.tuples(
    st.sampled_from(("join", "role", "remove", "leave")),
    st.sampled_from(WHO),
    st.sampled_from(MemberRole),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ACTS, max_size=7))
def test_at_every_moment_members_alone_have_a_seat(acts: list[tuple[str, str, MemberRole]]) -> None:
    stage = STAGE
    stories, account = stage.app.disputes, f"boss-{next(stage.posts)}"
    ours, boss = merchant(stage, account)
    dispute = review(stage, ours, boss)
    known: dict[str, MemberRole] = {}
    for act, who, role in acts:
        somebody = stage.account(f"{account}-{who}")
        try:
            if act == "join":
                colleague(stage, ours, boss, f"{account}-{who}", role)
                known[who] = role
            elif act == "role":
                stories.joining.change_role(ours, person(somebody), role, boss)
                known[who] = role
            elif act == "remove":
                stories.joining.remove(ours, person(somebody), boss)
                del known[who]
            else:
                stories.joining.leave(ours, somebody)
                del known[who]
        except (Refused, NotFound):
            assert (act == "join") == (who in known)
        for each in WHO:
            caller = stage.account(f"{account}-{each}")
            held = known.get(each)
            for right in Right:
                assert seen(stage, dispute, caller, right) == (
                    "not found" if held is None else right in held.rights
                )


def seen(stage: Stage, dispute: DisputeId, caller: Caller, right: Right) -> bool | str:
    try:
        stage.app.disputes.disputing.held(dispute, caller, right)
    except NotFound:
        return "not found"
    except Refused:
        return False
    return True


STAGE = stage_on_fakes()
