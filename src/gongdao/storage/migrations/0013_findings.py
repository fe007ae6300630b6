"""What analysis found in exhibits."""

from typing import Any, ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar[Any] = [("storage", "0012_vault")]
    operations: ClassVar[Any] = []
