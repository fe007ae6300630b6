"""The project's settings, over the suite's own folder and server. pytest reads them first."""

from tests.suite_server import SUITE

SUITE.prepare()

from gongdao.site.settings import *  # noqa: E402, F403 - they read what was just prepared
