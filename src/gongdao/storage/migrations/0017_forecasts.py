"""How appeals ended beside what was known when they were filed, and what was learned from them."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables, and two ways to find an appeal: by who appealed, and the decided ones."""

    dependencies: ClassVar[Any] = [("storage", "0016_standard")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="AppealOutcome",
            fields=[
                ("appeal", models.UUIDField(primary_key=True, serialize=False)),
                ("decided_at", models.DateTimeField()),
                ("weighed", models.BooleanField()),
                ("body", models.TextField()),
            ],
            options={
                "db_table": "appeal_outcome",
                "indexes": [
                    models.Index(
                        fields=["weighed", "-decided_at", "appeal"], name="appeal_outcome_latest"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForecastModel",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("trained_at", models.DateTimeField()),
                ("body", models.TextField()),
            ],
            options={"db_table": "forecast_model"},
        ),
        migrations.AddIndex(
            model_name="appealrow",
            index=models.Index(fields=["appellant", "-filed_at"], name="appeal_of_appellant"),
        ),
        migrations.AddIndex(
            model_name="appealrow",
            index=models.Index(
                fields=["closed_at"],
                condition=models.Q(closed_at__isnull=False),
                name="appeal_closed",
            ),
        ),
    ]
