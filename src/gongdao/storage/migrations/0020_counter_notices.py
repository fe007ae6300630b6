"""Notices about rights and their counter-notices."""

from django.db import migrations, models

from gongdao.storage import counter_notice_guards


class Migration(migrations.Migration):
    dependencies = [("storage", "0019_ways_back")]

    operations = [
        migrations.CreateModel(
            name="RightsNoticeRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("number", models.CharField(max_length=20, unique=True)),
                ("right", models.CharField(max_length=80)),
                ("stage", models.CharField(max_length=20)),
                ("notifier", models.UUIDField(db_index=True)),
                ("respondent", models.UUIDField(db_index=True, null=True)),
                ("given_at", models.DateTimeField()),
                ("under_way", models.UUIDField(null=True)),
                ("files", models.IntegerField()),
                ("effective_at", models.DateTimeField(null=True)),
                ("measure", models.CharField(max_length=20, null=True)),
                ("measure_at", models.DateTimeField(null=True)),
                ("statement", models.CharField(max_length=64, null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "rights_notice_row",
                "indexes": [
                    models.Index(fields=["-given_at", "-id"], name="rights_notice_latest"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["given_at", "id"],
                        name="rights_notice_open",
                    ),
                    models.Index(
                        condition=models.Q(("under_way__isnull", False)),
                        fields=["id"],
                        name="rights_notice_under_way",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("measure__isnull", True),
                            models.Q(
                                ("effective_at__isnull", False),
                                ("statement__isnull", False),
                                ("respondent__isnull", False),
                                ("files__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="rights_measure_needs_effect",
                    )
                ],
            },
        ),
        migrations.RunSQL(counter_notice_guards.FORWARD, counter_notice_guards.REVERSE),
    ]
