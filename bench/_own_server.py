"""A PostgreSQL of a bench's own, in a temporary folder, with an installation's settings."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongdao.adapters.embedded_postgres import EmbeddedPostgres


@contextmanager
def own_server() -> Iterator[None]:
    """Start it and point our settings at it; Django is set up by whoever measures."""
    home = Path(tempfile.mkdtemp(prefix="gongdao-bench-"))
    home.chmod(0o711)
    server = EmbeddedPostgres(home / "postgres")
    try:
        server.start()
        os.environ.update(
            GONGDAO_DATA=str(home),
            GONGDAO_DATABASE_URL=server.database_url,
            DJANGO_SETTINGS_MODULE="gongdao.site.settings",
            GONGDAO_LOG_LEVEL="ERROR",
        )
        yield
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
