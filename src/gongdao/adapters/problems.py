"""How errors are logged where nobody waits for an answer: where, but never about whom."""

import logging
import traceback

import psycopg
from django.db import InterfaceError, OperationalError

from gongdao.domain.kernel.errors import GongdaoError

OUTAGE = "server.no_database"
_OUTAGES = (psycopg.OperationalError, psycopg.InterfaceError, OperationalError, InterfaceError)


def is_outage(problem: BaseException) -> bool:
    """Whether the database was gone, or had no room or no time: no mistake of ours."""
    return isinstance(problem, _OUTAGES)


def code_of(problem: BaseException) -> str:
    """Give the stable code of an error; one not raised on purpose is a `bug.` of ours."""
    if isinstance(problem, GongdaoError):
        return problem.code
    return OUTAGE if is_outage(problem) else f"bug.{type(problem).__name__}"


def log_problem(log: logging.Logger, problem: BaseException, where: str) -> str:
    """Log an error by its code, and a bug with its lines too; give the code.

    An error's own words may hold names and addresses: they are left out.
    """
    code = code_of(problem)
    log.warning("%s %s", code, where)
    if code.startswith("bug."):
        log.warning("%s", "".join(traceback.format_tb(problem.__traceback__)).rstrip())
    return code
