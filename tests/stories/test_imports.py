"""Tables of orders and reviews: looked at, taken in whole or not at all, and known again."""

import json

import pytest
from tests.stories.merchants import merchant
from tests.stories.stage import Stage, refused

from gongdao.domain.disputes.imports import Choice, ImportStage
from gongdao.domain.flows.importing import TakeIn
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused

TAOBAO = Choice("taobao", most_stars=2)
TABLE = """订单编号,商品名称,实付金额,买家昵称,下单时间,评价内容,评价星级,评价时间
1001,绿茶,128.50,茶友一,2026-01-02 10:00,"茶是陈的，
还少一罐",1,2026-01-04
1002,红茶,¥88,茶友二,2026-01-02 11:00,很好喝,5,2026-01-04
1003,白茶,66,茶友三,2026-01-03 09:00,,,
1001,茶杯,20,茶友一,2026-01-02 10:01,,,
"""


def test_a_table_is_looked_at_and_then_taken_in_once(stage: Stage) -> None:
    ours, boss = merchant(stage)
    importing = stage.app.disputes.importing
    content = TABLE.encode("gb18030")
    seen = importing.look(ours, content, TAOBAO, boss)
    assert seen.table.columns["order"] == 0
    assert (seen.brings.orders, seen.brings.disputes, seen.brings.left_out) == (4, 1, 1)
    assert seen.ambiguous == (2,)
    assert list(stage.records.disputes.of_organisation(ours, 10)) == []
    told: list[int] = []
    brought = importing.bring_in(ours, content, TAOBAO, boss, tick=told.append)
    assert brought == seen.brings
    assert told == [4, 5]
    (held,) = stage.records.disputes.of_organisation(ours, 10)
    text = held.now.facts.text
    assert text is not None
    assert stage.records.opened(text) == "茶是陈的，\n还少一罐"
    assert held.now.facts.order_key is not None
    orders = stage.records.kept_orders.of_keys(ours, [held.now.facts.order_key])
    found = [json.loads(stage.records.opened(o.details)) for o in orders[held.now.facts.order_key]]
    assert {each["item"] for each in found} == {"绿茶", "茶杯"}
    again = importing.bring_in(ours, content + b"\n", TAOBAO, boss)
    assert (again.orders, again.disputes, again.known) == (0, 0, 4)
    assert importing.look(ours, content, TAOBAO, boss).known == (2, 4, 5, 6)


def test_a_wrong_line_is_named_and_nothing_is_kept(stage: Stage) -> None:
    ours, boss = merchant(stage)
    importing = stage.app.disputes.importing
    wrong = (
        TABLE
        + "1004,茶,10,某人,2099-01-01,太差,1,2026-01-04\n"
        + "1005,茶,十块,某人,2026-01-01,太差,1,2026-01-04\n"
        + "1006,茶,10,某人,2026-01-01,太差,九星,2026-01-04\n"
        + "1007,茶,10,某人,昨天,太差,1,2026-01-04\n"
        + ",,,,,,,2026-01-01\n"
        + "1008,茶,10,某人,2026-01-01,太差,1,2026-01-04,多了\n"
    )
    table = importing.look(ours, wrong.encode(), TAOBAO, boss).table
    assert [(each.number, each.problem.code) for each in table.wrong] == [
        (7, "dispute.in_the_future"),
        (8, "import.bad_amount"),
        (9, "import.bad_stars"),
        (10, "import.bad_moment"),
        (11, "import.nothing_said"),
        (12, "import.row_too_wide"),
    ]
    with refused("import.lines_wrong", Refused, lines=6, line=7):
        importing.bring_in(ours, wrong.encode(), TAOBAO, boss)
    for broken, code in (
        (b"", "file.empty"),
        (b"\xff\xfea\0", "import.bad_encoding"),
        ("订单号,内容\n".encode(), "import.no_lines"),
        ('订单号,内容\n1,"没有完'.encode(), "import.broken_table"),
    ):
        with refused(code, BadInput):
            importing.look(ours, broken, TAOBAO, boss)
    assert list(stage.records.disputes.of_organisation(ours, 10)) == []


