"""Kept free for opinions."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0017_forecasts")]
    operations: ClassVar[Any] = []
