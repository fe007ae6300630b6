"""Invariant 3 for mailboxes: respondents, group owners and strangers see no trace of one."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse
from tests.parts.api.test_who_may import operations
from tests.stories.reporters_names import Identity, identity_of
from tests.stories.stage import Stage, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.mailbox.model import mailbox_id
from gongdao.web import urls as pages
from gongdao.web.public import urls as public

CONTACT = "zhang.san@example.org"
STATEMENT = "他在我的评论下面骂人，已经三天了。"
SUBJECT = "post-81"
OTHERS = {
    "li.lei@mail.example": "我也看到了，他连续三天在评论区骂人。",
    "han.meimei@example.net": "同一个人还骂了我的朋友，求处理。",
}
"""Two more who report the same, each with an address and a statement of their own."""
QUESTION, REPLY = "请问这条评论是哪一天发的？", "是十一月二日晚上九点左右。"
REASON = "举报人说被举报人今晚要来找他，需要马上联系到他本人。"
TRACES = ("message_to_reporter", "identity_shown", "写了一条消息", "查看了您的身份", "信箱")

PUBLIC = ("rules", "pieces")
"""Pages that are the same for everybody; their words are the packs' own."""


@cache
def described() -> list[tuple[str, str]]:
    """Method and path of everything in the API; describing it takes a while."""
    return list(operations().values())


def everywhere(ids: dict[str, str]) -> Iterator[str]:
    """The address of every page and of everything that the API reads, with these names in it."""
    for pattern in (*public.urlpatterns, *pages.urlpatterns):
        if isinstance(pattern, URLPattern) and not str(pattern.name).startswith(PUBLIC):
            wanted = {name: ids.get(name, "none") for name in pattern.pattern.converters}
            try:
                yield reverse(pattern.name, kwargs=wanted)
            except NoReverseMatch:
                others = {"version": "1", **pattern.default_args}
                fitting = {name: others.get(name, wanted[name]) for name in wanted}
                yield reverse(pattern.name, kwargs={**fitting, **pattern.default_args})
    for verb, path in described():
        if verb == "get" and "/packs" not in path:  # the rules are everybody's, notices included
            yield path.format_map(defaultdict(lambda: "none", ids))


def read(client: Client, ids: dict[str, str], languages: tuple[str, ...]) -> dict[str, str]:
    """What stands at each address that is there for this visitor."""
    found = {}
    for address in everywhere(ids):
        for language in languages:
            answer = client.get(address, headers={"accept-language": language})
            whole = b"".join(answer) if answer.streaming else answer.content
            text = unescape(whole.decode(errors="replace"))
            found[f"{address} {language}"] = text.replace("\\/", "/")
    return found


def joined_by_others(stage: Stage, case: CaseId) -> list[str]:
    """Let others report the same; what would give them away."""
    marks: list[str] = []
    for contact, said in OTHERS.items():
        each = stage.report(contact=contact, statement=said, group="g-1", subject_ref=SUBJECT)
        assert each.case == case
        names = (contact, contact.partition("@")[0])
        marks += identity_of(stage, each, said, names).marks
    return marks


def busy_case(stage: Stage) -> tuple[dict[str, str], Identity]:
    """A case in which both sides wrote, somebody looked, and everything else happened, too."""
    ana, sue = stage.hire("ana", Role.REVIEWER), stage.hire("sue", Role.SENIOR_REVIEWER)
    app_ = Caller(None, frozenset({Role.APP}))
    group = stage.app.owning.name("g-1", ("group owner",), "周末跑步群", 80, app_)
    receipt = stage.report(contact=CONTACT, statement=STATEMENT, group="g-1", subject_ref=SUBJECT)
    of_others = joined_by_others(stage, receipt.case)
    reporter = stage.app.files.by_code(receipt.code)[1]
    respondent = stage.case(receipt.case).respondent
    assert reporter.person is not None
    assert respondent is not None
    stage.app.mailing.write(receipt.case, QUESTION, ana)
    stage.app.mailing.write(receipt.case, REPLY, reporter)
    stage.app.unmask.show(receipt.case, 1, "danger_to_life", REASON, sue)
    stage.tick(hours=24)
    (task,) = stage.app.owning.tasks(group.id, stage.account("group owner"))
    stage.app.investigating.accept(receipt.case, "内容清楚，予以受理并调查。", ana)
    stage.app.investigating.request_answer(receipt.case, "请您说明当时的情况。", ana)
    stage.app.investigating.answer(receipt.case, "当时是在引用别人的话。", stage.account("li_si"))
    decision = stage.app.deciding.decide(receipt.case, violation(), ana)
    appeal = stage.appealed(decision)
    names = (CONTACT, "zhang.san", QUESTION, REPLY, REASON, *TRACES)
    box = mailbox_id(receipt.case, reporter.person)
    identity = identity_of(stage, receipt, STATEMENT, (*names, box, *of_others))
    (notice, *_) = [n for n in stage.notices(receipt.case) if n.to == respondent]
    ids = {
        "case": receipt.case, "case_id": receipt.case, "decision": decision, "appeal": appeal,
        "code": stage.records.codes.issue(receipt.case, respondent), "notice_id": notice.id,
        "platform": "house", "version": "2026-11-01", "webhook": notice.id, "number": "1",
        "group": group.id, "group_id": group.id, "ref": "g-1", "task": task.ref,
        "step": "appeal", "name": "note", "token": "none", "door": "track",
    }  # fmt: skip
    return ids, identity


@pytest.mark.slow
def test_no_page_and_no_answer_shows_a_trace_of_a_mailbox(postgres: Stage) -> None:
    ids, identity = busy_case(postgres)
    visitors = {"with the code": Client(headers={"X-Case-Code": ids["code"]})}
    accounts = get_user_model().objects
    for name in ("li_si", "group owner"):
        client, person = Client(), postgres.account(name).person
        email = f"{name.replace(' ', '.')}@example.org"
        client.force_login(accounts.create_user(email, name=name, party_id=person))
        visitors[name] = client

    for who, client in visitors.items():
        known = ids if who != "group owner" else {**ids, "code": "0000-0000"}
        found = read(client, known, ("en",) if who == "li_si" else ("zh-hans",))
        assert len(found) > 25
        assert [(who, at) for at, text in found.items() if identity.found_in(text)] == []
        mine = "周末跑步群" if who == "group owner" else "post-81"
        assert any(mine in text for text in found.values())
        for address in (
            f"/track/{ids['code']}/messages/",
            f"/mine/{ids['case']}/messages/",
            f"/desk/{ids['case']}/mailbox/",
            f"/desk/{ids['case']}/identity/",
            f"/api/v1/cases/{ids['case']}/messages",
            f"/api/v1/receipts/{ids['code']}/messages",
            f"/api/v1/cases/{ids['case']}/reporters/1/unmask",
        ):
            look = {"ground": "danger_to_life", "reason": REASON}
            sent = look if address.endswith("unmask") else {"text": REPLY}
            answer = client.post(address, sent, content_type="application/json")
            # Whoever tried many wrong codes is told to wait, whatever the next one is.
            assert answer.status_code in {302, 404, 429}, (who, address)
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith("/accounts/login/")
    (box,) = postgres.records.mailboxes.of_case(CaseId(ids["case"]), 9)
    assert len(box.now.messages) == 2


def test_a_trace_would_be_seen(postgres: Stage) -> None:
    ids, identity = busy_case(postgres)
    client = Client()
    client.force_login(get_user_model().objects.get(name="ana"))
    found = read(client, ids, ("zh-hans",))
    assert any(identity.found_in(text) for text in found.values())
