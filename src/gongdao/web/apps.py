"""The Django app of the pages. It has templates, static files and catalogues, and no models."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app `web`."""

    name = "gongdao.web"
    label = "web"
    verbose_name = "Gongdao"

    def ready(self) -> None:
        """Hear of changes of accounts."""
        from gongdao.web.protection.changes import listen  # noqa: PLC0415 – needs the apps

        listen()
