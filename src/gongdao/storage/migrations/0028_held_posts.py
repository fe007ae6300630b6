"""Texts that wait before they appear: their rows, and what the database refuses of them."""

from typing import Any, ClassVar

from django.db import migrations, models

from gongdao.storage import held_post_guards


class Migration(migrations.Migration):
    """Their rows and guards."""

    dependencies: ClassVar[Any] = [("storage", "0027_settlement")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="HeldPostRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("author", models.UUIDField()),
                ("key", models.CharField(max_length=64)),
                ("group", models.UUIDField(null=True)),
                ("stage", models.CharField(max_length=20)),
                ("level", models.CharField(max_length=20, null=True)),
                ("until", models.DateTimeField(null=True)),
                ("handed_in_at", models.DateTimeField()),
                ("decision", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "held_post_row",
                "indexes": [
                    models.Index(
                        condition=models.Q(("stage", "waiting")),
                        fields=["level", "until"],
                        name="held_post_waits",
                    ),
                    models.Index(fields=["author", "-handed_in_at"], name="held_post_author"),
                    models.Index(fields=["-handed_in_at", "-id"], name="held_post_latest"),
                    models.Index(fields=["decision"], name="held_post_decision"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stage", "waiting")),
                        fields=("key",),
                        name="held_post_waits_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(held_post_guards.FORWARD, held_post_guards.REVERSE),
    ]
