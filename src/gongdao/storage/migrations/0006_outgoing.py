"""Webhooks to the operator's app, and interim measures."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("storage", "0005_triage")]

    operations = []
