"""Kept free for counter notices."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0019_ways_back")]
    operations: ClassVar[Any] = []
