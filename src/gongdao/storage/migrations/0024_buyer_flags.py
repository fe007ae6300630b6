"""Flags on buyers, as rows by which they are found."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Their rows."""

    dependencies: ClassVar[Any] = [("storage", "0023_organisations")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="FlagRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("organisation", models.UUIDField()),
                ("platform", models.CharField(max_length=80)),
                ("buyer_key", models.CharField(max_length=64)),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "flag_row",
                "indexes": [
                    models.Index(fields=["organisation", "buyer_key"], name="flag_buyer"),
                    models.Index(fields=["organisation", "until"], name="flag_until"),
                ],
            },
        ),
    ]
