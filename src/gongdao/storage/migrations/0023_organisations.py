"""Organisations and their disputes with outside platforms.

What they are is in their events; new are the rows by which they are listed.
"""

from typing import Any, ClassVar

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """Their rows."""

    dependencies: ClassVar[Any] = [("storage", "0022_firms")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="OrganisationRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("party", models.UUIDField(unique=True)),
                ("alone", models.BooleanField()),
                ("founded_at", models.DateTimeField()),
                (
                    "members",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
                (
                    "invitations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
            ],
            options={
                "db_table": "organisation_row",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["members"], name="organisation_members"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["invitations"], name="organisation_invitations"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisputeRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("organisation", models.UUIDField()),
                ("kind", models.CharField(max_length=20)),
                ("platform", models.CharField(max_length=80)),
                ("shop", models.UUIDField(null=True)),
                ("stage", models.CharField(max_length=20)),
                ("ending", models.CharField(max_length=20, null=True)),
                ("assignee", models.UUIDField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("noticed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("order_key", models.CharField(max_length=64, null=True)),
                ("other_key", models.CharField(max_length=64, null=True)),
                ("source_key", models.CharField(max_length=64, null=True)),
            ],
            options={
                "db_table": "dispute_row",
                "indexes": [
                    models.Index(
                        fields=["organisation", "-opened_at", "id"], name="dispute_latest"
                    ),
                    models.Index(fields=["organisation", "stage"], name="dispute_stage"),
                    models.Index(fields=["organisation", "order_key"], name="dispute_order"),
                    models.Index(fields=["organisation", "other_key"], name="dispute_other"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "source_key"), name="dispute_source_once"
                    )
                ],
            },
        ),
    ]
