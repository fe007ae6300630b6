"""The public log: what was kept gets its place, once, and can be shown to have it."""

import hashlib
import threading
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction
from tests.parts.evidence import rfc9162
from tests.stories.behind_the_back import column, database_refuses, slip_in, sql
from tests.stories.stage import Stage, stage_on_postgres

from gongdao.adapters.signatures import signed_with
from gongdao.domain.evidence.checkpoint import signed_by
from gongdao.domain.evidence.inclusion import check as check_inclusion
from gongdao.domain.evidence.tiles import HASH, WIDTH
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.merkle import grows, leaf_hash, root_from
from gongdao.storage import log as log_module
from gongdao.storage.log import PgLog
from gongdao.storage.log_check import amount, faults, newest_agree, waiting
from gongdao.storage.log_keys import PgLogKeys
from gongdao.storage.log_reading import ENTRIES, tile

LEAVES = "select leaf from event union all select leaf from report"
EVENT = """
    insert into event (stream, version, kind, at, actor_role, body, leaf)
    values (gen_random_uuid(), 1, 'x', now(), 'system', '{}', sha256(%s))
"""


def log_of(stage: Stage) -> PgLog:
    return PgLog(PgLogKeys(stage.app.secrets, "log.example/log"), stage.clock)


@pytest.fixture
def lived(postgres: Stage) -> Stage:
    """A house in which things happened, and whose log has them."""
    ana = postgres.hire("ana", Role.REVIEWER)
    postgres.appealed(postgres.decided(ana))
    postgres.report()
    log_of(postgres).tick()
    return postgres


def entries() -> list[bytes]:
    """Every entry of the log, in order."""
    rows = column("select hashes from log_tile where level = -1 order by number")
    packed = b"".join(map(bytes, rows))
    return [packed[at : at + HASH] for at in range(0, len(packed), HASH)]


def leaves() -> list[bytes]:
    return sorted(map(bytes, column(LEAVES)))


def test_every_event_and_every_report_gets_one_place(lived: Stage) -> None:
    assert sorted(entries()) == leaves()
    assert len(entries()) > 10
    assert waiting() == 0
    now = log_of(lived).newest()
    assert now.checkpoint.size == len(entries())
    assert now.checkpoint.root == rfc9162.mth(entries())
    assert signed_by(now.note, log_of(lived).keys.public(), signed_with)
    assert log_of(lived).tick() == 0, "nothing is waiting"


def test_the_log_before_anything_happened(postgres: Stage) -> None:
    log = log_of(postgres)
    with pytest.raises(NotFound, match=r"log\.not_begun"):
        log.newest()

    assert log.tick() == 0
    assert log.newest().checkpoint.root == rfc9162.mth([])


def test_a_report_is_shown_to_be_in_the_log(lived: Stage) -> None:
    receipt = lived.report()
    log = log_of(lived)
    with pytest.raises(NotFound, match=r"log\.no_such_leaf"):
        log.inclusion(bytes.fromhex(receipt.leaf))
    before = log.newest().checkpoint
    log.tick()

    proof = log.inclusion(bytes.fromhex(receipt.leaf))
    path = [bytes.fromhex(each) for each in proof.path]
    now = log.newest().checkpoint

    assert path == rfc9162.path(proof.place, entries())
    assert (
        root_from(leaf_hash(bytes.fromhex(receipt.leaf)), proof.place, now.size, path) == now.root
    )
    growth = log.consistency(before.size, now.size)
    assert grows(before.size, now.size, before.root, now.root, growth)
    for first, second in ((0, 1), (2, 1), (1, now.size + 1)):
        with pytest.raises(BadInput, match=r"log\.no_such_size"):
            log.consistency(first, second)


def test_what_is_copied_in_bulk_is_in_the_log_too(lived: Stage) -> None:
    """As the sorter writes: reports of any month, and events, by COPY."""
    before = len(entries())
    with connection.cursor() as cursor:
        into = "report (id, received_at, reporter, code, body, leaf)"
        with cursor.copy(f"copy {into} from stdin") as copying:
            for month in range(1, 13):
                moment = f"{2025 + month % 2}-{month:02}-03 09:00+00"
                hashed = hashlib.sha256(bytes([month])).digest()
                copying.write_row((uuid4(), moment, uuid4(), b"code", "{}", hashed))
    assert waiting() == 12

    log_of(lived).tick()

    assert len(entries()) == before + 12
    assert sorted(entries()) == leaves()


def test_what_is_rolled_back_leaves_nothing(lived: Stage) -> None:
    before = len(entries())
    with transaction.atomic():
        lived.report()
        transaction.set_rollback(True)

    assert waiting() == log_of(lived).tick() == 0
    assert len(entries()) == before


def test_tiles_only_grow_at_their_ends(lived: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "MOST", 100)
    log = log_of(lived)
    before = {(level, 0): tile(level, 0) for level in (ENTRIES, 0)}
    for number in range(700):
        sql(EVENT, str(number))
    ticks = []
    while taken := log.tick():
        ticks.append(taken)
        assert log.newest().checkpoint.root == rfc9162.mth(entries())

    assert ticks == [100] * 7
    assert all(tile(*key).startswith(hashes) for key, hashes in before.items())
    assert len(tile(1, 0)) == len(entries()) // WIDTH * HASH
    assert list(faults(log.keys, signed_with)) == [], "it can be worked out anew from its entries"
    with database_refuses("append_only"):
        sql("update log_tile set hashes = '' where level = 0 and number = 0")
    with database_refuses("append_only"):
        sql("delete from log_place where place = 3")


