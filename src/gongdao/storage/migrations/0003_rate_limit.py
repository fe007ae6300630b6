"""How often somebody tried of late. Unlogged: after a crash everybody begins anew."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("storage", "0002_jobs")]

    operations = [
        migrations.CreateModel(
            name="RateLimit",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("free_at", models.DateTimeField()),
            ],
            options={"db_table": "rate_limit"},
        ),
        migrations.RunSQL(
            "alter table rate_limit set unlogged", "alter table rate_limit set logged"
        ),
    ]
