"""Django's ASGI application: everything but the intake's own route."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdao.site.settings")
application = get_asgi_application()
