"""How far reporters are believed, in the queue, and measures against misuse with their guards."""

from typing import Any, ClassVar

from django.db import migrations, models

from gongdao.storage import misuse_guards


class Migration(migrations.Migration):
    """The figure beside each waiting case, the files on misuse, and what the database refuses."""

    dependencies: ClassVar[Any] = [("storage", "0029_screening_labels")]
    operations: ClassVar[Any] = [
        migrations.AddField(
            "TriageRow", "credibility", models.FloatField(default=0.5, db_default=0.5)
        ),
        migrations.CreateModel(
            name="MisuseRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("reporter", models.UUIDField(unique=True)),
                ("marks", models.JSONField()),
                ("measure", models.UUIDField(null=True)),
                ("warning", models.UUIDField(null=True)),
                ("since", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("objected_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "misuse_row",
                "indexes": [
                    models.Index(
                        condition=models.Q(("objected_at__isnull", False)),
                        fields=["objected_at", "id"],
                        name="misuse_objected",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("measure__isnull", True),
                                ("warning__isnull", True),
                                ("since__isnull", True),
                                ("until__isnull", True),
                            ),
                            models.Q(
                                ("measure__isnull", False),
                                ("warning__isnull", False),
                                ("since__isnull", False),
                                ("until__gt", models.F("since")),
                            ),
                            _connector="OR",
                        ),
                        name="misuse_measure_ends",
                    )
                ],
            },
        ),
        migrations.RunSQL(misuse_guards.FORWARD, misuse_guards.REVERSE),
    ]
