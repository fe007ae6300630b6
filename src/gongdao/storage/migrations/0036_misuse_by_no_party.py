"""Whom the database keeps from a file on misuse of reporting."""

from typing import Any, ClassVar

from django.db import migrations

from gongdao.storage import misuse_party_guards


class Migration(migrations.Migration):
    """The guard."""

    dependencies: ClassVar[Any] = [("storage", "0035_label_provenance")]
    operations: ClassVar[Any] = [
        migrations.RunSQL(misuse_party_guards.FORWARD, misuse_party_guards.REVERSE)
    ]
