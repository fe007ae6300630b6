"""Kept free for the protection of accounts."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0032_training")]
    operations: ClassVar[Any] = []
