"""Grades of accounts: their rows, and what the database itself refuses of them."""

from typing import Any, ClassVar

from django.db import migrations, models

from gongdao.storage import grade_guards


class Migration(migrations.Migration):
    """The rows and the guards."""

    dependencies: ClassVar[Any] = [("storage", "0030_credibility")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="StandingRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("person", models.UUIDField()),
                ("told", models.CharField(max_length=1)),
                ("told_at", models.DateTimeField()),
                ("effects_at", models.DateTimeField()),
                ("statement", models.CharField(max_length=64)),
                ("next_look", models.DateTimeField(null=True)),
                ("waits_since", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "standing_row",
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_look__isnull", False)),
                        fields=["next_look"],
                        name="standing_next_look",
                    ),
                    models.Index(
                        condition=models.Q(("waits_since__isnull", False)),
                        fields=["waits_since"],
                        name="standing_waits",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person",), name="standing_once_per_person"),
                    models.CheckConstraint(
                        condition=models.Q(("effects_at__gt", models.F("told_at"))),
                        name="standing_told_before_it_restricts",
                    ),
                ],
            },
        ),
        migrations.RunSQL(grade_guards.FORWARD, grade_guards.REVERSE),
    ]
