"""Priority, claims and the shares of each class of subject."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("storage", "0004_intake")]

    operations = []
