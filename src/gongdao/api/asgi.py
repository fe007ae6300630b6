"""The ASGI application that `gongdao web` serves: the intake's own route, and all the rest."""

from gongdao.site.asgi import application as common  # noqa: I001 – it sets Django up, so it is first
from gongdao.api.bounds import Bounded, ByAddress
from gongdao.api.fast import BODY_SECONDS, LARGEST_BATCH, FastIntake
from gongdao.api.fast_uploads import FastUploads

FORM_OF_FILES, FORM_SECONDS = 17 * 1024 * 1024, 300.0
"""What a form may bring where the browser runs no script, and how long it may take for that."""

_pages = ByAddress(
    Bounded(common, LARGEST_BATCH, BODY_SECONDS),
    Bounded(common, FORM_OF_FILES, FORM_SECONDS),
    ("/evidence/", "/journal/new/", "/journal/import/", "/mine/firm/"),
)
application = FastIntake(FastUploads(_pages))
