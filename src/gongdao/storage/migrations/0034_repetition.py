"""Open cases about accounts whose grade restricts stand a little further in front."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more column of the queue."""

    dependencies: ClassVar = [("storage", "0033_protection")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="triagerow",
            name="repetition",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
