"""The operator's app is told of measures and decisions: signed, in order, nothing of who told."""

import json
from datetime import timedelta
from itertools import product
from typing import Any

from tests.parts.outgoing.standard_webhooks import verified
from tests.stories.stage import GROUNDS, REASONS, Stage, refused, submission, violation
from tests.stories.webhooks_of import OPERATOR, URL, Told, told

from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.model import Measure
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.kernel.spans import Span
from gongdao.domain.outgoing.model import SendingId, SendingState, TargetId
from gongdao.domain.policy.model import Penalty, Scope

DAY = Measure(Penalty.RESTRICTION, Scope.POSTING, Span.parse("1d"))
SECOND = "https://other.example.org/told"


def restricted(house: Told, by: Caller, **changes: str) -> CaseId:
    """A post is found to break a rule, and its author may not post for a day."""
    ruling = violation(measure=DAY, departure="他一小时内骂了三十个人。")
    return house.stage.decision(house.stage.decided(by, ruling, **changes)).case


def test_the_app_is_told_of_a_decision_and_of_all_that_an_appeal_undid(stage: Stage) -> None:
    house = told(stage)
    stage, (ana, bo) = house.stage, (stage.hire(name, Role.REVIEWER) for name in ("ana", "bo"))
    decision = stage.decided(ana)
    appeal = stage.appealed(decision)
    stage.app.reviewing.overturn(appeal, REASONS, stage.reviewer_of(appeal, ana, bo))

    house.work_off()

    assert house.receiver.types() == [
        "decision.made", "sanction.imposed", "appeal.overturned", "sanction.lifted",
    ]  # fmt: skip
    for _, body in house.receiver.delivered:
        assert body["data"]["subject"] == {"kind": "content", "ref": "post-81", "masked": False}
        assert body["data"]["account"] == "li_si"
    lifted = house.receiver.delivered[-1][1]["data"]["sanction"]
    assert (lifted["penalty"], lifted["state"]) == ("warning", "lifted")


def test_a_measure_that_is_over_is_told_and_so_is_a_milder_one(stage: Stage) -> None:
    house = told(stage)
    stage, (ana, bo) = house.stage, (stage.hire(name, Role.REVIEWER) for name in ("ana", "bo"))
    week = Measure(Penalty.RESTRICTION, Scope.POSTING, Span.parse("7d"))
    ruling = violation(measure=week, departure="他一小时内骂了三十个人。")
    appeal = stage.appealed(stage.decided(ana, ruling))
    stage.app.reviewing.change(appeal, DAY, REASONS, stage.reviewer_of(appeal, ana, bo))
    stage.tick(days=2)

    house.work_off()

    assert house.receiver.types()[2:] == [
        "appeal.changed", "sanction.lifted", "sanction.imposed", "sanction.ended",
    ]  # fmt: skip


def test_no_message_says_who_reported_or_what_anybody_wrote(stage: Stage) -> None:
    house = told(stage)
    stage, ana = house.stage, stage.hire("ana", Role.REVIEWER)
    stage.decided(
        ana,
        caller=stage.account("zhang_san"),
        contact="zhang.san@example.org",
        subject_ref="chat of zhang_san and li_si",
    )
    house.work_off()

    texts = [body for _, _, body in house.receiver.came]
    said = (REASONS, GROUNDS, submission().statement, submission().snapshot)
    person = stage.records.parties.by_account("zhang_san")
    for told_of in ("zhang_san", "zhang.san", "ana", person, *said):
        assert not any(told_of in text for text in texts)
    subject = json.loads(texts[0])["data"]["subject"]
    assert subject == {"kind": "content", "ref": "chat of ▇▇ and li_si", "masked": True}


def test_what_was_refused_is_not_told_and_nothing_is_kept_for_nobody(stage: Stage) -> None:
    house = told(stage)
    ana = house.stage.hire("ana", Role.REVIEWER)
    with refused("decision.ladder_skipped"):
        house.stage.decided(ana, violation(measure=DAY))
    (target,) = house.desk.listed(OPERATOR)
    house.desk.remove(target.id, OPERATOR)
    house.stage.decided(ana)

    house.work_off()

    assert house.receiver.came == []
    assert house.desk.sendings(OPERATOR) == []


def test_on_one_subject_nothing_overtakes(stage: Stage) -> None:
    """Whichever messages fail for good: the others come in order, and other lanes don't wait.

    Each way of failing is played on a post of its own, all of them at once: eight lanes that fail
    in eight ways (one of them in none), and eight to another address that never fails.
    """
    house = told(stage, URL, SECOND)
    ana = house.stage.hire("ana", Role.REVIEWER)
    kinds = ("decision.made", "sanction.imposed", "sanction.ended")
    broken: dict[str, set[str]] = {}
    cases: dict[str, CaseId] = {}
    for number, failing in enumerate(product((True, False), repeat=3)):
        broken[f"post-{number}"] = {
            kind for kind, fails in zip(kinds, failing, strict=True) if fails
        }
        author = f"author-{number}"
        cases[f"post-{number}"] = restricted(
            house, ana, subject_ref=f"post-{number}", account=author
        )
    house.stage.tick(days=2)

    def answer(url: str, body: dict[str, Any]) -> int:
        post = body["data"]["subject"]["ref"]
        return 0 if url == URL and body["type"] in broken[post] else 204

    house.receiver.answer = answer
    house.work_off()

    came = [
        (url, json.loads(body)["data"]["subject"]["ref"], json.loads(body)["type"])
        for url, _, body in house.receiver.came
    ]
    for url, post in product((URL, SECOND), broken):
        lane = [kind for at, ref, kind in came if (at, ref) == (url, post)]
        fails = broken[post] if url == URL else set()
        wanted = [kind for kind in kinds for _ in range(house.attempts if kind in fails else 1)]
        assert lane == wanted, (url, post)
    given_up = house.desk.sendings(OPERATOR, state=SendingState.GIVEN_UP)
    failed = {(sending.case, sending.kind.value) for sending in given_up}
    assert failed == {(cases[post], kind) for post, kinds in broken.items() for kind in kinds}


