"""Kept free for appeal drafts."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0014_journal")]
    operations: ClassVar[Any] = []
