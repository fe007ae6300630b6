"""How appeals are heard: opinions, questions back, two people, and one more round.

The rows learn what an appeal waits for; the database holds that two different people answered for
an outcome that was held, and that whoever advised hears no later level.
"""

from typing import Any, ClassVar

from django.db import migrations, models

from gongdao.storage import hearing_guards


class Migration(migrations.Migration):
    """Columns of appeals, the operator's marks, and the triggers of hearings."""

    dependencies: ClassVar[Any] = [("storage", "0017_forecasts")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="ProfileRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("marked", models.BooleanField()),
                ("since", models.DateTimeField()),
            ],
            options={
                "db_table": "profile_row",
                "indexes": [
                    models.Index(
                        fields=["-since", "id"],
                        name="profile_marked",
                        condition=models.Q(marked=True),
                    ),
                ],
            },
        ),
        migrations.AddField("appealrow", "round", models.IntegerField(default=1)),
        migrations.AddField(
            "appealrow", "waits_for", models.CharField(default="", max_length=20)
        ),
        migrations.AddField("appealrow", "asked", models.UUIDField(null=True)),
        migrations.AddField("appealrow", "two_people", models.BooleanField(default=False)),
        migrations.RunSQL(
            "update appeal_row set waits_for = 'reviewer' where stage = 'waiting'",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveConstraint("appealrow", "appeal_once_per_level"),
        migrations.AddConstraint(
            "appealrow",
            models.UniqueConstraint(
                fields=["decision", "level", "round"], name="appeal_once_per_level"
            ),
        ),
        migrations.AddIndex(
            "appealrow",
            models.Index(
                fields=["filed_at", "id"], condition=~models.Q(waits_for=""), name="appeal_waits"
            ),
        ),
        migrations.AddIndex(
            "appealrow",
            models.Index(
                fields=["asked", "filed_at"],
                condition=models.Q(asked__isnull=False),
                name="appeal_asked",
            ),
        ),
        migrations.RunSQL(hearing_guards.FORWARD, hearing_guards.REVERSE),
    ]
