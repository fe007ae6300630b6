"""10 000 lines of orders and reviews, read in through the story that pages and commands use.

One table in ten lines has no review, so that both kinds are there; every review opens a dispute,
which is the most that a table can ask for. Then the same table is read in while its process is
killed, and a third time with errors: nothing of either may be there.
"""

import csv
import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from bench._figures import figure, say
from bench._own_server import own_server

LINES, GOAL = 10_000, 20
HEADINGS = (
    "订单编号",
    "商品名称",
    "实付金额",
    "买家昵称",
    "下单时间",
    "评价内容",
    "评价星级",
    "评价时间",
)


def table(start: int, lines: int, wrong: int = 0) -> bytes:
    """A made-up table; the last `wrong` lines have a date that lies in the future."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for n in range(start, start + lines):
        year = 2099 if n >= start + lines - wrong else 2026
        said = "" if n % 10 == 0 else f"收到就是坏的，客服也不理人，第{n}次这样了。\n差评！"
        stars = "" if n % 10 == 0 else "1"
        writer.writerow(
            (f"26{n:016}", f"绿茶{n % 97}号", "128.50", f"茶友{n % 4001}",
             f"{year}-10-01 10:{n % 60:02}", said, stars, f"{year}-10-05")
        )  # fmt: skip
    return text.getvalue().encode("gb18030")


def main() -> None:
    """Measure."""
    with own_server():
        import django  # noqa: PLC0415 - the server's address must be there first

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        _measure()


def _measure() -> None:
    from gongdao.bootstrap import app  # noqa: PLC0415
    from gongdao.domain.access.model import Caller  # noqa: PLC0415
    from gongdao.domain.disputes.imports import Choice  # noqa: PLC0415
    from gongdao.storage.dispute_models import DisputeRow  # noqa: PLC0415
    from gongdao.storage.import_models import KeptOrderRow  # noqa: PLC0415
    from gongdao.storage.models import SealedText  # noqa: PLC0415

    stories, choice = app().disputes, Choice("taobao")
    boss = Caller(app().records.parties.newcomer(None, "zh"))
    ours = stories.organising.found("青禾茶铺", boss)

    def there() -> tuple[int, int, int]:
        rows = (KeptOrderRow, DisputeRow, SealedText)
        return tuple(row.objects.count() for row in rows)  # type: ignore[return-value]

    say(f"{LINES} lines, looked at")
    content = table(0, LINES)
    begun = time.perf_counter()
    stories.importing.look(ours, content, choice, boss)
    looked = time.perf_counter() - begun
    begun = time.perf_counter()
    brought = stories.importing.bring_in(ours, content, choice, boss)
    took = time.perf_counter() - begun
    what = f"goal, {brought.orders} orders and {brought.disputes} disputes in one unit of work"
    figure("disputes.import.s", took, "s", f"≤ {GOAL}", what, GOAL)
    figure("disputes.import.look_s", looked, "s", "no goal", "the import itself", took)

    before = there()
    again = stories.importing.bring_in(ours, content, choice, boss)
    figure("disputes.import.twice", there()[1] - before[1], "disputes", "0", "known", again.known)

    wrong = stories.importing.look(ours, table(LINES, LINES, wrong=40), choice, boss).table
    figure("disputes.import.errors_named", len(wrong.wrong), "lines", "40", "wrong", 40)

    before = there()
    child = _child(ours, str(boss.person), took / 2)
    figure("disputes.import.half", sum(there()) - sum(before), "rows", "0", "kills", child)


def _child(ours: str, boss: str, after: float) -> int:
    """Read in another table in a process of its own, and kill that in the middle."""
    program = (
        "import django; django.setup()\n"
        "import sys\n"
        "from bench._disputes_import import table, LINES\n"
        "from gongdao.bootstrap import app\n"
        "from gongdao.domain.access.model import Caller\n"
        "from gongdao.domain.disputes.imports import Choice\n"
        f"look = lambda n: (print(n, flush=True))\n"
        f"app().disputes.importing.bring_in({ours!r}, table(50_000, LINES), Choice('taobao'),\n"
        f"    Caller({boss!r}), tick=look)\n"
    )
    started = subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        stdout=subprocess.PIPE,
        text=True,
    )
    out = started.stdout
    for line in out or ():
        if int(line) >= LINES:  # all orders are written, and disputes have begun
            started.send_signal(signal.SIGKILL)
            break
    started.wait(timedelta(seconds=30 + after).total_seconds())
    time.sleep(1)
    return int(started.returncode == -signal.SIGKILL)


if __name__ == "__main__":
    main()
