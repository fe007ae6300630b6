"""Webhooks to the operator's app, and interim measures."""

import django.db.models.deletion
from django.db import migrations, models

from gongdao.storage import interim_guards


class Migration(migrations.Migration):

    dependencies = [
        ('storage', '0005_triage'),
    ]

    operations = [
        migrations.CreateModel(
            name='WebhookMessage',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('subject', models.CharField(max_length=64)),
                ('case', models.UUIDField(db_index=True)),
                ('about', models.UUIDField(db_index=True, null=True)),
                ('body', models.BinaryField()),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'webhook_message',
            },
        ),
        migrations.CreateModel(
            name='WebhookTarget',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('url', models.TextField()),
                ('secret', models.BinaryField()),
                ('old_secret', models.BinaryField(null=True)),
                ('overlap_until', models.DateTimeField(null=True)),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'webhook_target',
            },
        ),
        migrations.CreateModel(
            name='InterimRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('version', models.IntegerField()),
                ('case', models.UUIDField(db_index=True)),
                ('respondent', models.UUIDField()),
                ('measure', models.CharField(max_length=20)),
                ('imposed_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('cap_ends_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('because', models.CharField(max_length=20, null=True)),
                ('statement', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'interim_row',
                'indexes': [models.Index(condition=models.Q(('lifted_at__isnull', True)), fields=['ends_at'], name='interim_ending')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('case', 'measure'), name='interim_once_in_force')],
            },
        ),
        migrations.CreateModel(
            name='WebhookSending',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=64)),
                ('state', models.CharField(max_length=20)),
                ('message', models.ForeignKey(db_column='message', on_delete=django.db.models.deletion.CASCADE, to='storage.webhookmessage')),
                ('target', models.ForeignKey(db_column='target', on_delete=django.db.models.deletion.PROTECT, to='storage.webhooktarget')),
            ],
            options={
                'db_table': 'webhook_sending',
            },
        ),
        migrations.CreateModel(
            name='WebhookAttempt',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('status', models.IntegerField(null=True)),
                ('error', models.CharField(max_length=80, null=True)),
                ('answer', models.BinaryField()),
                ('sending', models.ForeignKey(db_column='sending', on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='storage.webhooksending')),
            ],
            options={
                'db_table': 'webhook_attempt',
            },
        ),
        migrations.AddIndex(
            model_name='webhooksending',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['target', 'subject', 'id'], name='webhook_lane'),
        ),
        migrations.AddIndex(
            model_name='webhooksending',
            index=models.Index(fields=['state', '-id'], name='webhook_state'),
        ),
        migrations.RunSQL(interim_guards.FORWARD, interim_guards.REVERSE),
    ]
