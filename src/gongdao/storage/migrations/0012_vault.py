"""Exhibits and their files."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0011_log")]
    operations: ClassVar[Any] = []
