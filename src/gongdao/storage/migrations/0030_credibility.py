"""Kept free for how far reporters are believed, and measures against misuse."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0029_screening_labels")]
    operations: ClassVar[Any] = []
