"""A case of fifty exhibits, decided and appealed, after analysis: what packets are measured on.

Pictures are drawn by us and sent the usual way, so each is opened, drawn anew and kept; what a
program read in them is made up, since reading itself is measured elsewhere.
"""

import io
import random
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from gongdao.bootstrap import App
    from gongdao.domain.access.model import Caller
    from gongdao.domain.kernel.ids import CaseId, ExhibitId

EXHIBITS = 50
LINES = 40
WORDS = ("已下单", "付款时间", "2026-11-02 14:31", "商家说没有问题", "订单编号", "合计 ￥128.50")


def set_up() -> None:
    """Bring Django and the tables up, on the database that the environment names."""
    import django  # noqa: PLC0415 – the database is settled only now

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)


def operator() -> "Caller":
    """Whoever makes packets at the command line."""
    from gongdao.domain.access.model import Caller  # noqa: PLC0415
    from gongdao.domain.kernel.events import Role  # noqa: PLC0415

    return Caller(None, frozenset({Role.OPERATOR}))


def packet_case(app: "App", exhibits: int = EXHIBITS, seed: int = 4) -> "CaseId":
    """Play the case."""
    from gongdao.domain.access.model import NOBODY, Caller  # noqa: PLC0415
    from gongdao.domain.decisions.model import Outcome  # noqa: PLC0415
    from gongdao.domain.decisions.rules import Ruling  # noqa: PLC0415
    from gongdao.domain.flows.exhibiting import Said  # noqa: PLC0415
    from gongdao.domain.flows.reporting import Submission  # noqa: PLC0415
    from gongdao.domain.kernel.events import Role  # noqa: PLC0415
    from gongdao.domain.policy.model import SubjectKind  # noqa: PLC0415

    chance = random.Random(seed)
    by_account = app.records.parties.by_account
    reviewer = Caller(by_account("bench-reviewer"), frozenset({Role.REVIEWER}))
    respondent = Caller(by_account("bench-respondent"))
    words = "你就是个废物，活着浪费粮食。😀"
    report = Submission(
        subject_kind=SubjectKind.CONTENT, subject_ref=f"post-{chance.randrange(10**9)}",
        snapshot=words, category="abuse", statement="他在评论里这样骂我，请处理。",
        account="bench-respondent",
    )  # fmt: skip
    case = app.reporting.file(report, NOBODY).case
    app.investigating.accept(case, "内容清楚，予以受理并调查。", reviewer)
    for number in range(exhibits):
        by = respondent if number % 2 else reviewer
        content = screenshot(chance, number)
        token = app.uploading.send_whole(f"截屏 {number}.png", len(content), [content], "bench", "")
        (exhibit,) = app.exhibiting.attach(case, [token], Said("screenshot"), by)
        looked_at(app, exhibit, chance)
    findings, reasons = "查看了这条评论和前后文。", "这句话针对可以认出的人，属于规则列出的情形。"
    ruling = Ruling(Outcome.VIOLATION, findings, reasons, "abuse.insult")
    decision = app.deciding.decide(case, ruling, reviewer)
    app.appealing.file(decision, "我是在引用别人骂我的话，请看这条评论的上下文。", respondent)
    return case


def screenshot(chance: random.Random, number: int) -> bytes:
    """A picture of a telephone's size."""
    picture = Image.new("RGB", (1080, 2340), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((60, 40), f"14:{number:02}", fill="black", font_size=40)
    for y in range(200, 2200, 150):
        left = chance.choice((60, 300))
        colour = tuple(chance.randrange(120, 250) for _ in range(3))
        pen.rounded_rectangle((left, y, left + 640, y + 110), 24, fill=colour)
        pen.text((left + 30, y + 30), str(chance.randrange(10**16)), fill="black", font_size=36)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def looked_at(app: "App", exhibit: "ExhibitId", chance: random.Random) -> None:
    """As if a program had read it."""
    from gongdao.domain.evidence import look_text  # noqa: PLC0415
    from gongdao.domain.evidence.findings import (  # noqa: PLC0415
        Look,
        LookId,
        LookTaken,
        ShownLine,
    )
    from gongdao.domain.evidence.reading import Box  # noqa: PLC0415
    from gongdao.domain.kernel.events import SYSTEM  # noqa: PLC0415

    records = app.records
    held = records.exhibits.get(exhibit).now
    lines = tuple(
        ShownLine(" ".join(chance.choices(WORDS, k=4)), Box(60.0, y, 900.0, y + 40.0), 0.98)
        for y in (200.0 + 50 * n for n in range(LINES))
    )
    look = LookId(records.new_id())
    with records.work():
        text = look_text.written(Look(1080, 2340, lines))
        taken = LookTaken(
            at=records.clock(), by=SYSTEM, look=look, exhibit=exhibit, case=held.case,
            source=held.file.sha256, program="bench", missed=None,
            found=records.texts.seal(text, held.owner),
        )  # fmt: skip
        records.looks.add(look, [taken], after=0)
