"""The transparency log."""

from typing import Any, ClassVar

from django.db import migrations, models

from gongdao.storage import log_tables
from gongdao.storage.log_tables import hand_in, hand_in_no_more


class Migration(migrations.Migration):
    """Makes its tables; events and reports hand their leaves in from now on."""

    dependencies: ClassVar[Any] = [("storage", "0010_repetitions")]
    operations: ClassVar[Any] = [
        migrations.RunSQL(log_tables.FORWARD, log_tables.REVERSE),
        migrations.RunSQL(hand_in("event"), hand_in_no_more("event")),
        migrations.RunSQL(hand_in("report"), hand_in_no_more("report")),
        migrations.CreateModel(
            name="LogKey",
            fields=[
                ("id", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("public", models.BinaryField(max_length=32)),
                ("secret", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "log_key"},
        ),
    ]
