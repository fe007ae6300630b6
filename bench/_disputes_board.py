"""How fast the board of an organisation answers with a thousand open disputes.

A PostgreSQL of its own, the real pages in a process of their own, one member who asks again and
again: the whole board, one platform of it, and one column.
"""

from datetime import timedelta

import httpx
from bench._figures import figure, percentile, say
from bench._own_server import own_server
from bench.desk import pages, request

DISPUTES, REQUESTS, WARM_UP = 1_000, 60, 5
LIMIT_MS = 150.0
_PLATFORMS = ("wechat", "weibo", "taobao", "jd", "dianping")
_TEXTS = ("给我返50块，不然天天差评。", "快递太慢了，差评。", "没收到货。", "颜色不喜欢。")


def main() -> None:
    """Fill, then ask."""
    with own_server(), pages() as (address, cookie):
        organisation = fill()
        board = f"/merchants/o/{organisation}/"
        paths = (board, f"{board}?platform=wechat", f"{board}?step=judge")
        with httpx.Client(base_url=address, cookies={"sessionid": cookie}, timeout=60) as client:
            for path in paths * WARM_UP:
                request(client, path)
            took = [request(client, path) for path in (board,) * REQUESTS]
            others = [request(client, path) for path in paths[1:] * (REQUESTS // 4)]
    goal = f"≤ {LIMIT_MS:.0f} ms with {DISPUTES} open disputes"
    figure("disputes.board.p95_ms", percentile(took, 0.95), "ms", goal, "limit", LIMIT_MS)
    p95 = percentile(others, 0.95)
    figure("disputes.board.filtered.p95_ms", p95, "ms", goal, "limit", LIMIT_MS)


def fill() -> str:
    """An organisation with its disputes, at different steps."""
    from gongdao import bootstrap  # noqa: PLC0415 – Django is set up only now
    from gongdao.adapters import chance  # noqa: PLC0415
    from gongdao.domain.access.model import Caller  # noqa: PLC0415
    from gongdao.domain.disputes.events import (  # noqa: PLC0415
        DisputeKind,
        GroundsChosen,
        Instance,
    )
    from gongdao.domain.disputes.rules import file_dispute  # noqa: PLC0415
    from gongdao.domain.flows.disputing import Told  # noqa: PLC0415

    app = bootstrap.app()
    stories = app.disputes
    boss = Caller(app.records.parties.by_account("bench-staff-0"))
    ours = stories.organising.found("青禾茶铺", boss)
    say(f"writing {DISPUTES} disputes …")
    for n in range(DISPUTES):
        told = Told(
            of=list(DisputeKind)[n % 3],
            platform=_PLATFORMS[n % len(_PLATFORMS)],
            noticed_at=chance.now() - timedelta(hours=n % 60),
            text=_TEXTS[n % len(_TEXTS)],
            order=f"2026{n:08}",
        )
        dispute = stories.disputing.open(ours, told, boss)
        if n % 3 == 0:
            continue
        with app.records.work():
            held, by = stories.disputing.held(dispute, boss)
            now = chance.now()
            chosen = GroundsChosen(at=now, by=by, found=(), chosen=("extortion",))
            held = stories.disputing.add(held, chosen)
            if n % 3 == 1:
                filed = file_dispute(held.now, Instance.PLATFORM, None, (), None, by, now)
                stories.disputing.add(held, filed)
    return ours
