"""Starting a dispute from a text, a picture or a table, with what is unclear asked at once."""

from typing import Any

import pytest
from tests.stories.http_teller import Program
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, refused, show_on_pages
from tests.stories.test_dispute_pages import signed_in
from tests.stories.test_imports import TABLE, TAOBAO

from gongdao.domain.disputes.events import Came, DisputeKind
from gongdao.domain.flows.disputing import Told
from gongdao.domain.flows.starting import Note
from gongdao.domain.kernel.errors import BadInput, Refused

WECHAT = """微信安全中心通知
您的微信号因诱导分享被限制登录，事件编号：WX20260104001
处理时间：2026年1月4日 10:20"""
TAOBAO_REVIEW = """淘宝 买家：茶友一
订单号：2601000000000001
★☆☆☆☆ 1月4日
茶是陈的，实付¥128.50，给我返50块，不然天天差评！"""


def known(stage: Stage, platform: str = "taobao", **told: Any) -> Told:
    told.setdefault("of", DisputeKind.REVIEW)
    return Told(platform=platform, noticed_at=stage.clock(), came=Came.PASTED, **told)


def test_a_blocked_wechat_account_is_read_out_of_the_notice(stage: Stage) -> None:
    boss = stage.account("lao_ban")
    stories = stage.app.disputes
    ours = stories.organising.own(boss)
    asked = known(stage, "wechat", of=DisputeKind.SANCTION)
    found = stories.starting.recognise(WECHAT, asked)
    assert (found.platform, found.told.reference) == ("wechat", "WX20260104001")
    assert found.notes == (Note.FUTURE_DAY,) or str(found.told.shown_on) == "2026-01-04"
    dispute = stories.starting.open(ours, found.told, boss)
    view = stories.files.open(dispute, boss)
    assert (view.now.kind, view.now.came) == (DisputeKind.SANCTION, Came.PASTED)
    assert view.said.reference == "WX20260104001"
    with refused("dispute.there_already", Refused):
        stories.starting.open(ours, found.told, boss)
    assert stories.starting.same_source(ours, found.told, boss) == dispute


def test_what_is_odd_is_said_and_nothing_is_guessed(fakes: Stage) -> None:
    starting = fakes.app.disputes.starting
    seen = starting.recognise(TAOBAO_REVIEW, known(fakes, "jd"))
    told = seen.told
    assert (told.order, told.stars, told.amount_fen) == ("2601000000000001", 1, 12850)
    assert told.other_side == "茶友一"
    assert (seen.platform, Note.OTHER_PLATFORM in seen.notes) == ("taobao", True)
    demands = "给我返50块，不然天天差评\n3天内\n实付款 ￥128.00"
    assert starting.recognise(demands, known(fakes)).told.amount_fen == 12800
    assert starting.recognise("退我50块\n￥99", known(fakes)).told.amount_fen == 9900
    assert starting.recognise("花了30元", known(fakes)).told.amount_fen == 3000
    english = starting.recognise("Terrible tea, never again! Worst shop ever.", known(fakes))
    assert english.notes == (Note.NOT_CHINESE,)
    assert english.told.text.startswith("Terrible")
    assert starting.recognise("~ 1", known(fakes)).notes == (Note.NO_TEXT,)
    ahead = starting.recognise("评价于2099年1月1日：太差", known(fakes))
    assert (ahead.notes, ahead.told.shown_on) == ((Note.FUTURE_DAY,), None)
    several = starting.recognise("订单号：10000001，订单号：10000002 都没到", known(fakes))
    assert several.notes == (Note.SEVERAL_ORDERS,)


