"""Kept free for filing."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0025_imports")]
    operations: ClassVar[Any] = []
