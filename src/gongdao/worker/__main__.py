"""`python -m gongdao.worker`: the loop around the duties; `gongdao worker` starts it."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence

import django

from gongdao.adapters.parent import TIED, end_with_parent

PAUSE_SECONDS = 1.0
"""Between two rounds in which there was nothing to do."""

Duty = Callable[[], int]
"""One kind of work: does what is due now and says how much it was."""

log = logging.getLogger(__name__)


def main(duties: Sequence[Duty] = ()) -> None:
    """Do every duty, round after round, until somebody asks us to stop."""
    if TIED in sys.argv:
        end_with_parent()
    stopping = threading.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stopping.set())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdao.site.settings")
    django.setup()
    while not stopping.is_set():
        if not sum(_done(duty) for duty in duties):
            stopping.wait(PAUSE_SECONDS)


def _done(duty: Duty) -> int:
    """Do one duty; what breaks it is logged, and it is tried again in the next round."""
    try:
        return duty()
    except Exception:
        log.exception("%s failed; it is tried again", duty)
        return 0


if __name__ == "__main__":
    main()
