"""The mailbox between a reporter and the reviewers, and who saw an identity."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("storage", "0006_outgoing")]

    operations = []
