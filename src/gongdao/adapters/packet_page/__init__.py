"""What lies in every packet for whoever opens it: how to check it, and a page that does."""

from importlib.resources import files


def page() -> bytes:
    """The page that checks a packet in a browser, in one file."""
    return files(__name__).joinpath("verify.html").read_bytes()


def readme() -> bytes:
    """What this is, and how to check it."""
    return files(__name__).joinpath("README.txt").read_bytes()
