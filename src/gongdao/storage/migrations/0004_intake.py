"""Reports by the month, and how they join cases."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("storage", "0003_rate_limit")]

    operations = []
