"""Where the program begins."""

import gc


def run() -> None:
    """Load the command line and run it.

    Loading makes hundreds of classes and no garbage: looking for some took a seventh of the time.
    """
    gc.disable()
    from gongdao.cli import main  # noqa: PLC0415 - what is loaded is what takes the time

    gc.freeze()
    gc.enable()
    main.run()
