"""The transparency log."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0010_repetitions")]
    operations: ClassVar[Any] = []
