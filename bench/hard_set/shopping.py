"""Orders, reviews, bills and notices of a platform."""

from bench.hard_set.drawing import Colour, Screen
from bench.hard_set.telephones import (
    Asked,
    amount,
    bottom_bar,
    clock,
    digits,
    moment,
    screen,
    status_bar,
    words,
)  # fmt: skip

WHITE: Colour = (255, 255, 255)
CARD_DARK: Colour = (36, 36, 36)
GREY: Colour = (128, 128, 128)
RED: Colour = (226, 54, 34)


def _begin(asked: Asked, title: str) -> tuple[Screen, float]:
    on = screen(asked, (244, 244, 244))
    y = status_bar(on, asked)
    on.middle(y + 8, title, 17)
    return on, y + 46


def _rows(on: Screen, y: float, rows: list[tuple[str, str]], *, split: bool) -> float:
    """A table of two columns; a long value breaks into two rows where `split`."""
    for label, value in rows:
        on.text((16, y), label, 13, GREY)
        space = 120.0 if split else 250.0
        if label.endswith(("编号", "单号", "订单号", "交易号", "关联订单")):
            on.facts.append(("number", value))
        elif label.endswith("时间"):
            on.facts.append(("moment", value))
        lines = on.wrapped(value, 13, space)
        for number, line in enumerate(lines):
            on.text((108, y + number * 19), line, 13)
        y += 19 * len(lines) + 11
    return y


def order(asked: Asked, *, split: bool = False) -> Screen:
    """The details of an order."""
    taobao = asked.seed % 2 == 0
    on, y = _begin(asked, "订单详情")
    card = CARD_DARK if asked.telephone.dark else WHITE
    on.text((16, y), on.chance.choice(["交易成功", "卖家已发货", "等待买家付款", "退款中"]), 20)
    y += 38
    on.box((10, y, 350, y + 158), card, 8)
    on.text((22, y + 12), on.chance.choice(words()["shops"]) + " >", 14)
    on.photo((22, y + 42, 96, y + 116))
    rows = on.wrapped(on.chance.choice(words()["goods"]), 13, 150)
    for number, row in enumerate(rows[:3]):
        on.text((106, y + 42 + number * 18), row, 13)
    price = amount(on.chance)
    on.right(y + 42, "¥" + price, 13)
    on.right(y + 62, f"×{on.chance.randrange(1, 6)}", 12, GREY)
    on.text((22, y + 128), "实付款", 13)
    on.right(y + 126, "￥" + price, 15, RED)
    y += 172
    on.box((10, y, 350, y + (300 if split else 250)), card, 8)
    names = ("订单编号", "支付宝交易号") if taobao else ("订单编号", "快递单号")
    values = (
        digits(on.chance, 19),
        digits(on.chance, 28) if taobao else "YT" + digits(on.chance, 13),
    )
    times = [(name, moment(on.chance)) for name in ("创建时间", "付款时间", "发货时间", "成交时间")]
    y = _rows(on, y + 14, [*zip(names, values, strict=True), *times], split=split)
    on.text((16, y + 30), "你可能还喜欢" if taobao else "为你推荐", 14)
    _goods(on, y + 58, on.height * 360 / on.width - 60)
    bottom_bar(on, asked)
    return on


def _goods(on: Screen, y: float, low: float) -> None:
    """Two columns of goods, down to the lower end."""
    while y + 190 < low:
        for left in (12, 186):
            on.photo((left, y, left + 162, y + 110))
            row = on.wrapped(on.chance.choice(words()["goods"]), 12, 158)[0]
            on.text((left, y + 116), row, 12)
            on.text((left, y + 136), "¥" + amount(on.chance), 14, RED)
            on.text((left + 90, y + 138), f"{on.chance.randrange(10, 9000)}人付款", 11, GREY)
        y += 172


def reviews(asked: Asked) -> Screen:
    """A page of reviews of a thing or a shop."""
    on, y = _begin(asked, "商品评价")
    count = on.chance.randrange(20, 30_000)
    on.text((16, y), f"全部评价（{count}）", 15)
    on.text((230, y + 2), f"好评率 {on.chance.randrange(70, 100)}%", 12, RED)
    y += 36
    low = on.height * 360 / on.width
    while y < low - 230:
        y = _review(on, y)
    bottom_bar(on, asked)
    return on


