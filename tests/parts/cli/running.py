"""Running the command line as people do: a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

GONGDAO = (sys.executable, "-m", "gongdao")


def environment(data: Path, url: str | None = None, **more: str) -> dict[str, str]:
    """The surroundings of an installation of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGDAO_")}
    kept |= {"GONGDAO_DATA": str(data), "COLUMNS": "120", "TERM": "dumb"}
    return kept | ({"GONGDAO_DATABASE_URL": url} if url else {}) | more


def gongdao(
    *words: str | Path, env: Mapping[str, str], said: str | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        [*GONGDAO, *map(str, words)],
        env=dict(env),
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
