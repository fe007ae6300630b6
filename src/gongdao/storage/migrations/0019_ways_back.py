"""Kept free for ways back."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0018_opinions")]
    operations: ClassVar[Any] = []
