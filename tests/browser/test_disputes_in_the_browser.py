"""Disputes on outside platforms, clicked through; halfway each reader changes the language."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Surf
from tests.browser.steps import follow, says
from tests.browser.test_merchant_pages import session_of
from tests.stories.merchants import EXTORTION, merchant, review
from tests.stories.stage import Stage
from tests.stories.talks import NAME, SUBJECT, WORD
from tests.stories.test_chains_of_disputes import brought, not_received
from tests.stories.test_following_disputes import REJECTION
from tests.stories.test_grounds_of_disputes import OPINION
from tests.stories.test_looks import OwnView

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import DisputeKind, Ending, Outcome
from gongdao.domain.disputes.model import Dispute, DisputeStage
from gongdao.domain.kernel.ids import DisputeId, OrganisationId

EITHER = pytest.mark.parametrize("language", ["zh-hans", "en"])
NONE = DisputeId("")
BLOCKED = "您的微信号因诱导分享被限制登录，封禁7天。如有异议可在7日内申诉。"


@dataclass
class AtWork:
    """A merchant at a screen; only the record is read behind it."""

    house: Stage
    page: Page
    ours: OrganisationId
    dispute: DisputeId

    @property
    def now(self) -> Dispute:
        """The dispute, as it stands."""
        return self.house.records.disputes.get(self.dispute).now

    def go(self, place: str = "") -> None:
        """A page of the dispute."""
        self.page.goto(f"/merchants/d/{self.dispute}/{place}")

    def send(self, form: str, **told: str) -> None:
        """Fill in a form and send it off; a name of what is chosen ends with its value."""
        for name, words in told.items():
            self.page.fill(f"{form} [name={name}]", words)
        follow(self.page, f"{form} button[type=submit]")

    def change_language(self) -> None:
        """Read on in the other one."""
        follow(self.page, "header button[name=language]")

    def start(self, kind: str, platform: str, text: str) -> None:
        """From the door of an organisation to a dispute, by pasting what came."""
        page = self.page
        page.goto(f"/merchants/o/{self.ours}/start/")
        for name, value in (("of", kind), ("where", platform), ("how", "paste")):
            page.check(f"[name={name}][value='{value}']")
            follow(page, "main form button[type=submit]")
        self.send("main form", pasted=text)
        follow(page, "main form button[type=submit]")
        (held,) = self.house.records.disputes.of_organisation(self.ours, 2)
        self.dispute = held.now.id

    def choose(self, *grounds: str) -> None:
        """Grounds, of those that the page offers."""
        self.go("grounds/")
        for ground in grounds:
            self.page.check(f"#ground-{ground}")
        follow(self.page, "#choose .actions button:first-child")

    def file(self, template: str, reference: str) -> None:
        """A statement from a template, kept; and that it was filed."""
        self.go("filing/")
        self.page.select_option("#id_template", template)
        follow(self.page, "form[action='#text'] button[type=submit]")
        follow(self.page, "form[action$='#text'] button[type=submit]:visible >> nth=1")
        self.send("#filed form", reference=reference)


def at_work(surf: Surf, house: Stage, ours: OrganisationId, boss: Caller, language: str) -> AtWork:
    """A merchant before a screen."""
    return AtWork(house, surf(None, language=language, session=session_of(boss)), ours, NONE)


@EITHER
def test_extortion_on_taobao_is_won_at_second_appeal(
    surf: Surf, house: Stage, language: str
) -> None:
    me = at_work(surf, house, *merchant(house), language)
    me.start("review", "taobao", EXTORTION)
    me.choose("extortion")
    me.file("review.extortion", "TB-1")
    me.go("follow/")
    me.change_language()
    me.page.check("[name=outcome][value=rejected]")
    me.send("form[action$='/answer/']", words=REJECTION)
    says(me.page, "#reason-title ~ p mark", "凭证不足")
    me.page.check("[name=to][value=second]")
    me.send("form[action$='/further/']", reference="TB-2")
    assert me.now.last is not None
    assert me.now.last.outcome is Outcome.REJECTED, "nothing new was brought"
    me.choose("abuse")
    me.go("follow/")
    me.page.check("[name=to][value=second]")
    me.send("form[action$='/further/']", reference="TB-2")
    me.page.check("[name=outcome][value=upheld]")
    me.send("form[action$='/answer/']", words="评价已屏蔽")
    assert (me.now.stage, me.now.ending) == (DisputeStage.ENDED, Ending.UPHELD)
    assert [each.outcome for each in me.now.filings] == [Outcome.REJECTED, Outcome.UPHELD]


@EITHER
def test_a_subjective_review_is_told_to_reply_instead(
    surf: Surf, house: Stage, language: str
) -> None:
    me = at_work(surf, house, *merchant(house), language)
    me.start("review", "taobao", OPINION)
    me.go("grounds/")
    follow(me.page, "#choose button[name=none]")
    me.change_language()
    says(me.page, "#instead", {"zh-hans": "Reply in public", "en": "公开回复"}[language])
    follow(me.page, "#instead dl a >> nth=0")
    me.send("form:has([name=draft])")
    assert me.page.input_value("[name=text]")
    assert me.now.judged
    assert me.now.is_open


@EITHER
def test_not_received_is_contradicted_by_the_courier_of_jd(
    surf: Surf, house: Stage, language: str
) -> None:
    sight = house.with_(examiner=OwnView())
    dispute, boss = not_received(sight)
    brought(sight, dispute, boss, "track.png")
    ours = sight.records.disputes.get(dispute).now.organisation
    me = at_work(surf, sight, ours, boss, language)
    me.dispute = dispute
    me.go("chain/")
    says(me.page, "main", "根本没收到货", "本人签收")
    me.change_language()
    says(me.page, "main", "根本没收到货", "本人签收")
    me.file("review.not_received", "JD-1")
    assert me.now.stage is DisputeStage.FILED


@EITHER
def test_a_review_of_dianping_on_a_day_the_shop_was_closed(
    surf: Surf, house: Stage, language: str
) -> None:
    ours, boss = merchant(house)
    me = at_work(surf, house, ours, boss, language)
    text = "2月22日晚上去吃的，服务员爱理不理。"
    me.dispute = review(house, ours, boss, "dianping", text=text, shown_on=date(2026, 2, 25))
    me.go("chain/")
    me.page.select_option("#step-1", "closed")
    me.page.fill("#day-1", "2026-02-22")
    follow(me.page, "form:has(#step-1) button[type=submit]")
    me.change_language()
    says(me.page, "main", "2月22日")
    assert me.house.app.disputes.chaining.of(me.dispute, boss).contradictions
    me.file("review.no_visit", "DP-9")
    assert me.now.stage is DisputeStage.FILED


@EITHER
def test_a_wechat_account_blocked_for_inducement_is_filed_with_guidance(
    surf: Surf, house: Stage, language: str
) -> None:
    me = at_work(surf, house, *merchant(house), language)
    me.start("sanction", "wechat", BLOCKED)
    (inducement,) = [
        each.code
        for each in house.records.packs.at(me.now.pack).violations
        if "诱导" in each.title.zh
    ][:1]
    me.choose(inducement)
    me.change_language()
    me.go("filing/")
    says(me.page, "#way-title ~ dl", {"zh-hans": "Handling time", "en": "处理时效"}[language])
    me.send("#filed form", reference="WX-1")
    me.go("follow/")
    expect(me.page.locator(".clock").first).to_be_visible()
    assert me.now.stage is DisputeStage.FILED


@EITHER
def test_a_complaint_is_withdrawn_after_both_sides_settled(
    surf: Surf, house: Stage, language: str
) -> None:
    ours, boss = merchant(house)
    me = at_work(surf, house, ours, boss, language)
    me.dispute = review(house, ours, boss, "wechat", text="包装破了。")
    me.go("talk/")
    me.send("main form", subject=SUBJECT)
    code = me.page.inner_text("main code")
    other = AtWork(house, surf(f"/talk/{code}/", language="en"), ours, NONE)
    other.send("main form", name=NAME, word=WORD)
    me.go("talk/")
    me.page.select_option("[name=kind_1]", "replacement")
    me.send("form:has([name=kind_1])", text_1="三天内补发一盒。", signed="王掌柜")
    me.change_language()
    other.page.reload()
    other.send("form:has([value=accept])", signed=NAME)
    me.go("talk/")
    me.send("form:has([value=perform])", proof="快递单。")
    other.page.reload()
    other.send("form:has([value=confirm])")
    me.go("talk/")
    me.page.select_option("[name=withdrawn_by]", "complainant")
    me.send("form:has([value=close])")
    assert me.now.ending is Ending.WITHDRAWN


@EITHER
def test_a_window_about_to_lapse_stands_first_on_the_board(
    surf: Surf, house: Stage, language: str
) -> None:
    ours, boss = merchant(house)
    me = at_work(surf, house, ours, boss, language)
    review(house, ours, boss, "jd")
    me.dispute = review(
        house, ours, boss, "wechat", of=DisputeKind.SANCTION,
        noticed_at=house.clock() - timedelta(days=6, hours=22),
    )  # fmt: skip
    house.tick()
    for _ in range(2):
        me.page.goto(f"/merchants/o/{ours}/")
        first = me.page.locator(".cards a[data-line]").first
        expect(first).to_have_attribute("href", f"/merchants/d/{me.dispute}/follow/")
        expect(me.page.locator(".cards .clock")).to_have_count(1)
        me.change_language()
