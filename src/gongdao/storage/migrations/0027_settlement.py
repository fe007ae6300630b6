"""Negotiations: the rows by which they are found, and what the database refuses of them."""

from typing import Any, ClassVar

from django.db import migrations, models

from gongdao.storage import settlement_guards


class Migration(migrations.Migration):
    """Their rows and guards."""

    dependencies: ClassVar[Any] = [("storage", "0026_follow_up")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="SettlementRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("matter_kind", models.CharField(max_length=20)),
                ("matter", models.UUIDField()),
                ("invitation", models.UUIDField(unique=True)),
                ("stage", models.CharField(max_length=20)),
                ("is_open", models.BooleanField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "settlement_row",
                "indexes": [
                    models.Index(
                        fields=["matter_kind", "matter", "-opened_at"], name="settlement_matter"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_open", True)),
                        fields=("matter_kind", "matter"),
                        name="settlement_open_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(settlement_guards.FORWARD, settlement_guards.REVERSE),
    ]
