"""The table of the operator's marks on parties of high profile."""

from typing import ClassVar

from django.db import models


class ProfileRow(models.Model):
    """A party's mark as it stands; its id is the party's."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField()
    marked = models.BooleanField()
    since = models.DateTimeField()

    class Meta:
        db_table = "profile_row"
        indexes: ClassVar = [
            models.Index(
                fields=["-since", "id"],
                condition=models.Q(marked=True),
                name="profile_marked",
            ),
        ]
