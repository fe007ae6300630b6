"""The main job once more, clicked through in a real browser, in both languages."""

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect
from tests.browser.conftest import Surf
from tests.browser.desks import at_the_desk
from tests.browser.steps import follow, says
from tests.browser.test_public_report import fill_in, sent
from tests.stories.stage import GROUNDS, INSULT, REASONS, Stage
from tests.stories.test_the_story import DomainTeller, seen
from tests.stories.the_story import Seen, the_story

from gongdao import bootstrap
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.casefile import CaseView
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.intake.receipt import SignedReceipt

CIVIL_CODE = {"zh-hans": "民法典", "en": "Civil Code, article 1024"}
UNDONE = "The violation no longer counts, and the record says that it was overturned."
RESTORED = {
    "reporter": "The decision was overturned on appeal, and its measure undone.",
    "respondent": "Everything that it did has been undone. It does not count against you.",
}


class BrowserTeller(DomainTeller):
    """Everybody sits at a screen; only the record is read behind it."""

    def __init__(self, stage: Stage, surf: Surf, language: str) -> None:
        super().__init__(stage)
        self.surf, self.language = surf, language
        self.visitor = surf("/", language=language)
        self.desks = {
            who.person: at_the_desk(surf, who, language=language) for who in (self.ana, self.bo)
        }

    def report(self) -> None:
        page = self.visitor
        page.goto("/report/")
        fill_in(page)
        code = sent(page)
        view, _ = self.stage.app.files.by_code(code)
        (report,) = view.reports
        assert report.leaf is not None
        says(page, ".receipt", report.leaf)
        signed = self._downloaded()
        assert (signed.receipt, signed.leaf) == (code, report.leaf)
        self.receipt = Receipt(code, signed.report, view.id, report.leaf, signed)

    def _downloaded(self) -> SignedReceipt:
        """The signed receipt, as a visitor gets it from the page and checks it offline."""
        with self.visitor.expect_download() as download:
            self.visitor.click('.receipt a[href$="receipt.json"]')
        return bootstrap.verify_receipt(download.value.path().read_bytes(), None)

    def accept(self) -> None:
        page = self._open(self.ana, "received")
        follow(page, "#step-accept button[type=submit]")
        self._says(page, "The report is taken up. The clock for the decision runs.")

    def ask(self) -> None:
        page = self._open(self.ana, "investigating")
        page.click("#step-request_answer > summary")
        page.fill("#request_answer_reasons", "请说明您为什么在评论里这样说。")
        follow(page, "#step-request_answer button[type=submit]")
        self._says(page, "You can decide as soon as the answer is here or its time is over.")

    def answer(self) -> None:
        page = self.visitor
        page.goto(f"/answer/{self._code_of_the_notice()}/")
        page.fill("#id_text", GROUNDS)
        follow(page, "main form button[type=submit]")

    def decide(self) -> None:
        page = self._open(self.ana, "investigating")
        says(page, "#case", GROUNDS)
        page.check("#step-decide [name=outcome][value=violation]")
        expect(page.locator("#beside .clause")).to_have_id(f"clause-{INSULT}")
        page.fill("#decide_findings", "被举报人在评论区对楼主写了这句话。")
        page.fill("#decide_reasons", REASONS)
        follow(page, "#step-decide .actions button[type=submit]")
        says(page, ".letter", CIVIL_CODE[self.language])
        follow(page, "[data-issue]")
        self._says(page, "The case is decided, and everybody concerned is told.")
        decision = self.stage.case(self.case).decision
        assert decision is not None
        self.decision = decision

    def appeal(self) -> None:
        page = self.visitor
        page.goto("/appeal/")
        page.fill("#code", self._code_of_the_letter())
        follow(page, "main form button[type=submit]")
        follow(page, ".answer-actions a")
        follow(page, "a[href$='at-once/']")
        page.fill("#id_text", GROUNDS)
        follow(page, "main form button[type=submit]")
        open_appeal = self.stage.case(self.case).open_appeal
        assert open_appeal is not None
        self.appealed = open_appeal

    def overturn(self) -> None:
        reviewer = self.stage.reviewer_of(self.appealed, self.ana, self.bo)
        page = self._open(reviewer, "appeals")
        says(page, "#case", GROUNDS)
        expect(page.locator("#case .letter").first).to_be_visible()
        page.check("#step-opinion [name=leaning][value=overturn]")
        page.fill("#opinion_reasons", REASONS)
        follow(page, "#step-opinion .actions button[type=submit]")
        page.check("#step-hear_appeal [name=ending][value=overturn]")
        page.fill("#hear_appeal_reasons", REASONS)
        follow(page, "#step-hear_appeal .actions button[type=submit]")
        self._says(
            page, "The violation no longer counts, and the record says that it was overturned."
        )
        follow(page, "[data-issue]")
        self._says(page, "The appeal is decided, and both sides are told.")

    def reporter_sees(self) -> Seen:
        view, _ = self.stage.app.files.by_code(self.receipt.code)
        self._shows(view, f"/track/{self.receipt.code}/", "reporter")
        return seen(view)

    def respondent_sees(self) -> Seen:
        code = self._code_of_the_notice()
        view, _ = self.stage.app.files.by_code(code)
        self._shows(view, f"/appeal/{code}/", "respondent")
        if view.decision is not None:
            expect(self.visitor.locator(".letter").first).to_contain_text(CIVIL_CODE[self.language])
        return seen(view)

    def _shows(self, view: CaseView, path: str, side: str) -> None:
        """The page offers just what can be done, and says when everything is undone."""
        page = self.visitor
        page.goto(path)
        links = page.locator(".answer-actions a")
        offered = {str(link.get_attribute("href")) for link in links.all()}
        assert len(offered) == len(view.can)
        if view.outcome == "overturned":
            self._says(page, RESTORED[side])

    def _says(self, page: Page, sentence: str) -> None:
        with override(self.language):
            says(page, "main", gettext(sentence))

    def _open(self, who: Caller, queue: str) -> Page:
        """Open the one case of a queue, as a reviewer does."""
        page = self.desks[who.person]
        page.goto(f"/desk/?queue={queue}")
        follow(page, "[data-queue-item] a")
        return page

    def _code_of_the_letter(self) -> str:
        """The code in the link of the decision's letter."""
        letter = self.stage.last_letter(self.case, "decision_to_respondent")
        return letter.partition("/appeal/")[2].partition("/")[0]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_story_in_the_browser(surf: Surf, house: Stage, language: str) -> None:
    the_story(BrowserTeller(house, surf, language))
