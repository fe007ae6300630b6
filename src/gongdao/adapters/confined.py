"""What a child has that opens strangers' files: little of everything, and none of our secrets.

Whoever starts it hands it `environment`, and a folder of its own to work in; the child calls
`bound_oneself` before it reads anything that a stranger sent.
"""

import resource

WRITTEN = 64 * 1024**2
FILES = 64


def environment(folder: str) -> dict[str, str]:
    """All that it is told: no setting of ours is in it, neither keys nor the database."""
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder}


def bound_oneself(memory: int, seconds: int | None) -> None:
    """Give up, for good, what is beyond these bytes and, unless None, this processor time."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
        *([] if seconds is None else [(resource.RLIMIT_CPU, seconds)]),
    ):
        resource.setrlimit(what, (most, most))


def bound_next(seconds: int) -> None:
    """End oneself should what comes next take more processor time; for one that lives on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
