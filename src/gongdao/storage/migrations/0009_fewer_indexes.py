"""Indexes that only a search by prefix would use: nobody searches digests that way."""

from typing import Any, ClassVar

from django.db import migrations

# Django makes them for every text column with an index. Each report paid for five of them.
DROP = """
    drop index if exists sealed_text_digest_110adb5b_like;
    drop index if exists case_row_subject_key_23a47779_like;
    drop index if exists party_account_digest_c6309a7f_like;
"""


class Migration(migrations.Migration):
    """Drops them."""

    dependencies: ClassVar[Any] = [("storage", "0008_group_owners")]
    operations: ClassVar[Any] = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
