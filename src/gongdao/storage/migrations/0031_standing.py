"""Kept free for the standing of accounts."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0030_credibility")]
    operations: ClassVar[Any] = []
