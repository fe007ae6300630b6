"""What the public log costs and gives, up to a million entries.

    ./dev bench evidence log

A PostgreSQL of its own in a temporary folder, with its durable settings. Entries wait as the
triggers hand them in; giving them places is what the worker does, 1 000 in a transaction and then
as many as it likes. Proofs are of random entries, each asked of the database anew.
"""

import json
import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from bench._figures import figure, percentile, say
from bench._own_server import own_server

if TYPE_CHECKING:
    from gongdao.storage.log import PgLog

MILLION = 1_000_000
BY_THOUSANDS = 200_000
PLAIN = 50_000
PROOFS = 400
ROUNDS, REPORTS, EVENTS = 6, 1_500, 3_000
LOOKS = 60
BODY = '{"at":"2026-11-21T00:00:00Z","by":{"person":null,"role":"system"},"x":"' + "x" * 300 + '"}'
WAITING = """
    insert into log_waiting (entries)
    select string_agg(sha256((n * 1000 + m)::text::bytea), ''::bytea)
    from generate_series(%s::int, %s - 1) n, generate_series(1, 1000) m group by n order by n
"""
EVENT = "event (stream, version, kind, at, actor_role, body, leaf)"
REPORT = "report (id, received_at, reporter, code, body, leaf)"


def main() -> None:
    """Start a server, measure, take it down."""
    with own_server():
        measure()


def measure() -> None:
    """Everything, one after another."""
    import django  # noqa: PLC0415 - the database is settled only now

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from gongdao.bootstrap.public_log import log  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    handing_in()
    behind(log())
    execute("truncate event, report, log_waiting, log_tile, log_place, log_checkpoint")
    appending(log())
    proving(log())


def handing_in() -> None:
    """What writers pay: as the sorter writes, with the triggers and without."""
    say("handing in")
    took: dict[str, list[float]] = {"enable": [], "disable": []}
    for _ in range(ROUNDS):
        for how, times in took.items():
            for table in ("event", "report"):
                execute(f"alter table {table} {how} trigger {table}_into_the_log")
            times.append(timed(write_batch))
    for table in ("event", "report"):
        execute(f"alter table {table} enable trigger {table}_into_the_log")
    there, gone = min(took["enable"]) * 1000, min(took["disable"]) * 1000
    what = "the same without the log"
    figure("log.hand_in.batch_ms", there, "ms", "<= 1.05 times", what, gone)


def write_batch() -> None:
    """One batch of the sorter: its two largest tables."""
    from django.db import connection, transaction  # noqa: PLC0415

    now = time.strftime("%Y-%m-%d %H:%M:%S%z")
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.copy(f"copy {REPORT} from stdin") as copying:
            for _ in range(REPORTS):
                who = random_id()
                copying.write_row((who, now, who, b"c" * 16, BODY * 2, os.urandom(32)))
        with cursor.copy(f"copy {EVENT} from stdin") as copying:
            for _ in range(EVENTS):
                row = (random_id(), 1, "x.y", now, "system", BODY, os.urandom(32))
                copying.write_row(row)


def behind(log: "PgLog") -> None:
    """From the moment that an event is kept until a signed checkpoint holds it."""
    say("how far behind")
    from gongdao.bootstrap import fresh_connections  # noqa: PLC0415
    from gongdao.bootstrap.public_log import LOG_FULL  # noqa: PLC0415
    from gongdao.worker.clock import Clock, Errand  # noqa: PLC0415
    from gongdao.worker.main import LOG_SECONDS  # noqa: PLC0415

    stopping = threading.Event()
    errand = Errand("log", log.tick, LOG_SECONDS, LOG_FULL)
    clock = Clock(errands=(errand,), stopping=stopping, between=fresh_connections)
    thread = threading.Thread(target=clock.run)
    thread.start()
    waits = [waited(log) for _ in range(LOOKS)]
    stopping.set()
    thread.join()
    what = "what is promised"
    figure("log.behind.p95_ms", percentile(waits, 0.95), "ms", "<= 1000", what, 1000)


