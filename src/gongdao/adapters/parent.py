"""A program that is to end with the one that started it, however that one ends."""

import os
import signal
import sys
import threading

TIED = "--tied"
"""The option by which a starter asks for it: it holds the other end of standard input."""


def end_with_parent() -> threading.Event:
    """
    Ask ourselves to stop, as SIGTERM would, once standard input ends.

    What is given is set once the parent says anything: that all is ready for us.
    """
    told = threading.Event()

    def watch() -> None:
        # The bare descriptor: a lock on sys.stdin would be held while Python shuts down.
        while os.read(sys.stdin.fileno(), 4096):
            told.set()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
    return told