def test_a_sound_log_is_read_to_the_end(lived: Stage) -> None:
    read: list[int] = []

    assert list(faults(log_of(lived).keys, signed_with, read.append)) == []
    assert sum(read) == amount() == 2 * len(entries())
    assert newest_agree()


def flip(table: str, column: str, where: str = "true") -> str:
    """One bit of a hash changed."""
    changed = f"set_byte({column}, 5, get_byte({column}, 5) # 1)"
    return f"update {table} set {column} = {changed} where {where}"  # noqa: S608 – our own words


CASES = [
    (flip("event", "leaf", "kind = 'appeal.filed'"), {"record", "entry"}),
    (flip("report", "leaf"), {"record", "entry"}),
    ("delete from event where kind = 'appeal.filed'", {"entry"}),
    (flip("log_tile", "hashes", "level = 0"), {"tile"}),
    (flip("log_tile", "hashes", "level = -1"), {"tile", "record", "entry", "checkpoint"}),
    ("delete from log_tile where level = -1", {"tile", "record", "checkpoint", "entry"}),
    (flip("log_checkpoint", "root"), {"checkpoint"}),
    ("update log_checkpoint set note = replace(note, '.example', '.exampel')", {"checkpoint"}),
    ("update log_checkpoint set note = 'x'", {"checkpoint"}),
    ("drop trigger event_into_the_log on event", {"table"}),
]


@pytest.mark.parametrize(("statement", "what"), CASES)
def test_whatever_was_changed_is_found_and_named(
    lived: Stage, statement: str, what: set[str]
) -> None:
    with connection.cursor() as cursor:
        for table in ("event", "report", "log_tile"):
            cursor.execute(f"alter table {table} disable trigger {table}_append_only")
        cursor.execute(statement)

    found = list(faults(log_of(lived).keys, signed_with))

    assert {fault.what for fault in found} == what
    if "appeal.filed'" in statement and statement.startswith("update"):
        (stream,) = column("select stream::text from event where kind = 'appeal.filed'")
        assert [f.id for f in found if f.what == "record"] == [f"event {stream}/1"]


def test_what_was_written_past_the_program_is_in_the_log_and_named(lived: Stage) -> None:
    """A leaf that is no hash cannot put the others out of place."""
    (stream,) = column("select stream::text from event where kind = 'case.opened' limit 1")
    slip_in(stream, "case.note", "system", None)
    lived.report()
    log_of(lived).tick()

    found = list(faults(log_of(lived).keys, signed_with))

    assert {fault.what for fault in found} == {"record", "entry"}
    record = next(fault.id for fault in found if fault.what == "record")
    assert record.startswith(f"event {stream}/")
    assert not newest_agree()


@pytest.fixture
def beside(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A second connection to the same database."""
    connection.ensure_connection()
    with psycopg.connect(connection.connection.info.dsn) as other:
        yield other


def test_transactions_that_end_out_of_order_are_not_passed_over(
    beside: psycopg.Connection,
) -> None:
    log = log_of(stage_on_postgres())
    beside.execute(EVENT, ["late"])
    sql(EVENT, "early")

    assert log.tick() == 1, "the one that was kept"
    assert log.tick() == 0
    beside.commit()
    assert log.tick() == 1, "the one that began before it"
    assert sorted(entries()) == leaves()


def test_two_at_once_give_each_entry_one_place(beside: psycopg.Connection) -> None:
    log = log_of(stage_on_postgres())
    sql(EVENT, "one")
    beside.execute("select pg_advisory_xact_lock(hashtext('gongdao log'))")
    assert log.tick() == 0, "somebody else does it"
    beside.rollback()

    for number in range(40):
        sql(EVENT, str(number))

    def work() -> None:
        while log.tick():
            pass
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.tick()
    assert sorted(entries()) == leaves()
    assert log.newest().checkpoint.root == rfc9162.mth(entries())


def test_a_key_is_replaced_without_a_moment_that_nobody_can_check(lived: Stage) -> None:
    log = log_of(lived)
    old = log.keys.public()[0]
    leaf = bytes(column("select leaf from event limit 1")[0])
    new = log.add_key()
    assert log.keys.public() == [new, old]
    assert check_inclusion(log.inclusion(leaf), [new], [], signed_with).key_known
    assert check_inclusion(log.inclusion(leaf), [old], [], signed_with).key_known
    log.retire_key(old.id.hex())
    assert log.keys.public() == [new]
    assert list(faults(log.keys, signed_with)) == []
    lived.report()
    log.tick()
    assert signed_by(log.newest().note, [old], signed_with) == []
    assert signed_by(log.newest().note, [new], signed_with) == [new]


def test_the_last_key_stays_and_a_strange_one_is_named(lived: Stage) -> None:
    log = log_of(lived)
    with pytest.raises(Refused) as refused:
        log.retire_key(log.keys.public()[0].id.hex())
    assert refused.value.code == "log.last_key"
    with pytest.raises(NotFound) as missing:
        log.retire_key("00000000")
    assert missing.value.code == "log.no_such_key"
    assert len(log.keys.public()) == 1
