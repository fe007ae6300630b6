"""Drafts of appeals, and wrong codes by browser."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Both tables hold what passes: a draft until it is sent, a count until it lapses."""

    dependencies: ClassVar[Any] = [("storage", "0014_journal")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="AppealDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decision", models.UUIDField()),
                ("person", models.UUIDField()),
                ("version", models.IntegerField()),
                ("cipher", models.BinaryField()),
                ("saved_at", models.DateTimeField()),
                ("forget_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "appeal_draft",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "person"), name="appeal_draft_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WrongCodes",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("tries", models.IntegerField()),
                ("last_at", models.DateTimeField(db_index=True)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
            options={"db_table": "wrong_codes"},
        ),
    ]
