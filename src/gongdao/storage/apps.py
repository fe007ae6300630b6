"""How Django knows this app."""

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """The app with models."""

    name = "gongdao.storage"
    label = "storage"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        """Tables that lie apart from `models.py`, too."""
        super().import_models()
        from gongdao.storage import (  # noqa: F401, PLC0415
            dispute_models,
            firm_models,
            following_models,
            held_post_models,
            import_models,
            interim_tables,
            mailbox_models,
            organisation_models,
            screening_label_models,
            settlement_models,
            webhook_tables,
        )
