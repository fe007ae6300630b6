"""Kept free for firms."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0021_verification")]
    operations: ClassVar[Any] = []
