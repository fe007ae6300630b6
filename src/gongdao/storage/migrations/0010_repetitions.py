"""Whether somebody reported the same before is asked of one index, however much they reported."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the index, and drops the one that it takes the place of."""

    dependencies: ClassVar[Any] = [("storage", "0009_fewer_indexes")]
    operations: ClassVar[Any] = [
        migrations.AddIndex(
            "reportcase",
            models.Index(
                fields=["reporter", "subject_key", "category", "received_at"],
                name="report_case_of_reporter",
            ),
        ),
        migrations.RemoveIndex("reportcase", "report_case_reporter"),
    ]
