"""Kept free for standard."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0015_appeal_drafts")]
    operations: ClassVar[Any] = []
