"""The ASGI application that `gongdao web` serves: the intake's own route, and all the rest."""

from gongdao.site.asgi import application as common  # noqa: I001 – it sets Django up, so it is first
from gongdao.api.fast import FastIntake

application = FastIntake(common)
