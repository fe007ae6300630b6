"""Group owners: who they are, and what they were asked to do."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("storage", "0007_mailbox")]

    operations = []
