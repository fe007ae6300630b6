"""What the exhibits of a case show together, from each chair, and what people say beside it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import translation
from tests.fakes.looks import ToldReader
from tests.parts.evidence.read_pictures import line, screen
from tests.stories.files_of import brought
from tests.stories.stage import Stage, refused
from tests.stories.test_looks import OwnView, picture

from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.chain import Gap, Proves, Step
from gongdao.domain.flows.chaining import CaseChain
from gongdao.domain.flows.looking import LookAt
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, ExhibitId
from gongdao.domain.policy.model import SubjectKind
from gongdao.storage import codec
from gongdao.web import chain_pieces

ORDER = screen(
    line("交易成功", 40, 20), line("支付宝交易号", 40, 60),
    line("订单编号：2026110312345678", 40, 100),
    line("创建时间 2026-02-01 12:00:01", 40, 160),
    line("发货时间 2026-02-01 20:00:00", 40, 220),
)  # fmt: skip
REVIEW = screen(
    line("大众点评", 40, 20), line("口味", 40, 80), line("推荐菜", 240, 80),
    line("2026-02-02 张三说味道很差", 40, 140),
)  # fmt: skip
GROUP = screen(
    line("跑步群(18)", 40, 20), line("2026-02-02 21:03", 40, 60), line("周六还去吗？", 40, 100),
)  # fmt: skip
BYTES = {
    "order": picture(1, "")[0], "review": picture(5, "")[0], "group": picture(9, "")[0],
}  # fmt: skip


@dataclass(frozen=True)
class Shop:
    """A case about a review, with two sides that bring pictures."""

    stage: Stage
    reviewer: Caller
    merchant: Caller
    writer: Caller
    case: CaseId

    def bring(self, by: Caller, what: str) -> ExhibitId:
        exhibit = brought(self.stage, self.case, by, BYTES[what], f"{what}.png")
        reader = ToldReader({BYTES["order"]: ORDER, BYTES["review"]: REVIEW, BYTES["group"]: GROUP})
        look_at = LookAt(self.stage.records, reader, self.stage.app.looking.tools)
        look_at({"exhibit": exhibit}, last=False)
        return exhibit

    def chain(self, by: Caller) -> CaseChain:
        return self.stage.app.looking.chaining.chain_of(self.case, by)

    def says(
        self, exhibit: ExhibitId, by: Caller, *dated: tuple[Step, date], note: str = ""
    ) -> None:
        chaining = self.stage.app.looking.chaining
        chaining.explain(exhibit, [Proves.TRANSACTION], dated, note, by)


@pytest.fixture
def shop(stage: Stage) -> Shop:
    stage = stage.with_(examiner=OwnView())
    reviewer = stage.hire("ana", Role.REVIEWER)
    merchant, writer = stage.account("merchant_1"), stage.account("li_si")
    review = {"subject_kind": SubjectKind.REVIEW, "category": "review"}
    case = stage.accepted(reviewer, merchant, **review).case
    return Shop(stage, reviewer, merchant, writer, case)


def gaps(chain: CaseChain) -> dict[Gap, tuple[int, ...]]:
    return {each.gap: each.exhibits for each in chain.gaps}


@pytest.mark.django_db
def test_a_day_of_no_step_is_named_and_not_put_in_order(shop: Shop) -> None:
    shop.bring(shop.merchant, "group")
    chain = shop.chain(shop.reviewer)
    with translation.override("en"):
        page = chain_pieces.page(chain)
    assert page["dots"] == []
    assert [(each["exhibit"], each["days"]) for each in page["unplaced"]] == [
        ("Exhibit 1", "2 February 2026")
    ]
    shop.says(chain.links[0].exhibit.id, shop.reviewer, (Step.TALKED, date(2026, 2, 2)))
    with translation.override("en"):
        page = chain_pieces.page(shop.chain(shop.reviewer))
    assert ([dot.title for dot in page["dots"]], page["unplaced"]) == (["Talked"], [])


def test_the_chain_stands_in_order_of_time_and_its_gaps_are_named(shop: Shop) -> None:
    shop.bring(shop.merchant, "review")
    shop.bring(shop.merchant, "order")
    chain = shop.chain(shop.reviewer)
    assert [link.counted.number for link in chain.links] == [2, 1]
    assert [(m.happened.step, m.number) for m in chain.moments] == [
        (Step.ORDERED, 2),
        (Step.SHIPPED, 2),
        (Step.PUBLISHED, 1),
    ]
    assert gaps(chain) == {Gap.NO_COMMUNICATION: (), Gap.NO_DELIVERY: (1, 2)}
    assert all(
        0 < ground.confidence <= 1 for each in chain.links for ground in each.counted.grounds
    )


def test_a_person_corrects_it_and_what_was_found_stays_beside_it(shop: Shop) -> None:
    review = shop.bring(shop.merchant, "review")
    order = shop.bring(shop.merchant, "order")
    day = date(2026, 2, 1)
    shop.says(
        order, shop.reviewer, (Step.ORDERED, day), (Step.DELIVERED, day), note="已签收，见第三行"
    )
    chain = shop.chain(shop.reviewer)
    link = next(each for each in chain.links if each.exhibit.id == order)
    assert link.found is not None
    assert [each.step for each in link.found.happened] == [Step.ORDERED, Step.SHIPPED]
    assert link.by_staff is not None
    assert (link.by_staff.note, link.counted) == ("已签收，见第三行", link.by_staff.link)
    assert gaps(chain) == {Gap.NO_COMMUNICATION: ()}
    assert shop.reviewer.person in shop.stage.case(shop.case).took_part
    history = shop.stage.records.exhibits.history(order)
    assert "已签收" not in "".join(codec.encode(each.event) for each in history)
    assert review != order


def test_a_party_sees_its_own_chain_with_its_own_word_and_nothing_of_the_rest(shop: Shop) -> None:
    shop.bring(shop.writer, "review")
    order = shop.bring(shop.merchant, "order")
    shop.says(order, shop.reviewer, note="商家编造的？")
    shop.says(order, shop.merchant, (Step.PAID, date(2026, 2, 1)), note="我是 merchant_1，已付款")
    mine = shop.chain(shop.merchant)
    [link] = mine.links
    assert (link.counted.number, link.by_staff) == (1, None)
    assert link.by_party is not None
    assert [m.happened.step for m in mine.moments] == [Step.PAID]
    assert Gap.NO_CONTENT in gaps(mine), "what the other side brought does not fill it"
    staff = next(each for each in shop.chain(shop.reviewer).links if each.exhibit.id == order)
    assert staff.by_party is not None
    assert "merchant_1" not in staff.by_party.note, "a reporter's own words, without the name"
    assert staff.counted.happened == (), "staff go by a reviewer's word"


def test_a_name_noticed_because_a_party_has_it_is_told_to_no_party(shop: Shop) -> None:
    shop.bring(shop.writer, "review")
    assert shop.chain(shop.writer).shown == {Proves.CONTENT}


def test_strangers_and_the_other_side_say_nothing_of_an_exhibit(shop: Shop) -> None:
    order = shop.bring(shop.merchant, "order")
    for stranger in (shop.writer, shop.stage.account("wang_wu")):
        with refused("not_found", NotFound):
            shop.says(order, stranger)
    with refused("not_found", NotFound):
        shop.chain(shop.stage.account("wang_wu"))
    tomorrow = shop.stage.clock().astimezone(CHINA).date() + timedelta(days=1)
    with refused("chain.day_to_come", BadInput):
        shop.says(order, shop.reviewer, (Step.PAID, tomorrow))
    with refused("exhibit.note_too_long"):
        shop.says(order, shop.reviewer, note="长" * 501)
