"""Two hosts on one database, and the network between them fails for a while: nothing is lost.

The hosts are network namespaces of this machine, which root alone may make. Elsewhere this is
skipped; to run it there: `sudo ./dev test tests/stories/test_two_hosts.py`.
"""

import contextlib
import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from tests.stories.load import Load, whole
from tests.stories.programs import Place, Programs, programs
from tests.suite_server import FAST, installed_programs

from gongdao.adapters.embedded_postgres import EmbeddedPostgres

CUT_SECONDS = 3.0


def ip(*arguments: str) -> bool:
    """Set something of the network; whether that was allowed."""
    return subprocess.run(("ip", *arguments), capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def host(number: int) -> Iterator[str]:
    """A host with a link to this one; the name of both ends. Gone with all of it afterwards."""
    name = f"gd{os.getpid() % 100_000}h{number}"
    made = (
        ("netns", "add", name),
        ("link", "add", name, "type", "veth", "peer", "name", "up0", "netns", name),
        ("addr", "add", f"{here(number)}/30", "dev", name),
        ("link", "set", name, "up"),
        ("-n", name, "addr", "add", f"{there(number)}/30", "dev", "up0"),
        ("-n", name, "link", "set", "up0", "up"),
        ("-n", name, "link", "set", "lo", "up"),
    )
    try:
        if os.geteuid() != 0 or not all(ip(*step) for step in made):
            pytest.skip("network namespaces cannot be made here: run it as root")
        yield name
    finally:
        ip("link", "del", name)
        ip("netns", "del", name)


def here(number: int) -> str:
    """Our end of the link to a host."""
    return f"10.213.{number}.1"


def there(number: int) -> str:
    """A host's own address."""
    return f"10.213.{number}.2"


def let_in(server: EmbeddedPostgres) -> str:
    """Let the hosts in by a password; gives it."""
    password = secrets.token_hex(16)
    with (server.places.home / "pg_hba.conf").open("a", encoding="utf-8") as rules:
        rules.write("host all gongdao 10.213.0.0/16 scram-sha-256\n")
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        change = sql.SQL("alter role gongdao password {}").format(sql.Literal(password))
        admin.execute(change)
        admin.execute("select pg_reload_conf()")
    return password


@pytest.fixture
def links() -> Iterator[list[str]]:
    """Give the links to two hosts."""
    if os.geteuid() != 0:
        pytest.skip("network namespaces cannot be made here: run it as root")
    with host(1) as one, host(2) as two:
        yield [one, two]


@pytest.fixture
def house(links: list[str], open_folder: Path) -> Iterator[Programs]:
    """Give a web and a worker on each host; the database is here."""
    addresses = ",".join(here(number) for number in (1, 2))
    settings = {**FAST, "listen_addresses": addresses}
    folder = open_folder / "postgres"
    with EmbeddedPostgres(folder, settings, installed_programs()) as server:
        password = let_in(server)
        with programs(server.database_url, open_folder) as house:
            for number, (link, names) in enumerate(
                zip(links, (("web", "worker"), ("web2", "worker2")), strict=True), start=1
            ):
                url = f"postgresql://gongdao:{password}@{here(number)}:5432/gongdao"
                place = Place(there(number), ("ip", "netns", "exec", link), url)
                house.places.update(dict.fromkeys(names, place))
            house.start("web", "web2", "worker", "worker2")
            yield house


@pytest.mark.slow
def test_the_link_to_one_of_two_hosts_is_cut_under_load(house: Programs, links: list[str]) -> None:
    with Load(house, pause=0.05) as load:
        load.wait_for(60)
        assert ip("link", "set", links[0], "down")
        cut = time.monotonic()
        house.webs = ["web2"]
        load.wait_for(30)
        time.sleep(max(0.0, cut + CUT_SECONDS - time.monotonic()))
        assert ip("link", "set", links[0], "up")
        house.webs = ["web", "web2"]
        load.wait_for(60)
    whole(house, load)
    seen = "select count(distinct client_addr) from pg_stat_activity where client_addr is not null"
    assert house.query(seen) == [(2,)], "both hosts are at work again"
