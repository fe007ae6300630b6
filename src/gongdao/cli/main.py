"""The command line: every command, and one way to say what went wrong."""

import sys
from io import TextIOWrapper

import typer

from gongdao.cli import packs, up
from gongdao.domain.kernel.errors import BadInput, GongdaoError, PackInvalid

REFUSED, BAD_INPUT = 1, 2

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
packs.register(app)
up.register(app)


def run() -> None:
    """Run a command; an error of ours is said in two lines, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # whatever the locale: we speak Chinese
    try:
        app()
    except GongdaoError as problem:
        sys.stderr.write(f"{problem.code}\n{problem.hint}\n")
        sys.exit(BAD_INPUT if isinstance(problem, BadInput | PackInvalid) else REFUSED)
