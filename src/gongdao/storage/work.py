"""One transaction: everything within it is kept together, or nothing is."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

from django.db import transaction

_AT_WORK: ContextVar[bool] = ContextVar("gongdao_at_work", default=False)


def unit_of_work() -> AbstractContextManager[None]:
    """Begin; nested ones join the outer one."""
    return _work()


def at_work() -> bool:
    """Whether a unit of work is open: what is read in it is read to be changed."""
    return _AT_WORK.get()


@contextmanager
def _work() -> Iterator[None]:
    before = _AT_WORK.set(True)
    try:
        with transaction.atomic():
            yield
    finally:
        _AT_WORK.reset(before)
