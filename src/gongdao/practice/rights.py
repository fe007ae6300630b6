"""One notice about rights among the practice cases: countered, with its period running."""

from dataclasses import replace

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.counter_notices.events import PartyKind
from gongdao.domain.flows.rights_papers import Given
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.counter_notices import MeasureKind

_CERTIFICATE = "作品登记证书（练习）：国作登字-2024-F-00000000，作品《茶杯上的山》。".encode()
_CONTRACT = "委托创作合同（练习）：2023年7月，含底稿清单。".encode()
NOTICE = Given(
    party=PartyKind.PERSON,
    name="沈知远",
    number="11010519491231002X",
    contact="shen@rights.example",
    statement="这幅图是我画的，店铺没有取得许可就印在杯子上出售。",
    proofs={"title_of_right": "国作登字-2024-F-00000000", "comparison": "构图和签名完全相同。"},
    bona_fide=True,
    right="copyright",
    items=("https://app.example/item/4711",),
    account="practice_shop",
)
COUNTER = Given(
    party=PartyKind.PERSON,
    name="陆清扬",
    number="440524188001010014",
    contact="lu@seller.example",
    statement="这幅图是我委托设计的，合同和底稿都在。",
    proofs={"title_of_right": "委托创作合同 2023-07", "comparison": "底稿早于对方登记。"},
    bona_fide=True,
)


def play(app: App, reviewer: Caller) -> None:
    """Give the notice, find it effective, answer it, and let the answer arrive."""
    stories, r = app.around_appeals, app.records
    given = stories.takedown.give(_with(app, NOTICE, "登记证书.txt", _CERTIFICATE))
    stories.rights_desk.accept(
        given.notice, MeasureKind.HIDE, "登记证书和对比说明齐全，先行屏蔽。", reviewer
    )
    seller = Caller(r.parties.by_account("practice_shop"))
    paper = _with(app, COUNTER, "委托合同.txt", _CONTRACT)
    stories.takedown.counter(given.notice, paper, seller)
    notifier = r.rights_notices.get(given.notice).now.notifier
    stories.takedown.opened(given.notice, Caller(notifier, only_case=CaseId(given.notice)))


def _with(app: App, paper: Given, name: str, content: bytes) -> Given:
    """The paper with a file that shows it."""
    token = app.uploading.send_whole(name, len(content), [content], None, None)
    return replace(paper, files=(token,))
