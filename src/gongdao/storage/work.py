"""One transaction: everything within it is kept together, or nothing is."""

from contextlib import AbstractContextManager
from typing import cast

from django.db import transaction


def unit_of_work() -> AbstractContextManager[None]:
    """Begin; nested ones join the outer one."""
    return cast("AbstractContextManager[None]", transaction.atomic())
