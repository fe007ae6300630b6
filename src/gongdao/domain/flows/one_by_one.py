"""What comes due together is handled one by one: whatever goes wrong with one holds up no other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def noted(problems: list[Exception]) -> Iterator[None]:
    """Keep an error until the rest is done. A unit of work belongs inside, so that it is undone."""
    try:
        yield
    except Exception as problem:  # noqa: BLE001 – `raise_first` raises it
        problems.append(problem)


def raise_first(problems: Sequence[Exception]) -> None:
    """Raise the first of them, if there is one; call it when everything else is kept."""
    if problems:
        raise problems[0]
