"""Firms, complaints with a tier, calendar feeds, and the pulls by which the lane is measured.

What firms and complaints are is in their events; new are the rows by which they are listed.
"""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Their rows."""

    dependencies: ClassVar[Any] = [("storage", "0021_verification")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="FirmRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("person", models.UUIDField(unique=True)),
                ("stage", models.CharField(max_length=20)),
                ("number_key", models.CharField(db_index=True, max_length=64)),
                ("applied_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("waits", models.BooleanField()),
                ("lane", models.BooleanField()),
            ],
            options={
                "db_table": "firm_row",
                "indexes": [
                    models.Index(fields=["-waits", "applied_at", "id"], name="firm_listed"),
                    models.Index(
                        condition=models.Q(("lane", True)),
                        fields=["person"],
                        name="firm_in_the_lane",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stage", "verified")),
                        fields=("number_key",),
                        name="firm_number_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ComplaintRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("owner", models.UUIDField(null=True)),
                ("tier", models.CharField(max_length=80)),
                ("received_at", models.DateTimeField()),
                ("open", models.BooleanField()),
                ("taken_by", models.UUIDField(null=True)),
                ("asked", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "complaint_row",
                "indexes": [
                    models.Index(
                        fields=["owner", "-open", "-received_at"], name="complaint_of_owner"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("person", models.UUIDField(primary_key=True, serialize=False)),
                ("token", models.BinaryField(max_length=32, unique=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={"db_table": "calendar_feed"},
        ),
        migrations.CreateModel(
            name="QueuePull",
            fields=[
                ("turn", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("case", models.UUIDField()),
                ("opened_at", models.DateTimeField()),
                ("rank", models.DateTimeField()),
                ("ahead", models.BooleanField()),
            ],
            options={"db_table": "queue_pull"},
        ),
    ]
