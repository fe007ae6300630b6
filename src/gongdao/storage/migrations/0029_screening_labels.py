"""Kept free for what decisions say of findings."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0028_held_posts")]
    operations: ClassVar[Any] = []
