"""Reports by the month, and how they join cases."""

from django.db import migrations, models

from gongdao.storage import partitions


class Migration(migrations.Migration):

    dependencies = [("storage", "0003_rate_limit")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(partitions.FORWARD, partitions.REVERSE)],
            state_operations=[
                migrations.DeleteModel("ReportRow"),
                migrations.CreateModel(
                    name="ReportRow",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        ("received_at", models.DateTimeField()),
                        ("reporter", models.UUIDField()),
                        ("code", models.BinaryField(max_length=16)),
                        ("body", models.TextField()),
                        ("leaf", models.BinaryField(max_length=32)),
                    ],
                    options={"db_table": "report", "managed": False},
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportCase",
            fields=[
                ("report", models.UUIDField(primary_key=True, serialize=False)),
                ("case", models.UUIDField()),
                ("reporter", models.UUIDField()),
                ("received_at", models.DateTimeField()),
                ("subject_key", models.CharField(max_length=64)),
                ("category", models.CharField(max_length=80)),
                ("wording", models.CharField(max_length=64)),
                ("young", models.BooleanField()),
                ("apart", models.CharField(max_length=20, null=True)),
            ],
            options={
                "db_table": "report_case",
                "indexes": [
                    models.Index(fields=["case", "received_at"], name="report_case_case"),
                    models.Index(fields=["reporter", "received_at"], name="report_case_reporter"),
                    models.Index(fields=["subject_key", "received_at"], name="report_case_subject"),
                ],
            },
        ),
        migrations.RunSQL(
            """create trigger report_case_append_only before update or delete on report_case
                   for each row execute function gongdao_append_only()""",
            "drop trigger report_case_append_only on report_case",
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("public", models.BinaryField(max_length=32)),
                ("secret", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "signing_key"},
        ),
        migrations.CreateModel(
            name="ReportsWaiting",
            fields=[
                ("position", models.BigAutoField(primary_key=True, serialize=False)),
                ("received_at", models.DateTimeField()),
                ("count", models.IntegerField()),
                ("codes", models.BinaryField()),
                ("packet", models.BinaryField()),
                ("tries", models.IntegerField(default=0)),
                ("trouble", models.CharField(max_length=80, null=True)),
                ("not_before", models.DateTimeField(null=True)),
            ],
            options={"db_table": "reports_waiting"},
        ),
        # Encrypted bytes do not shrink: trying to press them costs more than it gives.
        migrations.RunSQL(
            """alter table reports_waiting alter column packet set storage external,
                   alter column codes set storage external""",
            migrations.RunSQL.noop,
        ),
        migrations.AddField("CaseRow", "counted", models.IntegerField(default=1)),
        migrations.AddField("CaseRow", "apart", models.IntegerField(default=0)),
        migrations.AddField("CaseRow", "flood", models.BooleanField(default=False)),
    ]
