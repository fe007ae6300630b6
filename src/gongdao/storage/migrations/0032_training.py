"""Kept free for courses, exams and certificates."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0031_standing")]
    operations: ClassVar[Any] = []
