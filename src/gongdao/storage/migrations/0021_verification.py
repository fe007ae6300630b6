"""Proofs of who somebody is, known devices, and appeals taken down over the phone."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    """Their rows."""

    dependencies: ClassVar[Any] = [("storage", "0020_counter_notices")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="VerificationRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("case", models.UUIDField(db_index=True)),
                ("appellant", models.UUIDField(db_index=True)),
                ("invitations", ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ("friends", ArrayField(base_field=models.UUIDField(), default=list, size=None)),
            ],
            options={
                "db_table": "verification_row",
                "indexes": [
                    GinIndex(fields=["invitations"], name="verification_invited"),
                    GinIndex(fields=["friends"], name="verification_friends"),
                ],
            },
        ),
        migrations.CreateModel(
            name="KnownDeviceRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("person", models.UUIDField()),
                ("mark", models.CharField(max_length=64)),
                ("label", models.CharField(max_length=80)),
                ("first_seen", models.DateTimeField()),
                ("last_seen", models.DateTimeField()),
            ],
            options={
                "db_table": "known_device",
                "constraints": [
                    models.UniqueConstraint(fields=["person", "mark"], name="known_device_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DictationRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("case", models.UUIDField(db_index=True)),
                ("decision", models.UUIDField()),
                ("appellant", models.UUIDField()),
                ("called_at", models.DateTimeField()),
                ("stage", models.CharField(max_length=20)),
            ],
            options={
                "db_table": "dictation_row",
                "indexes": [models.Index(fields=["stage", "called_at"], name="dictation_open")],
            },
        ),
    ]