def waited(log: "PgLog") -> float:
    """Milliseconds that one event waits for its place."""
    time.sleep(random.uniform(0.0, 0.3))
    leaf = os.urandom(32)
    execute(
        "insert into event (stream, version, kind, at, actor_role, body, leaf) "
        "values (gen_random_uuid(), 1, 'x.y', now(), 'system', '{}', %s)",
        leaf,
    )
    begin = time.perf_counter()
    while log.place(leaf) is None:
        time.sleep(0.002)
    return (time.perf_counter() - begin) * 1000


def appending(log: "PgLog") -> None:
    """Places a second, at 1 000 in a transaction; then the rest up to a million."""
    say("appending")
    from gongdao.storage import log as module  # noqa: PLC0415

    execute(WAITING, 0, MILLION // 1000)
    execute("vacuum analyze log_waiting")
    usual, module.MOST = module.MOST, 1000
    begin = time.perf_counter()
    while log.size() < BY_THOUSANDS:
        log.tick()
    by_thousands = BY_THOUSANDS / (time.perf_counter() - begin)
    module.MOST = usual
    what = "COPY of the same hashes into a plain table with a key, 1 000 a transaction"
    figure("log.append.rate", by_thousands, "leaves/s", ">= 20000", what, plain_rate())
    begin = time.perf_counter()
    while log.tick():
        pass
    rest = (MILLION - BY_THOUSANDS) / (time.perf_counter() - begin)
    figure("log.append.full.rate", rest, "leaves/s", "none", "1 000 a transaction", by_thousands)
    (size,) = execute(
        "select sum(pg_total_relation_size(name)) from unnest(array['log_tile', 'log_place',"
        " 'log_checkpoint']::regclass[]) name"
    )[0]
    figure("log.disk.bytes_a_leaf", float(size) / MILLION, "bytes", "none", "a hash", 32)


def plain_rate() -> float:
    """The limit: hashes a second into a table that only numbers them."""
    execute("create table plain_leaf (place bigint primary key, hash bytea not null)")
    hashes = [os.urandom(32) for _ in range(PLAIN)]

    def copy() -> None:
        from django.db import connection  # noqa: PLC0415

        for begin in range(0, PLAIN, 1000):
            with (
                connection.cursor() as cursor,
                cursor.copy("copy plain_leaf from stdin") as copying,
            ):
                for place in range(begin, begin + 1000):
                    copying.write_row((place, hashes[place]))

    return PLAIN / timed(copy)


def proving(log: "PgLog") -> None:
    """Inclusion and consistency in a million entries."""
    say("proving")
    from gongdao.adapters.signatures import signed_with  # noqa: PLC0415
    from gongdao.domain.evidence import inclusion  # noqa: PLC0415

    chance = random.Random(9)
    numbers = (chance.randint(1, MILLION) for _ in range(PROOFS))
    leaves = [sha256(str(number).encode()).digest() for number in numbers]  # as in WAITING
    proofs, times = [], []
    for leaf in leaves:
        begin = time.perf_counter()
        proofs.append(log.inclusion(leaf))
        times.append((time.perf_counter() - begin) * 1000)
    one = percentile([timed(lambda: execute("select 1")) for _ in range(PROOFS)], 0.5) * 1000
    p95 = percentile(times, 0.95)
    half = percentile(times, 0.5)
    figure("log.proof.ms", half, "ms", "<= 10", "a query that does nothing", one)
    figure("log.proof.p95_ms", p95, "ms", "none", "the median", half)
    largest = max(len(proof.path) * 32 for proof in proofs)
    whole = len(json.dumps(asdict(proofs[0])))
    figure("log.proof.bytes", largest, "bytes", "<= 700", "the file with its checkpoint", whole)
    checked = timed(lambda: [inclusion.check(p, (), (), signed_with) for p in proofs])
    figure("log.verify.us", checked / PROOFS * 1e6, "us", "none", "making it", half * 1000)
    first = [chance.randrange(1, MILLION) for _ in range(50)]
    growth = timed(lambda: [log.consistency(size, MILLION) for size in first]) / 50 * 1000
    figure("log.consistency.ms", growth, "ms", "none", "an inclusion proof", half)


def timed(do: Callable[[], object]) -> float:
    """Seconds."""
    begin = time.perf_counter()
    do()
    return time.perf_counter() - begin


def random_id() -> str:
    """A name for a stream."""
    digits = os.urandom(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def execute(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run a statement on this thread's connection."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []
