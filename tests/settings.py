"""The project's settings, over the suite's own folder and server. pytest reads them first."""

from tests.suite_server import SUITE

SUITE.prepare()

from gongdao.site.settings import *  # noqa: E402, F403 - they read what was just prepared

DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
"""A browser keeps its lines to the server of a test; their threads shall keep none to ours."""
