"""Courses and exams: rows of learners, certificates and quarterly duties, and one guard."""

from typing import Any, ClassVar

from django.db import migrations, models

from gongdao.storage import training_guards


class Migration(migrations.Migration):
    """Their rows and guards."""

    dependencies: ClassVar[Any] = [("storage", "0031_standing")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="LearnerRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("person", models.UUIDField(unique=True)),
                ("asks_help", models.BooleanField()),
            ],
            options={
                "db_table": "learner_row",
                "indexes": [
                    models.Index(
                        condition=models.Q(("asks_help", True)),
                        fields=["id"],
                        name="learner_asks_help",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CertificateRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("number", models.CharField(max_length=20, unique=True)),
                ("person", models.UUIDField()),
                ("course", models.CharField(max_length=80)),
                ("issued_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("withdrawn", models.BooleanField()),
            ],
            options={
                "db_table": "certificate_row",
                "indexes": [
                    models.Index(fields=["person", "-issued_at"], name="certificate_of_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingDutyRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("person", models.UUIDField()),
                ("team", models.CharField(max_length=80)),
                ("course", models.CharField(max_length=80)),
                ("quarter", models.CharField(max_length=6)),
                ("due_at", models.DateTimeField()),
                ("open", models.BooleanField()),
                ("done", models.BooleanField()),
                ("missed", models.BooleanField()),
            ],
            options={
                "db_table": "training_duty_row",
                "indexes": [
                    models.Index(
                        fields=["team", "quarter", "-open", "due_at"], name="training_of_team"
                    ),
                    models.Index(
                        condition=models.Q(("open", True)),
                        fields=["quarter"],
                        name="training_open_by_quarter",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "team", "quarter"), name="training_duty_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingLook",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "training_look"},
        ),
        migrations.RunSQL(training_guards.FORWARD, training_guards.REVERSE),
    ]
