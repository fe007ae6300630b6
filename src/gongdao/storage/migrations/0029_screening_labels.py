"""What decisions say of findings: labels, judged entries, lessons, and samples of models."""

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
        migrations.CreateModel(
            name="LexiconEntryRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("stage", models.CharField(max_length=20)),
                ("since", models.DateTimeField()),
            ],
            options={
                "db_table": "lexicon_entry_row",
                "indexes": [models.Index(fields=["stage", "-since"], name="lexicon_entry_stage")],
            },
        ),
        migrations.CreateModel(
            name="ScreeningLesson",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("body", models.JSONField()),
            ],
            options={"db_table": "screening_lesson"},
        ),
        migrations.CreateModel(
            name="ScreeningSample",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("key", models.CharField(max_length=64)),
                ("category", models.CharField(max_length=20)),
                ("live", models.FloatField()),
                ("live_lane", models.CharField(max_length=20)),
                ("shadow_version", models.CharField(max_length=80, null=True)),
                ("shadow", models.FloatField(null=True)),
                ("shadow_lane", models.CharField(max_length=20, null=True)),
            ],
            options={
                "db_table": "screening_sample",
                "indexes": [
                    models.Index(fields=["at", "category"], name="screening_sample_time"),
                    models.Index(fields=["shadow_version", "key"], name="screening_sample_shadow"),
                ],
            },
        ),
        migrations.RunSQL(screening_label_guards.FORWARD, screening_label_guards.REVERSE),
    ]
