"""What decisions say of findings: labels."""

from typing import Any, ClassVar

from django.db import migrations, models

from gongdao.storage import screening_label_guards


class Migration(migrations.Migration):
    """Their rows and guards."""

    dependencies: ClassVar[Any] = [("storage", "0028_held_posts")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="ScreeningLabel",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=64)),
                ("category", models.CharField(max_length=20)),
                ("is_true", models.BooleanField()),
                ("said", models.CharField(max_length=20)),
                ("of", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("findings", models.JSONField()),
            ],
            options={
                "db_table": "screening_label",
                "indexes": [
                    models.Index(
                        fields=["text", "category", "-at", "-id"], name="screening_label_latest"
                    )
                ],
            },
        ),
        migrations.RunSQL(screening_label_guards.FORWARD, screening_label_guards.REVERSE),
    ]