def test_an_order_number_that_matches_two_is_asked_about(stage: Stage) -> None:
    ours, boss = merchant(stage)
    stories = stage.app.disputes
    stories.importing.bring_in(ours, TABLE.encode(), TAOBAO, boss)
    told = known(stage, text="杯子是破的", order="1001")
    with refused("dispute.order_ambiguous", Refused, n=2):
        stories.starting.open(ours, told, boss)
    cup = stories.starting.orders(ours, told, boss)[0]
    chosen = known(stage, text="杯子是破的", order="1001", kept_order=cup.id)
    with refused("dispute.order_there", Refused):
        stories.starting.open(ours, chosen, boss)
    dispute = stories.starting.open(ours, chosen, boss, again=True)
    assert stories.files.open(dispute, boss).now.facts.kept_order == cup.id
    only = stories.starting.open(ours, known(stage, order="1003"), boss)
    assert stories.files.open(only, boss).now.facts.kept_order is not None
    with refused("dispute.unknown_order", BadInput):
        review(stage, ours, boss, order="1001", kept_order="of somebody else")
    with refused("dispute.nothing_known", BadInput):
        stories.starting.open(ours, known(stage), boss)


def test_it_is_another_platform_until_it_is_filed(stage: Stage) -> None:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss)
    stage.app.disputes.working.move(dispute, "jd", boss)
    assert stage.app.disputes.files.open(dispute, boss).now.platform == "jd"
    with refused("dispute.not_outside", BadInput):
        stage.app.disputes.working.move(dispute, "house", boss)


def test_the_pages_ask_one_thing_after_the_other(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    client = signed_in(boss.person)
    at = f"/merchants/o/{ours}/start/"
    assert "What kind of matter is it?" in client.get(at).content.decode()
    assert "Where is it?" in client.get(f"{at}?of=review").content.decode()
    assert "What do you have?" in client.get(f"{at}?of=review&where=taobao").content.decode()
    paste = f"{at}?of=review&where=taobao&how=paste"
    shown = client.post(paste, {"pasted": TAOBAO_REVIEW}).content.decode()
    assert "2601000000000001" in shown
    wrong = client.post(paste, {"confirm": "1", "noticed": "2099-01-01", "text": "差评"})
    assert wrong.status_code == 400
    assert "差评" in wrong.content.decode()
    made = client.post(paste, {"confirm": "1", "noticed": "2026-01-04", "text": "差评，没收到"})
    assert made.status_code == 302
    twice = client.post(paste, {"confirm": "1", "noticed": "2026-01-04", "text": "差评，没收到"})
    assert made["Location"] in twice.content.decode()
    stranger = signed_in(postgres.account("li_si").person, "stranger")
    for address in (at, paste, f"/merchants/o/{ours}/import/"):
        assert stranger.get(address).status_code == 404


def test_a_program_opens_reads_and_imports(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    client = signed_in(boss.person)
    client.post("/merchants/start/")
    api = "/api/v1"
    told = {"kind": "review", "platform": "taobao", "noticed_at": "2026-01-04T10:00:00+08:00"}

    def post(path: str, **body: object) -> dict[str, object]:
        answer = client.post(f"{api}{path}", body, content_type="application/json")
        assert answer.status_code in {200, 201}, answer.content
        return dict(answer.json())

    new = post(f"/organisations/{ours}/disputes", **told, text="茶是坏的", order="A1")["id"]
    read = client.get(f"{api}/disputes/{new}").json()
    assert (read["text"], read["stage"], len(read["timeline"])) == ("茶是坏的", "preparing", 1)
    post(f"/disputes/{new}/time", minutes=5)
    post(f"/disputes/{new}/drop", note="算了")
    post(f"/disputes/{new}/reopen", note="又来了")
    post(f"/disputes/{new}/facts", noticed_at=told["noticed_at"], text="茶是陈的")
    second = post(f"/organisations/{ours}/disputes", **told, text="另一条")["id"]
    page = client.get(f"{api}/organisations/{ours}/disputes?limit=1").json()
    rest = client.get(f"{api}/organisations/{ours}/disputes?before={page['next']}").json()
    ids = [each["id"] for each in (*page["disputes"], *rest["disputes"])]
    assert set(ids) == {new, second}
    found = post(f"/organisations/{ours}/disputes/found", kind="review", platform="jd", text="五星")
    assert (found["stars"], found["notes"]) == (5, [])
    assert Program().client.get(f"{api}/disputes/{new}").status_code == 404
