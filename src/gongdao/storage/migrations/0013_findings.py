"""What analysis found in exhibits."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    """The rows of looks at exhibits, and what their pictures are recognised by."""

    dependencies: ClassVar[Any] = [("storage", "0012_vault")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="LookRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("exhibit", models.UUIDField(unique=True)),
                ("case", models.UUIDField(db_index=True)),
                ("program", models.CharField(max_length=80)),
                ("missed", models.CharField(max_length=80, null=True)),
                ("looked_at", models.DateTimeField()),
            ],
            options={"db_table": "look_row"},
        ),
        migrations.CreateModel(
            name="PictureMark",
            fields=[
                ("exhibit", models.UUIDField(primary_key=True, serialize=False)),
                ("case", models.UUIDField()),
                ("first", models.BigIntegerField()),
                ("second", models.BigIntegerField()),
                ("third", models.BigIntegerField()),
                ("fourth", models.BigIntegerField()),
                ("pieces", ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("least", ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={
                "db_table": "picture_mark",
                "indexes": [GinIndex(fields=["least"], name="picture_mark_least")],
            },
        ),
    ]
