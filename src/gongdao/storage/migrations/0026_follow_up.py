"""Following up: the board's columns, how far clocks were set, and robots of group chats."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns of the board beside each dispute, and two tables of our own."""

    dependencies: ClassVar[Any] = [("storage", "0025_imports")]
    operations: ClassVar[Any] = [
        migrations.AddField(
            "DisputeRow",
            "next_step",
            models.CharField(max_length=20, default="judge"),
            preserve_default=False,
        ),
        migrations.AddField("DisputeRow", "checked_on", models.DateField(null=True)),
        migrations.CreateModel(
            name="DisputeFollowed",
            fields=[
                ("dispute", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
            ],
            options={"db_table": "dispute_followed"},
        ),
        migrations.CreateModel(
            name="RobotRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("organisation", models.UUIDField(db_index=True)),
                ("kind", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=10)),
                ("url", models.BinaryField()),
                ("secret", models.BinaryField(null=True)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.UUIDField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
                ("error", models.CharField(max_length=80, null=True)),
            ],
            options={"db_table": "dispute_robot"},
        ),
    ]
