"""
The PostgreSQL that the suite runs on.

By default an embedded one in a temporary folder, without fsync. GONGDAO_TEST_POSTGRES names the
folder of another installed PostgreSQL, such as /usr/lib/postgresql/15, to be used in its place;
GONGDAO_TEST_DATABASE_URL a running server of your own, whose role may create databases. The
address is settled before Django reads its settings; the server itself starts when the first test
asks for it.

With pytest-xdist one server serves all workers: the process that starts them starts it too.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import psycopg

from gongdao.adapters.embedded_postgres import EmbeddedPostgres

OWN = "GONGDAO_TEST_DATABASE_URL"
INSTALLED = "GONGDAO_TEST_POSTGRES"
HOME = "GONGDAO_TEST_HOME"
"""The suite's folder; that it is set tells a worker that everything is prepared."""
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def installed_programs() -> Path | None:
    """The PostgreSQL that the suite was asked to use in place of the embedded one."""
    named = os.environ.get(INSTALLED)
    return Path(named) if named else None


class SuiteServer:
    """One server for the whole run, in the process that made its folder."""

    def __init__(self) -> None:
        self.home: Path | None = None
        self.server: EmbeddedPostgres | None = None
        self.started = False

    def prepare(self) -> None:
        """Point the settings at the suite's folder and server, once in all processes."""
        if HOME in os.environ:
            return
        for name in [
            each
            for each in os.environ
            if each.startswith("GONGDAO_") and each not in {OWN, INSTALLED}
        ]:
            del os.environ[name]
        self.home = Path(tempfile.mkdtemp(prefix="gongdao-test-"))
        self.home.chmod(0o711)
        (self.home / "static").mkdir()  # as `gongdao up` does; whitenoise warns without it
        atexit.register(self.clear)
        url = os.environ.get(OWN)
        if not url:
            self.server = EmbeddedPostgres(
                self.home / "postgres", settings=FAST, programs=installed_programs()
            )
            url = self.server.database_url
        os.environ.update(
            {HOME: str(self.home), "GONGDAO_DATA": str(self.home), "GONGDAO_DATABASE_URL": url}
        )

    def start(self) -> str:
        """Start the server if it is ours and does not run yet; give its address."""
        if self.server is not None and not self.started:
            self.server.start()
            self.started = True
            with psycopg.connect(self.server.admin_url, autocommit=True) as connection:
                connection.execute("ALTER ROLE gongdao CREATEDB")
        return os.environ["GONGDAO_DATABASE_URL"]

    def clear(self) -> None:
        """Stop the server and remove its folder."""
        if self.server is not None:
            self.server.stop()
            self.started = False
        if self.home is not None:
            shutil.rmtree(self.home, ignore_errors=True)


SUITE = SuiteServer()
