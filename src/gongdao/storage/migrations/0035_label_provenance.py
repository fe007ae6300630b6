"""Whose word a label is and whose text; by which model a text was scored."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Further columns; what was kept before them says nothing of it."""

    dependencies: ClassVar[Any] = [("storage", "0034_repetition")]
    operations: ClassVar[Any] = [
        migrations.AddField("screeninglabel", "by", models.UUIDField(null=True)),
        migrations.AddField("screeninglabel", "author", models.UUIDField(null=True)),
        migrations.AddField(
            "screeningsample", "live_version", models.CharField(max_length=80, null=True)
        ),
    ]
