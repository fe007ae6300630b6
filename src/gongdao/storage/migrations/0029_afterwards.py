"""Kept free for what comes after."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0028_settlement")]
    operations: ClassVar[Any] = []
