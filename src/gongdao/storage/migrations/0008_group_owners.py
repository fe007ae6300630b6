"""Group owners: who they are, what they were asked to do; codes of reports that were set aside."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0007_mailbox")]

    operations = [
        migrations.CreateModel(
            name="GroupRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "owners",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
                ("members", models.IntegerField()),
            ],
            options={
                "db_table": "group_row",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["owners"], name="group_owners"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnerTaskRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("ref", models.CharField(max_length=64, unique=True)),
                ("group", models.UUIDField()),
                ("case", models.UUIDField(db_index=True)),
                ("stage", models.CharField(max_length=20)),
                ("why", models.CharField(max_length=20, null=True)),
                ("action", models.CharField(max_length=20, null=True)),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
            ],
            options={
                "db_table": "owner_task_row",
                "indexes": [
                    models.Index(
                        fields=["group", "-opened_at", "id"], name="owner_task_of_group"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportAside",
            fields=[
                (
                    "code",
                    models.BinaryField(max_length=16, primary_key=True, serialize=False),
                ),
                ("report", models.UUIDField()),
            ],
            options={"db_table": "report_aside"},
        ),
    ]