def _review(on: Screen, y: float) -> float:
    on.photo((16, y, 46, y + 30))
    nick = on.chance.choice("小李王月安星") + "***" + str(on.chance.randrange(10))
    on.text((56, y), nick, 13)
    on.text((56, y + 18), "⭐" * on.chance.randrange(1, 6), 11)
    on.right(
        y + 2, f"2026-{on.chance.randrange(1, 12):02}-{on.chance.randrange(1, 29):02}", 11, GREY
    )
    y += 42
    text = on.chance.choice(words()["reviews"]) + on.chance.choice(["", "", "👍👍", "😡"])
    for row in on.wrapped(text, 14.5, 325):
        on.text((16, y), row, 14.5)
        y += 22
    if on.chance.random() < 0.5:
        for number in range(on.chance.randrange(1, 4)):
            on.photo((16 + number * 110, y + 4, 118 + number * 110, y + 92))
        y += 102
    if on.chance.random() < 0.6:
        for row in on.wrapped(on.chance.choice(words()["replies"]), 13, 315):
            on.text((22, y + 2), row, 13, GREY)
            y += 20
    return y + 22


def bill(asked: Asked, *, split: bool = False) -> Screen:
    """The details of a payment."""
    wechat = asked.seed % 2 == 0
    on, y = _begin(asked, "账单详情")
    on.photo((160, y + 4, 200, y + 44))
    on.middle(y + 52, on.chance.choice(words()["shops"]), 15)
    on.middle(y + 80, "-" + amount(on.chance), 32)
    rows = [("当前状态", "支付成功"), ("商品", on.chance.choice(words()["goods"]))]
    if wechat:
        rows += [
            ("商户全称", "云溪市" + on.chance.choice(words()["shops"])[:4] + "商贸有限公司"),
            ("支付时间", moment(on.chance)),
            ("支付方式", on.chance.choice(["零钱", "零钱通", "云溪银行储蓄卡(4471)"])),
            ("交易单号", "42000" + digits(on.chance, 23)),
            ("商户单号", digits(on.chance, 24)),
        ]
    else:
        rows += [
            ("付款方式", on.chance.choice(["余额宝", "花呗", "云溪银行储蓄卡(4471)"])),
            ("创建时间", moment(on.chance)),
            ("订单号", digits(on.chance, 28)),
            ("商家订单号", "T200P" + digits(on.chance, 19)),
            ("账单分类", "日用百货"),
        ]
    y = _rows(on, y + 140, rows, split=split)
    for label in ("对此订单有疑问", "查看往来转账", "申请电子回单"):
        if y + 80 < on.height * 360 / on.width:
            on.text((16, y + 20), label, 15)
        y += 40
    bottom_bar(on, asked)
    return on


def notice(asked: Asked) -> Screen:
    """A platform's word on a complaint or a sanction, with the number of the matter."""
    on, y = _begin(asked, on_title := ("投诉详情" if asked.seed % 2 else "违规处理通知"))
    complaint = on_title == "投诉详情"
    state = "平台已介入，请等待处理结果" if complaint else "账号功能受到限制"
    on.text((16, y), state, 17)
    low = on.height * 360 / on.width
    rows = [
        ("投诉单号" if complaint else "违规编号", digits(on.chance, 16)),
        ("关联订单", digits(on.chance, 19)),
        ("发起时间" if complaint else "处罚时间", moment(on.chance)),
        ("涉及金额", f"{amount(on.chance)}元"),
        ("处理时限", f"{on.chance.randrange(2, 72)}小时内"),
        ("类型", "虚假发货" if complaint else "发布不实信息"),
    ]
    y = _rows(on, y + 44, rows, split=False)
    for _ in range(8):
        for row in on.wrapped(
            on.chance.choice(words()["reviews"] + words()["chat"][12:30]), 14, 325
        ):
            on.text((16, y + 8), row, 14)
            y += 21
        on.text(
            (16, y + 10),
            f"{on.chance.randrange(1, 12)}月{on.chance.randrange(1, 29)}日 {clock(on.chance)}",
            11,
            GREY,
        )
        y += 36
        if y > low - 120:
            break
    bottom_bar(on, asked)
    return on
