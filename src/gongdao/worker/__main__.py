"""`python -m gongdao.worker`: a program of its own; `gongdao worker` starts it."""

import gc
import os
import sys

import django

from gongdao.adapters.parent import TIED, end_with_parent


def main() -> None:
    """Set Django up and work."""
    if TIED in sys.argv:
        end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdao.site.settings")
    gc.disable()  # as in gongdao.cli.start
    django.setup()
    from gongdao.worker.main import run  # noqa: PLC0415 - it needs Django set up

    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
