"""Tables that are read in, the orders that are kept of them, and remembered columns."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Their tables."""

    dependencies: ClassVar[Any] = [("storage", "0024_buyer_flags")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("organisation", models.UUIDField()),
                ("by", models.UUIDField()),
                ("token", models.BinaryField()),
                ("columns", models.JSONField()),
                ("platform", models.CharField(max_length=80)),
                ("shop", models.UUIDField(null=True)),
                ("most_stars", models.SmallIntegerField()),
                ("lines", models.IntegerField()),
                ("begun_at", models.DateTimeField()),
                ("stage", models.CharField(max_length=20)),
                ("written", models.IntegerField()),
                ("brought", models.JSONField()),
                ("problem", models.CharField(max_length=80)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "import_row",
                "indexes": [
                    models.Index(fields=["organisation", "-begun_at"], name="import_latest")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptOrderRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("organisation", models.UUIDField()),
                ("platform", models.CharField(max_length=80)),
                ("shop", models.UUIDField(null=True)),
                ("order_key", models.CharField(max_length=64)),
                ("line_key", models.CharField(max_length=64)),
                ("day", models.DateField(null=True)),
                ("details", models.CharField(max_length=64)),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "db_table": "kept_order_row",
                "indexes": [
                    models.Index(fields=["organisation", "order_key"], name="kept_order_number")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "line_key"), name="kept_order_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RememberedColumns",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.UUIDField()),
                ("headings_key", models.CharField(max_length=64)),
                ("columns", models.JSONField()),
            ],
            options={
                "db_table": "remembered_columns",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "headings_key"), name="remembered_columns_once"
                    )
                ],
            },
        ),
    ]
