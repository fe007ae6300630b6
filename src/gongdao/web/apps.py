"""The Django app of the pages. It has templates, static files and catalogues, and no models."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app `web`."""

    name = "gongdao.web"
    label = "web"
    verbose_name = "Gongdao"
