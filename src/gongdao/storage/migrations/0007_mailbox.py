"""The mailbox between a reporter and the reviewers, and who saw an identity."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("storage", "0006_outgoing")]

    operations = [
        migrations.CreateModel(
            name="MailboxRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("case", models.UUIDField()),
                ("reporter", models.UUIDField()),
                ("last_at", models.DateTimeField()),
                ("waits_since", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "mailbox_row",
                "indexes": [
                    models.Index(fields=["case", "-last_at"], name="mailbox_case"),
                    models.Index(
                        fields=["waits_since"],
                        condition=models.Q(("waits_since__isnull", False)),
                        name="mailbox_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnmaskingRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("case", models.UUIDField(db_index=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("ground", models.CharField(max_length=80)),
            ],
            options={
                "db_table": "unmasking_row",
                "indexes": [
                    models.Index(fields=["by", "-at"], name="unmasking_by"),
                    models.Index(fields=["-at", "-id"], name="unmasking_latest"),
                ],
            },
        ),
    ]
