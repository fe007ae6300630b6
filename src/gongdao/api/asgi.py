"""The ASGI application that `gongdao web` serves: the intake's own route, and all the rest."""

from gongdao.site.asgi import application as common  # noqa: I001 – it sets Django up, so it is first
from gongdao.api.bounds import Bounded
from gongdao.api.fast import BODY_SECONDS, LARGEST_BATCH, FastIntake
from gongdao.api.fast_uploads import FastUploads

application = FastIntake(FastUploads(Bounded(common, LARGEST_BATCH, BODY_SECONDS)))
