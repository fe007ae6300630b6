"""One subject with all the reports, against as many subjects as reports."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator

import httpx
from bench._figures import figure, say
from bench._intake_load import House

AT_ONCE = 500
SENDERS = 8
TURNS = 3
MEASURED = 60_000
"""So many of either are measured at most; those before them are only there."""
POURED = 20_000
LIMIT = 0.5
"""One subject may be so much slower than many."""


def one_subject(number: int) -> None:
    """The rates of intake and sorting, and what it costs to open the case that comes of it."""
    with House() as house:
        house.web()
        _rates(house, AT_ONCE * SENDERS, lambda n: f"warm-{n}")
        measured = min(number, MEASURED)
        _pour(house, number - measured)
        # In turns: whatever else the machine does meanwhile, both have their share of it.
        many, one = [], []
        for turn in range(TURNS):
            many.append(_rates(house, measured // TURNS, f"post-{turn}-{{}}".format))
            one.append(_rates(house, measured // TURNS, lambda _n: "the-post"))
        taken, sorted_ = (sorted(rates)[TURNS // 2] for rates in zip(*many, strict=True))
        one_taken, one_sorted = (sorted(rates)[TURNS // 2] for rates in zip(*one, strict=True))
        goal, what = f"ratio >= {LIMIT}", f"each of another subject; of one there are {number}"
        figure("faults.one_subject.intake", one_taken, "reports/s", goal, what, taken)
        figure("faults.one_subject.sorting", one_sorted, "reports/s", goal, what, sorted_)
        _open(house, number - measured + measured // TURNS * TURNS)


def _rates(house: House, number: int, subject: Callable[[int], str]) -> tuple[float, float]:
    """Reports a second that were acknowledged, and that came into line."""
    say(f"{number} reports of {subject(1)} …")
    begun = time.monotonic()
    asyncio.run(_send(house, number, subject))
    taken = number / (time.monotonic() - begun)
    seconds = house.sort_all()
    return taken, number / seconds


def _pour(house: House, number: int) -> None:
    """Reports of the one subject that nobody measures, in pieces that fit the queue."""
    for begun in range(0, number, POURED):
        say(f"{begun} of {number} reports of one subject …")
        asyncio.run(_send(house, min(POURED, number - begun), lambda _n: "the-post"))
        house.sort_all()


async def _send(house: House, number: int, subject: Callable[[int], str]) -> None:
    batches = _batches(number, subject)
    url = f"http://127.0.0.1:{house.port}/api/v1/reports/batch"
    async with httpx.AsyncClient(
        headers={"Authorization": f"Bearer {house.key}"}, timeout=60
    ) as client:

        async def send() -> None:
            for body in batches:
                answer = await client.post(url, content=body)
                if answer.text.count('"status":201') != body.count(b"\n") + 1:
                    raise RuntimeError(answer.text[:500])

        await asyncio.gather(*(send() for _ in range(SENDERS)))


def _batches(number: int, subject: Callable[[int], str]) -> Iterator[bytes]:
    for begun in range(0, number, AT_ONCE):
        yield b"\n".join(
            json.dumps(_report(n, subject(n)), ensure_ascii=False).encode()
            for n in range(begun, min(begun + AT_ONCE, number))
        )


def _report(number: int, ref: str) -> dict[str, object]:
    said = f"他在第 {number} 楼这样骂我，请处理。"
    subject = {"kind": "content", "ref": ref, "snapshot": "你就是个废物。", "account": "li_si"}
    return {"subject": subject, "category": "abuse", "statement": said}


def _open(house: House, number: int) -> None:
    from gongdao import bootstrap  # noqa: PLC0415 – Django is set up only now
    from gongdao.domain.access.model import Caller  # noqa: PLC0415
    from gongdao.domain.kernel.events import Role  # noqa: PLC0415
    from gongdao.domain.kernel.ids import CaseId  # noqa: PLC0415

    app = bootstrap.app()
    most = 'select "case" from report_case group by 1 order by count(*) desc limit 1'
    case = CaseId(str(house.query(most)[0][0]))
    lone = 'select "case" from report_case group by 1 having count(*) = 1 limit 1'
    small = CaseId(str(house.query(lone)[0][0]))
    who = Caller(app.records.parties.by_account("bench-reviewer"), frozenset({Role.REVIEWER}))
    found = {}
    for which in (small, case):
        took = []
        for _ in range(5):
            begun = time.perf_counter()
            view = app.files.open(which, who)
            took.append((time.perf_counter() - begun) * 1000)
        found[which] = sorted(took)[2]
    assert view.arrived is not None
    assert view.arrived.counted + view.arrived.apart == number
    what = f"a case with one report; {number} joined this one"
    figure("faults.one_subject.open_ms", found[case], "ms", "", what, found[small])
