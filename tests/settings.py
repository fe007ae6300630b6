"""The project's settings, over the suite's own folder and server. pytest reads them first."""

import os
from importlib.util import find_spec

from tests.suite_server import SUITE

SUITE.prepare()

if find_spec("gongdao.site.settings"):
    from gongdao.site.settings import *  # noqa: F403 - they read what was just prepared
else:  # Until the site's settings are written.
    from gongdao.site.database import django_database

    SECRET_KEY = "test"
    USE_TZ = True
    DATABASES = {"default": django_database(os.environ["GONGDAO_DATABASE_URL"])}
