"""Invariants 3 and 10: who reads what, and what is not allowed is not found."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from http import HTTPStatus

import pytest
from django.test import Client
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.stories.reporters_names import (
    ACCOUNTS,
    CONTACTS,
    STATEMENTS,
    Identity,
    identity_of,
    names_of,
    respondent_reads,
)
from tests.stories.stage import (
    GROUNDS,
    REASONS,
    Stage,
    no_violation,
    refused,
    stage_on_fakes,
    violation,
)

from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.decisions.model import Measure
from gongdao.domain.flows.inbox import Inbox
from gongdao.domain.flows.lists import QueueName
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId, NoticeId
from gongdao.domain.policy.model import Penalty, Scope

CONTACT = "zhang.san@example.org"
WARNING = Measure(Penalty.WARNING, Scope.CONTENT)
ABSENT = "00000000-0000-7000-8000-999999999999"


@dataclass(frozen=True, slots=True)
class Ids:
    """A case with its decision and its appeal."""

    case: CaseId
    decision: DecisionId
    appeal: AppealId


# --- 3: nothing shown to a respondent gives the reporter away -----------------------------------


def played(
    stage: Stage, contact: str | None, account: str | None, statement: str, ending: str
) -> tuple[Ids, Identity]:
    """A case of li_si in which everything happened, and what they must not read in it."""
    ana, bo = stage.hire("a", Role.REVIEWER), stage.hire("b", Role.REVIEWER)
    names = names_of(contact, account)
    quoted = "，".join(names) or "没有名字"
    reporter = stage.account(account) if account else NOBODY
    receipt = stage.accepted(
        ana,
        reporter,
        contact=contact,
        statement=statement,
        snapshot=f"大家看：{quoted}！就是{quoted}，这个废物（{quoted.upper()}）",
        subject_ref=f"post-81 /{quoted}/",
    )
    li_si = stage.account("li_si")
    stage.app.investigating.request_answer(receipt.case, "请说明您为什么这样说。", ana)
    talk_over(stage, receipt, li_si)
    stage.app.investigating.answer(receipt.case, GROUNDS, li_si)
    decision = stage.app.deciding.decide(receipt.case, violation(), ana)
    appeal = stage.appealed(decision)
    if ending == "overturned":
        stage.app.reviewing.overturn(appeal, REASONS, bo)
    elif ending == "upheld":
        stage.app.reviewing.uphold(appeal, REASONS, bo)
    ids = Ids(receipt.case, decision, appeal)
    return ids, identity_of(stage, receipt, statement, names)


def talk_over(stage: Stage, receipt: Receipt, li_si: Caller) -> None:
    """The reporter offers to talk, and both write."""
    stories, reporter = stage.app.disputes, stage.app.files.by_code(receipt.code)[1]
    talk = stories.talks_inside.open(receipt.case, "楼主", "评论区里的那句话", reporter)
    stories.talks_inside.come(stories.talk_door.ours(talk, li_si), "阿四")
    for caller in (reporter, li_si):
        stories.negotiating.say(stories.talk_door.ours(talk, caller), "我们谈谈吧。")


def li_si_reads(stage: Stage, ids: Ids) -> str:
    """All that the respondent reads of a case."""
    return respondent_reads(stage, ids.case, stage.account("li_si"))


@given(
    st.none() | CONTACTS,
    st.none() | ACCOUNTS,
    STATEMENTS,
    st.sampled_from(["upheld", "overturned"]),
)
@settings(deadline=None, max_examples=60)
def test_invariant_3_a_respondent_reads_nothing_of_the_reporter(
    contact: str | None, account: str | None, statement: str, ending: str
) -> None:
    plain = stage_on_fakes()
    neutral, _ = played(plain, None, None, "他在评论里这样骂我，请处理。", ending)
    names = Identity((statement, *names_of(contact, account)))
    assume(not names.found_in(li_si_reads(plain, neutral)))

    stage = stage_on_fakes()
    ids, identity = played(stage, contact, account, statement, ending)
    read = li_si_reads(stage, ids)
    assert "post-81" in read
    assert identity.found_in(read) == []


def test_invariant_3_on_real_records_over_the_api_and_on_the_pages(
    postgres: Stage, client: Client
) -> None:
    words = "他在我的评论下面骂人，已经三天了。"
    ids, identity = played(postgres, CONTACT, "zhang_san", words, "overturned")
    li_si = postgres.account("li_si").person
    assert li_si is not None
    code = postgres.records.codes.issue(ids.case, li_si)
    read = [li_si_reads(postgres, ids)]
    for path in (
        f"/api/v1/cases/{ids.case}",
        f"/api/v1/decisions/{ids.decision}",
        "/api/v1/notices?language=zh-hans",
        "/api/v1/notices?language=en",
    ):
        answer = client.get(path, headers={"X-Case-Code": code})
        assert answer.status_code == HTTPStatus.OK
        read.append(json.dumps(answer.json(), ensure_ascii=False))
    for language in ("zh-hans", "en"):
        page = client.get(f"/appeal/{code}/", headers={"Accept-Language": language}, follow=True)
        assert page.status_code == HTTPStatus.OK
        read.append(unescape(page.content.decode()))
    assert all("▇▇" in text for text in read)
    (talk,) = postgres.app.disputes.talks_inside.of_case(ids.case, postgres.account("li_si"))
    for path in (f"/api/v1/settlements/{talk}", f"/appeal/{code}/talk/{talk}/"):
        answer = client.get(path, headers={"X-Case-Code": code})
        assert answer.status_code == HTTPStatus.OK
        read.append(unescape(answer.content.decode()))
    assert identity.found_in("\n".join(read)) == []


def test_invariant_3_a_leak_would_be_seen(fakes: Stage) -> None:
    ids, identity = played(fakes, CONTACT, None, "他在我的评论下面骂人。", "upheld")
    read = li_si_reads(fakes, ids)
    assert identity.found_in(read) == []
    assert identity.found_in(f"{read} ZHANG.SAN") == ["zhang.san"]
    case = repr(fakes.case(ids.case))
    assert len(identity.found_in(case)) == 2


# --- 10: what is not allowed is not found -------------------------------------------------------


NOWHERE = Ids(CaseId(ABSENT), DecisionId(ABSENT), AppealId(ABSENT))
Call = Callable[[Stage, Ids, Caller], object]

STAFF_CALLS: dict[str, Call] = {
    "accept": lambda s, i, c: s.app.investigating.accept(i.case, REASONS, c),
    "ask": lambda s, i, c: s.app.investigating.request_answer(i.case, REASONS, c),
    "note": lambda s, i, c: s.app.investigating.note(i.case, REASONS, c),
    "pause": lambda s, i, c: s.app.investigating.pause(i.case, "notarisation", c),
    "resume": lambda s, i, c: s.app.investigating.resume(i.case, "notarisation", c),
    "decide": lambda s, i, c: s.app.deciding.decide(i.case, violation(), c),
    "uphold": lambda s, i, c: s.app.reviewing.uphold(i.appeal, REASONS, c),
    "change": lambda s, i, c: s.app.reviewing.change(i.appeal, WARNING, REASONS, c),
    "overturn": lambda s, i, c: s.app.reviewing.overturn(i.appeal, REASONS, c),
}
RESPONDENT_CALLS: dict[str, Call] = {
    "answer": lambda s, i, c: s.app.investigating.answer(i.case, REASONS, c),
    "rectify": lambda s, i, c: s.app.investigating.rectify(i.case, REASONS, c),
}
REPORTER_CALLS: dict[str, Call] = {
    "withdraw": lambda s, i, c: s.app.reporting.withdraw(i.case, "", c),
}
PARTY_CALLS: dict[str, Call] = {
    "open": lambda s, i, c: s.app.files.open(i.case, c),
    "decision": lambda s, i, c: s.app.files.decision_for(i.decision, c),
    "appeal": lambda s, i, c: s.app.appealing.file(i.decision, GROUNDS, c),
}
EVERY_CALL = {**STAFF_CALLS, **RESPONDENT_CALLS, **REPORTER_CALLS, **PARTY_CALLS}


@dataclass(frozen=True, slots=True)
class Town:
    """A case under appeal, and people of every kind around it."""

    stage: Stage
    ids: Ids
    reporter: Caller
    respondent: Caller
    reviewer: Caller
    strangers: tuple[Caller, ...]
    onlookers: tuple[Caller, ...]
    """They work here, and decide nothing."""


def town(stage: Stage) -> Town:
    """Build it."""
    ana = stage.hire("ana", Role.REVIEWER)
    bo = stage.hire("bo", Role.REVIEWER)
    receipt = stage.accepted(ana)
    decision = stage.app.deciding.decide(receipt.case, violation(), ana)
    appeal = stage.appealed(decision)
    another = stage.report(account="wang_wu")
    strangers = (
        NOBODY,
        stage.account("a stranger"),
        stage.account("wang_wu"),
        stage.app.files.by_code(another.code)[1],
        Caller(None, frozenset({Role.APP})),
        stage.hire("pia", Role.POLICY_KEEPER),
    )
    onlookers = (stage.hire("ou", Role.AUDITOR), stage.hire("op", Role.OPERATOR))
    return Town(
        stage,
        Ids(receipt.case, decision, appeal),
        stage.app.files.by_code(receipt.code)[1],
        stage.account("li_si"),
        bo,
        strangers,
        onlookers,
    )


def answer_to(stage: Stage, call: Call, ids: Ids, caller: Caller) -> tuple[str, str]:
    """The code and the words with which somebody is told that there is nothing."""
    with pytest.raises(NotFound) as said:
        call(stage, ids, caller)
    return said.value.code, said.value.hint


def test_invariant_10_what_is_not_allowed_is_not_found(stage: Stage) -> None:
    there = town(stage)
    reporter, respondent, reviewer = there.reporter, there.respondent, there.reviewer
    wrong: list[tuple[dict[str, Call], tuple[Caller, ...]]] = [
        (EVERY_CALL, there.strangers),
        (STAFF_CALLS, (*there.onlookers, reporter, respondent)),
        (RESPONDENT_CALLS, (*there.onlookers, reporter, reviewer)),
        (REPORTER_CALLS, (*there.onlookers, respondent, reviewer)),
    ]
    for calls, callers in wrong:
        for name, call in calls.items():
            for caller in callers:
                said = answer_to(stage, call, there.ids, caller)
                absent = answer_to(stage, call, NOWHERE, caller)
                assert said == absent, name


def test_invariant_10_a_decision_in_favour_is_not_the_respondents_affair(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    decision = stage.decided(ana, no_violation())
    respondent = stage.account("li_si")
    with refused("not_found", NotFound):
        stage.app.files.decision_for(decision, respondent)
    assert stage.app.files.open(stage.case_of(decision).id, respondent).decisions == ()


def test_invariant_10_a_notice_is_read_by_its_own_reader_alone(stage: Stage) -> None:
    there = town(stage)
    inbox = Inbox(stage.records)
    (first, *_) = inbox.of(there.respondent, "zh-hans")
    absent = NoticeId(ABSENT)
    for caller in (*there.strangers, *there.onlookers, there.reporter, there.reviewer):
        said = set()
        for notice in (NoticeId(first.id), absent):
            with pytest.raises(NotFound) as nothing:
                inbox.read(notice, "zh-hans", caller)
            said.add((nothing.value.code, nothing.value.hint))
        assert len(said) == 1
    assert inbox.read(NoticeId(first.id), "en", there.respondent).read_at == stage.clock()


def test_invariant_10_even_a_holder_of_a_code_sees_one_case_only(stage: Stage) -> None:
    there = town(stage)
    another = stage.report()
    person = stage.app.files.by_code(another.code)[1].person
    assert person is not None
    bound = Caller(person, only_case=there.ids.case)
    with refused("not_found", NotFound):
        stage.app.files.open(another.case, bound)


def test_invariant_10_the_desk_is_not_there_for_others(stage: Stage) -> None:
    there = town(stage)
    for caller in (*there.strangers, there.reporter, there.respondent):
        with refused("not_found", NotFound):
            stage.app.desk.queue(caller, QueueName.ALL)
        with refused("not_found", NotFound):
            stage.app.desk.counts(caller)
    for caller in there.onlookers:
        assert len(stage.app.desk.queue(caller, QueueName.ALL).lines) == 2
    assert stage.app.desk.mine(NOBODY) == ([], [])
    mine, about = stage.app.desk.mine(there.respondent)
    assert (mine, [line.id for line in about]) == ([], [there.ids.case])
