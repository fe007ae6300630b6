"""How Django knows this app."""

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """The app with models."""

    name = "gongdao.storage"
    label = "storage"
    default_auto_field = "django.db.models.BigAutoField"