def test_a_later_message_waits_while_an_earlier_one_is_tried_again(stage: Stage) -> None:
    house = told(stage)
    ana = house.stage.hire("ana", Role.REVIEWER)
    house.receiver.answer = lambda _url, _body: 500
    house.stage.decided(ana)
    house.work_off(rounds=2)
    assert [json.loads(body)["type"] for _, _, body in house.receiver.came] == ["decision.made"] * 2

    house.receiver.answer = lambda _url, _body: 204
    house.work_off(rounds=2)
    assert house.receiver.types() == ["decision.made", "sanction.imposed"]
    first = house.desk.sendings(OPERATOR)[-1]
    assert [(a.status, a.error, a.answer) for a in first.attempts] == [
        (500, "webhook.answered", "thank you"),
        (500, "webhook.answered", "thank you"),
        (204, None, "thank you"),
    ]


def test_a_receiver_that_is_gone_is_asked_once_and_a_redirect_is_not_followed(
    stage: Stage,
) -> None:
    house = told(stage)
    ana = house.stage.hire("ana", Role.REVIEWER)
    house.receiver.answer = lambda _url, body: 410 if body["type"] == "decision.made" else 302
    house.stage.decided(ana)
    house.work_off()

    imposed, made = house.desk.sendings(OPERATOR)
    assert [a.error for a in made.attempts] == ["webhook.gone"]
    assert {a.error for a in imposed.attempts} == {"webhook.redirected"}
    assert len(imposed.attempts) == house.attempts


def test_it_is_signed_and_after_a_rotation_both_secrets_sign_for_a_while(stage: Stage) -> None:
    house = told(stage)
    stage, ana = house.stage, house.stage.hire("ana", Role.REVIEWER)
    (target,) = house.desk.listed(OPERATOR)
    old = house.desk.rotate(target.id, OPERATOR, timedelta(0)).secret
    new = house.desk.rotate(target.id, OPERATOR, timedelta(hours=2)).secret
    stage.decided(ana)
    house.work_off()
    stage.clock.pass_(hours=2)
    restricted(house, ana, subject_ref="post-82")
    house.work_off()

    came = house.receiver.came
    assert [len(headers["webhook-signature"].split()) for _, headers, _ in came] == [2, 2, 1, 1]
    assert all(verified(new, headers, body, stage.clock()) for _, headers, body in came[2:])
    early = stage.clock() - timedelta(hours=2)
    for secret in (old, new):
        assert all(verified(secret, headers, body, early) for _, headers, body in came[:2])
    assert not any(verified(old, headers, body, stage.clock()) for _, headers, body in came[2:])


def test_the_operator_sends_again_what_was_lost_with_the_same_id(stage: Stage) -> None:
    house = told(stage)
    stage, ana = house.stage, house.stage.hire("ana", Role.REVIEWER)
    began = stage.clock()
    stage.decided(ana)
    house.work_off()

    made = house.desk.sendings(OPERATOR)[-1]
    assert house.desk.replay_some(made.id, None, None, OPERATOR) == 1
    house.work_off()
    assert house.desk.replay_some(None, began, made.target, OPERATOR) == 2
    house.work_off()

    types = house.receiver.types()
    assert types == [*["decision.made", "sanction.imposed"], "decision.made", *types[:2]]
    ids = [headers["webhook-id"] for _, headers, _ in house.receiver.came]
    assert len(set(ids)) == 2
    assert len(house.desk.sendings(OPERATOR)[-1].attempts) == 3
    with refused("webhook.replay_what", BadInput):
        house.desk.replay_some(made.id, began, None, OPERATOR)
    with refused("not_found", NotFound):
        house.desk.replay(SendingId("4711"), OPERATOR)


def test_only_the_operator_looks_after_webhooks(stage: Stage) -> None:
    house = told(stage)
    (target,) = house.desk.listed(stage.hire("ou", Role.AUDITOR))
    for other in (stage.hire("ana", Role.REVIEWER), stage.hire("oz", Role.AUDITOR)):
        for attempt in (
            lambda who=other: house.desk.add(URL, who),
            lambda who=other: house.desk.rotate(target.id, who),
            lambda who=other: house.desk.remove(target.id, who),
            lambda who=other: house.desk.replay(SendingId("1"), who),
        ):
            with refused("not_found", NotFound):
                attempt()
    with refused("not_found", NotFound):
        house.desk.sendings(stage.hire("bo", Role.REVIEWER))
    with refused("webhook.bad_overlap", BadInput):
        house.desk.rotate(target.id, OPERATOR, timedelta(days=31))
    with refused("not_found", NotFound):
        house.desk.remove(TargetId("nothing"), OPERATOR)
