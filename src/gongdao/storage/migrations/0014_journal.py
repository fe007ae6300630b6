"""People's own journals.

The entries are events like all others, so that their leaves are in the log already; what is new is
the row by which they are listed.
"""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The rows of journals' entries."""

    dependencies: ClassVar[Any] = [("storage", "0013_findings")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="JournalRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("owner", models.UUIDField()),
                ("sort", models.CharField(max_length=80)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("bytes", models.BigIntegerField()),
                ("corrects", models.UUIDField(null=True)),
                ("struck", models.BooleanField()),
            ],
            options={
                "db_table": "journal_row",
                "indexes": [
                    models.Index(fields=["owner", "happened_at", "id"], name="journal_of_owner"),
                    models.Index(
                        fields=["corrects"],
                        name="journal_corrects",
                        condition=models.Q(corrects__isnull=False),
                    ),
                ],
            },
        ),
    ]
