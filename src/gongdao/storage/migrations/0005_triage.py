"""Priority, claims and the shares of each class of subject."""

import django.contrib.postgres.fields
from django.db import migrations, models

FORWARD = """
create sequence triage_turn;

-- Open cases of before: ranked by their age alone, until the worker ranks them by the pack in force.
insert into triage_row (id, subject_kind, category, skill, language, opened_at, rank, pack, ready,
    senior, respondent, barred)
select c.id, c.subject_kind, c.category, '', coalesce(p.language, 'zh-hans'), c.opened_at,
    c.opened_at, '', c.stage = 'received' or c.answer <> 'asked', false, c.respondent,
    array(
        select distinct e.actor from event e
        where e.stream = c.id and e.actor is not null
            and e.actor_role in ('reviewer', 'senior_reviewer', 'operator', 'policy_keeper')
            and e.version <= (
                select max(b.version) from event b
                where b.stream = c.id and b.kind = 'case.reopened'
            )
        order by e.actor
    )
from case_row c
left join event o on o.stream = c.id and o.version = 1
left join party p on p.id = o.actor
where c.stage in ('received', 'investigating');
"""
REVERSE = "drop sequence triage_turn;"


class Migration(migrations.Migration):
    dependencies = [("storage", "0004_intake")]

    operations = [
        migrations.CreateModel(
            name='CaseSpread',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('body', models.TextField()),
            ],
            options={
                'db_table': 'case_spread',
            },
        ),
        migrations.CreateModel(
            name='ReviewerAble',
            fields=[
                ('person', models.UUIDField(primary_key=True, serialize=False)),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), null=True, size=None)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), null=True, size=None)),
            ],
            options={
                'db_table': 'reviewer_able',
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField()),
                ('about', models.UUIDField()),
            ],
            options={
                'db_table': 'conflict',
                'constraints': [models.UniqueConstraint(fields=('person', 'about'), name='conflict_once')],
            },
        ),
        migrations.CreateModel(
            name='TriageRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(max_length=20)),
                ('category', models.CharField(max_length=80)),
                ('skill', models.CharField(max_length=80)),
                ('language', models.CharField(max_length=8)),
                ('opened_at', models.DateTimeField()),
                ('rank', models.DateTimeField()),
                ('pack', models.CharField(max_length=80)),
                ('ready', models.BooleanField()),
                ('senior', models.BooleanField()),
                ('respondent', models.UUIDField(null=True)),
                ('barred', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('claimed_by', models.UUIDField(null=True)),
                ('claim_until', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'triage_row',
                'indexes': [models.Index(condition=models.Q(('ready', True)), fields=['senior', 'rank', 'id'], name='triage_in_front'), models.Index(condition=models.Q(('ready', True)), fields=['subject_kind', 'senior', 'rank', 'id'], name='triage_of_class'), models.Index(condition=models.Q(('ready', True)), fields=['skill', 'language', 'subject_kind', 'senior', 'rank', 'id'], name='triage_of_skill'), models.Index(condition=models.Q(('claimed_by__isnull', False)), fields=['claimed_by', 'claim_until'], name='triage_held'), models.Index(fields=['pack'], name='triage_ranked_by')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('claim_until__isnull', True), ('claimed_by__isnull', True)), models.Q(('claim_until__isnull', False), ('claimed_by__isnull', False)), _connector='OR'), name='triage_claim_ends')],
            },
        ),
        migrations.RunSQL(FORWARD, REVERSE),
    ]
