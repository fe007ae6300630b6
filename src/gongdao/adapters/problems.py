"""How errors are logged where nobody waits for an answer: where, but never about whom."""

import logging
import traceback

from gongdao.domain.kernel.errors import GongdaoError


def code_of(problem: BaseException) -> str:
    """Give the stable code of an error; one not raised on purpose is a `bug.` of ours."""
    return problem.code if isinstance(problem, GongdaoError) else f"bug.{type(problem).__name__}"


def log_problem(log: logging.Logger, problem: BaseException, where: str) -> str:
    """Log an error by its code, and a bug with its lines too; give the code.

    An error's own words may hold names and addresses: they are left out.
    """
    code = code_of(problem)
    log.warning("%s %s", code, where)
    if not isinstance(problem, GongdaoError):
        log.warning("%s", "".join(traceback.format_tb(problem.__traceback__)).rstrip())
    return code
