"""A notice about a right, its judgement, its counter-notice and its line, over the API."""

from typing import Any

import pytest
from django.test import Client
from tests.stories.files_of import PNG
from tests.stories.http_teller import API, Program, hired, with_key
from tests.stories.rights import (
    COUNTER,
    HOLDER,
    HOLDERS_ID,
    HOLDERS_MAIL,
    NOTICE,
    SELLER,
    SELLERS_ID,
    SELLERS_MAIL,
)

from gongdao.bootstrap import api_keys, app
from gongdao.domain.flows.rights_papers import Given
from gongdao.domain.kernel.events import Role

pytestmark = pytest.mark.django_db


def body(paper: Given) -> dict[str, Any]:
    """A paper as the API takes it, with a file that was sent before."""
    who = {"name": paper.name, "number": paper.number, "contact": paper.contact}
    token = app().uploading.send_whole("证书.png", len(PNG), [PNG], None, None)
    said = {"statement": paper.statement, "proofs": paper.proofs, "bona_fide": True}
    return {"identity": who, **said, "uploads": [token]}


def notice() -> dict[str, Any]:
    """The same for a notice."""
    of = {"right": NOTICE.right, "items": list(NOTICE.items), "account": NOTICE.account}
    return {**body(NOTICE), **of}


def test_a_notice_its_judgement_and_its_counter_notice() -> None:
    bare = {**notice(), "proofs": {}}
    refused = Client().post(f"{API}/rights-notices", bare, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "rights_notice.incomplete")
    assert "title_of_right" in refused.json()["hint"]
    assert Program().get("/rights-register") == []

    given = Program().post("/rights-notices", **notice())
    mine = Program().get(f"/rights-notices/{given['code']}")
    assert (mine["stage"], mine["forwarded_at"]) == ("given", None)

    _, ana = hired("ana", Role.REVIEWER)
    judged = {"step": "accept", "measure": "hide", "reasons": "登记证书和对比图齐全。"}
    ana.post(f"/rights-notices/{mine['id']}/judgements", **judged)

    (letter,) = with_key(api_keys().create("app", [Role.APP])).get("/notices?account=lu_shop")
    theirs = f"/rights-notices/{letter['body'].partition('/notice/')[2][:24]}"
    seen = Program().get(theirs)
    assert seen["notice"]["name"] == HOLDER
    assert HOLDERS_ID not in str(seen)
    Program().post(f"{theirs}/counter-notice", **body(COUNTER))
    assert Program().get(theirs)["stage"] == "countered"

    (line,) = Program().get("/rights-register")
    assert (line["number"], line["measure"], line["outcome"]) == (
        given["number"], "hide", "countered",
    )  # fmt: skip
    assert line["counter_notice_on"] is not None
    hidden = (
        HOLDER, HOLDERS_ID, HOLDERS_MAIL, SELLER, SELLERS_ID, SELLERS_MAIL, "lu_shop",
        NOTICE.statement, COUNTER.statement, *NOTICE.items, "证书",
    )  # fmt: skip
    assert [each for each in hidden if each in str(line)] == []
