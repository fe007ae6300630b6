"""What is asked every second, or for every group, is found without looking through the rest."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Measures by their end; texts that wait by their group."""

    dependencies: ClassVar = [("storage", "0036_misuse_by_no_party")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="misuserow",
            index=models.Index(
                condition=models.Q(("until__isnull", False)),
                fields=["until", "id"],
                name="misuse_until",
            ),
        ),
        migrations.AddIndex(
            model_name="heldpostrow",
            index=models.Index(
                condition=models.Q(("stage", "waiting")),
                fields=["group", "level", "until", "id"],
                name="held_post_in_group",
            ),
        ),
    ]
