"""Kept free for forecasts."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0016_standard")]
    operations: ClassVar[Any] = []
