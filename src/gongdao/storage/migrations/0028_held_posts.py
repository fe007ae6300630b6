"""Kept free for texts that wait before they appear."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0027_settlement")]
    operations: ClassVar[Any] = []
