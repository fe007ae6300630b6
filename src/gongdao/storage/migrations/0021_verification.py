"""Kept free for verification."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0020_counter_notices")]
    operations: ClassVar[Any] = []
