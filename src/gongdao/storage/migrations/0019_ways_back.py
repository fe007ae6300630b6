"""Ways back from sanctions: their rows, and what the database itself refuses of them."""

from typing import Any, ClassVar

from django.db import migrations, models

from gongdao.storage import way_back_guards


class Migration(migrations.Migration):
    """The rows and the guards."""

    dependencies: ClassVar[Any] = [("storage", "0018_opinions")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="WayBackRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("sanction", models.UUIDField()),
                ("case", models.UUIDField(db_index=True)),
                ("stage", models.CharField(max_length=20)),
                ("opened_at", models.DateTimeField()),
                ("next_look", models.DateTimeField(null=True)),
                ("to_check_since", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "way_back_row",
                "indexes": [
                    models.Index(
                        fields=["next_look"],
                        name="way_back_next_look",
                        condition=models.Q(next_look__isnull=False),
                    ),
                    models.Index(
                        fields=["to_check_since"],
                        name="way_back_to_check",
                        condition=models.Q(to_check_since__isnull=False),
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="waybackrow",
            constraint=models.UniqueConstraint(
                fields=["sanction"], name="way_back_once_per_sanction"
            ),
        ),
        migrations.RunSQL(way_back_guards.FORWARD, way_back_guards.REVERSE),
    ]