def test_everything_that_is_wrong_in_a_line_is_named_at_once(fakes: Stage) -> None:
    ours, boss = merchant(fakes)
    long = "长" * 501
    wrong = (
        TABLE
        + f"1004,{long},十块,{long},昨天,太差,九星,2099-01-01\n"
        + "1005,茶,,某人,昨天,太差,1,昨天\n"
        + "1006,茶,十块,某人,2026-01-01,太差,九星,2026-01-04,多了\n"
    )
    table = fakes.app.disputes.importing.look(ours, wrong.encode(), TAOBAO, boss).table
    assert [(each.number, each.problem.code) for each in table.wrong] == [
        (7, "import.cell_too_long"),
        (7, "import.bad_moment"),
        (7, "dispute.in_the_future"),
        (7, "import.bad_amount"),
        (7, "import.bad_stars"),
        (8, "import.bad_moment"),
        (9, "import.row_too_wide"),
    ]
    assert table.wrong_in_all == 3
    many = TABLE + "1004,茶,十块,某人,昨天,太差,九星,2026-01-04\n" * 60
    table = fakes.app.disputes.importing.look(ours, many.encode(), TAOBAO, boss).table
    assert (len({each.number for each in table.wrong}), table.wrong_in_all) == (50, 60)


def test_what_breaks_off_in_the_middle_leaves_nothing(stage: Stage) -> None:
    ours, boss = merchant(stage)
    importing = stage.app.disputes.importing

    def fall(written: int) -> None:
        if written > 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.bring_in(ours, TABLE.encode(), TAOBAO, boss, tick=fall)
    assert list(stage.records.disputes.of_organisation(ours, 10)) == []
    assert importing.look(ours, TABLE.encode(), TAOBAO, boss).brings.orders == 4


def test_the_worker_takes_it_in_and_columns_are_remembered(stage: Stage) -> None:
    ours, boss = merchant(stage)
    importing = stage.app.disputes.importing
    content = "单子,话\nA1,茶是坏的\n".encode()
    assert importing.look(ours, content, TAOBAO, boss).table.wrong_in_all == 1
    columns = {"order": 0, "text": 1}
    with refused("import.column_twice", BadInput):
        importing.look(ours, content, TAOBAO, boss, {"order": 0, "text": 0})
    with refused("import.unknown_column", BadInput):
        importing.look(ours, content, TAOBAO, boss, {"order": 7})
    token = sent(stage, content)
    which = importing.begin(ours, token, TAOBAO, boss, columns)
    assert importing.get(ours, which, boss).stage is ImportStage.WAITING
    TakeIn(importing)({"import": which})
    TakeIn(importing)({"import": which})
    now = importing.get(ours, which, boss)
    assert (now.stage, now.written, now.brought.disputes) == (ImportStage.DONE, 1, 1)
    assert importing.look(ours, content, TAOBAO, boss).table.columns == columns
    gone = importing.begin(ours, sent(stage, b"a,b\n1,2\n"), TAOBAO, boss, columns)
    stage.app.uploading.give_up(importing.get(ours, gone, boss).token)
    TakeIn(importing)({"import": gone})
    failed = importing.get(ours, gone, boss)
    assert (failed.stage, failed.problem) == (ImportStage.FAILED, "upload.unknown")
    stranger = stage.account("li_si")
    for ask in (
        lambda: importing.get(ours, which, stranger),
        lambda: importing.latest(ours, stranger),
        lambda: importing.look(ours, content, TAOBAO, stranger),
        lambda: importing.begin(ours, token, TAOBAO, stranger, columns),
        lambda: importing.bring_in(ours, content, TAOBAO, stranger),
    ):
        with refused("not_found", NotFound):
            ask()
    theirs, other = merchant(stage, "bie_ren", "别家")
    with refused("not_found", NotFound):
        importing.get(theirs, which, other)


def sent(stage: Stage, content: bytes) -> str:
    """A table on its way in, as a page holds it."""
    token = stage.app.uploading.begin("t.csv", len(content), None, None)
    writing = stage.app.uploading.write(token, 0)
    writing.write(content)
    writing.leave()
    return token
