"""The command line: every command, and one way to say what went wrong."""

import os
import sys
from io import TextIOWrapper

import typer

from gongdao.cli import (
    accounts,
    api_keys,
    courses,
    disputes,
    doctor,
    eligibility,
    forecast,
    lint,
    log,
    packet,
    packs,
    profiles,
    receipts,
    screen,
    triage,
    up,
    verify,
    walkthrough,
    webhooks,
)
from gongdao.cli.languages import chosen_by, hint_in
from gongdao.domain.kernel.errors import BadInput, GongdaoError, PackInvalid

REFUSED, BAD_INPUT, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    name="gongdao",
    help="Gongdao 公道: reports, decisions and appeals that both sides can trust.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for part in (
    up,
    walkthrough,
    doctor,
    forecast,
    eligibility,
    lint,
    screen,
    accounts,
    api_keys,
    verify,
    receipts,
    webhooks,
    profiles,
    packs,
    courses,
    triage,
    log,
    packet,
    disputes,
):
    part.register(app)


def run() -> None:
    """Run a command; an error of ours is said in one line, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # whatever the locale: we speak Chinese
    try:
        app()
    except GongdaoError as problem:
        hint = hint_in(problem, chosen_by(sys.argv[1:]))
        sys.stderr.write(f"{problem.code}: {hint}\n")
        sys.exit(BAD_INPUT if isinstance(problem, BadInput | PackInvalid) else REFUSED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(REFUSED)
