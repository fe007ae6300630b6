"""Exhibits and their files."""

from typing import Any, ClassVar

from django.db import migrations, models

from gongdao.storage import vault_guards


class Migration(migrations.Migration):
    """The rows of exhibits, and files on their way in."""

    dependencies: ClassVar[Any] = [("storage", "0011_log")]
    operations: ClassVar[Any] = [
        migrations.CreateModel(
            name="ExhibitRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("case", models.UUIDField()),
                ("number", models.IntegerField()),
                ("own_number", models.IntegerField()),
                ("side", models.CharField(max_length=20)),
                ("owner", models.UUIDField(null=True)),
                ("kind", models.CharField(max_length=20)),
                ("media", models.CharField(max_length=100)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField()),
                ("released", models.CharField(max_length=64, null=True)),
            ],
            options={
                "db_table": "exhibit_row",
                "indexes": [models.Index(fields=["sha256"], name="exhibit_same_file")],
                "constraints": [
                    models.UniqueConstraint(fields=["case", "number"], name="exhibit_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="UploadRow",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("place", models.UUIDField()),
                ("name", models.BinaryField()),
                ("size", models.BigIntegerField()),
                ("received", models.BigIntegerField()),
                ("begun_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("device", models.BinaryField(null=True)),
                ("address", models.BinaryField(null=True)),
                ("network", models.CharField(max_length=64, null=True)),
                ("claim", models.CharField(max_length=64, null=True)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("looked", models.TextField(null=True)),
            ],
            options={
                "db_table": "upload",
                "indexes": [
                    models.Index(fields=["expires_at"], name="upload_expires"),
                    models.Index(fields=["network"], name="upload_network"),
                ],
            },
        ),
        migrations.RunSQL(vault_guards.FORWARD, vault_guards.REVERSE),
    ]
