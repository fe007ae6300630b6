"""The protection of accounts, who is signed in where, and accounts that are frozen."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    """Their rows."""

    dependencies: ClassVar[Any] = [("storage", "0032_training")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="ProtectionRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("person", models.UUIDField(unique=True)),
                ("stage", models.CharField(max_length=20)),
                ("frozen_at", models.DateTimeField(null=True)),
                (
                    "secrets",
                    ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
            ],
            options={
                "db_table": "protection_row",
                "indexes": [GinIndex(fields=["secrets"], name="protection_secrets")],
            },
        ),
        migrations.CreateModel(
            name="SignedInRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("person", models.UUIDField(db_index=True)),
                ("key", models.CharField(max_length=40, unique=True)),
                ("device", models.UUIDField(null=True)),
                ("label", models.CharField(max_length=80)),
                ("began_at", models.DateTimeField()),
                ("last_seen", models.DateTimeField()),
            ],
            options={"db_table": "signed_in"},
        ),
        migrations.AddField(
            model_name="account",
            name="frozen_at",
            field=models.DateTimeField(null=True),
        ),
    ]
