"""Somebody of the staff at the desk, signed in, and cases in every stage to look at."""

from django.test import Client
from playwright.sync_api import Page
from tests.browser.conftest import Scheme, Surf
from tests.stories.stage import GROUNDS, REASONS, Stage, no_violation, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.model import Measure
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.model import Penalty, Scope
from gongdao.storage.models import Account

QUESTION = "请说明您为什么在评论里这样说。"


def at_the_desk(
    surf: Surf,
    who: Caller,
    *,
    language: str = "zh-hans",
    width: int = 1280,
    scheme: Scheme = "light",
    script: bool = True,
) -> Page:
    """A window in which one of the staff is signed in."""
    client = Client()
    client.force_login(Account.objects.get(party_id=str(who.person)))
    cookie = client.cookies["sessionid"].value
    return surf(None, language=language, width=width, scheme=scheme, script=script, session=cookie)


def every_stage(house: Stage, ana: Caller, bo: Caller) -> dict[str, str]:
    """A case in each stage, by a word for it; bo hears the appeal that is under review."""
    app, zhang = house.app, house.account("zhang_san")
    found = {"received": str(house.report(account="a1").case)}
    found["investigating"] = str(house.accepted(ana, account="a2").case)
    asked = house.accepted(ana, account="a3").case
    app.investigating.request_answer(asked, QUESTION, ana)
    answered = house.accepted(ana, account="a4").case
    app.investigating.request_answer(answered, QUESTION, ana)
    app.investigating.answer(answered, GROUNDS, house.account("a4"))
    withdrawn = house.report(zhang, account="a5").case
    app.reporting.withdraw(withdrawn, "已经与对方谈妥。", zhang)
    measure = Measure(Penalty.RECTIFICATION, Scope.CONTENT, Span.parse("3wd"))
    to_right = house.decided(ana, violation(measure=measure, departure=REASONS), account="a6")
    refuted = house.decided(ana, no_violation(), account="a7")
    under_review = house.decided(ana, account="a8")
    appeal = house.appealed(under_review, house.account("a8"))
    overturned = house.decided(ana, account="a9")
    wrong = house.appealed(overturned, house.account("a9"))
    app.reviewing.overturn(wrong, REASONS, house.reviewer_of(wrong, ana, bo))
    assert house.reviewer_of(appeal, ana, bo) == bo
    decided = {"rectification": to_right, "no violation": refuted}
    decided |= {"under review": under_review, "overturned": overturned}
    found |= {"asked": str(asked), "answered": str(answered), "withdrawn": str(withdrawn)}
    return found | {word: str(house.decision(d).case) for word, d in decided.items()}
