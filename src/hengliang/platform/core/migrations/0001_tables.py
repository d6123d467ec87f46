"""The tables of core: regions, acts and their log, states, files, rules."""

import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from typing import Any

import hengliang.platform.core.models.dated
from django.core.management import call_command
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce
from hengliang.platform.core.search import CREATE_FUNCTION


def make_cache_table(apps: Any, editor: Any) -> None:
    """The table in which attempts are counted for all web processes together, as Django makes it."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


def drop_cache_table(apps: Any, editor: Any) -> None:
    """Drop it again; what was counted is forgotten."""
    editor.execute("DROP TABLE IF EXISTS core_cache")


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("core", "0001_initial"),
        ("core", "0003_rules"),
        ("core", "0004_cache_table"),
    ]
    dependencies = []

    operations = [
        migrations.RunSQL(CREATE_FUNCTION, "DROP FUNCTION hengliang_grams"),
        AtOnce(
            migrations.CreateModel(
                name='Act',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=64)),
                    ('subject_type', models.CharField(blank=True, max_length=64)),
                    ('subject_id', models.CharField(blank=True, max_length=64)),
                    ('on', models.DateField(verbose_name='day of which it speaks')),
                    ('at', models.DateTimeField(verbose_name='moment at which it became known')),
                    ('account_id', models.BigIntegerField(null=True)),
                    ('account_name', models.CharField(blank=True, max_length=200)),
                    ('organisation_id', models.BigIntegerField(null=True)),
                    ('region_id', models.BigIntegerField(null=True)),
                    ('reason', models.TextField(blank=True)),
                ],
                options={
                    'verbose_name': 'act',
                    'indexes': [models.Index(fields=['subject_type', 'subject_id', '-at'], name='act_subject'), django.contrib.postgres.indexes.BrinIndex(fields=['at'], name='act_at')],
                },
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(max_length=64)),
                    ('subject_id', models.CharField(max_length=64)),
                    ('name', models.CharField(max_length=255, verbose_name='file name')),
                    ('media_type', models.CharField(max_length=100)),
                    ('size', models.BigIntegerField(verbose_name='size (bytes)')),
                    ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ],
                options={
                    'verbose_name': 'attachment',
                    'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='attachment_subject'), models.Index(fields=['sha256'], name='attachment_hash')],
                },
            ),
            migrations.CreateModel(
                name='Notification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('account_id', models.BigIntegerField()),
                    ('kind', models.CharField(max_length=64)),
                    ('params', models.JSONField(default=dict)),
                    ('url', models.CharField(blank=True, max_length=200)),
                    ('created_at', models.DateTimeField()),
                    ('read_at', models.DateTimeField(null=True)),
                    ('act', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ],
                options={
                    'verbose_name': 'notification',
                    'indexes': [models.Index(fields=['account_id', '-created_at'], name='notification_account')],
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.CharField(max_length=32)),
                    ('attempts', models.SmallIntegerField(default=0)),
                    ('delivered_at', models.DateTimeField(null=True)),
                    ('error', models.TextField(blank=True)),
                    ('notification', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='core.notification')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('notification', 'channel'), name='delivery_once_per_channel')],
                },
            ),
            migrations.CreateModel(
                name='LocalRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('norm', models.CharField(max_length=120, verbose_name='rule')),
                    ('text', models.TextField(verbose_name='YAML')),
                    ('tables', models.JSONField(default=dict, verbose_name='CSV')),
                    ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ],
                options={
                    'verbose_name': "rule of one's own",
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_by__isnull', True)), fields=('norm',), name='one_local_file_a_rule')],
                },
            ),
            migrations.CreateModel(
                name='LogCheckpoint',
                fields=[
                    ('origin', models.CharField(max_length=255, primary_key=True, serialize=False)),
                    ('note', models.BinaryField()),
                    ('size', models.BigIntegerField()),
                    ('signed_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='LogFile',
                fields=[
                    ('name', models.CharField(max_length=128, primary_key=True, serialize=False)),
                    ('content', models.BinaryField()),
                ],
            ),
            migrations.CreateModel(
                name='Region',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.SmallIntegerField(choices=[(0, 'Country'), (1, 'Province'), (2, 'City'), (3, 'County'), (4, 'Township')])),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ],
                options={
                    'verbose_name': 'region',
                },
            ),
            migrations.CreateModel(
                name='RegionVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('code', models.CharField(max_length=12, verbose_name='region code')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('name_en', models.CharField(blank=True, max_length=100, verbose_name='English name')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='child_versions', to='core.region')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='core.region')),
                ],
                options={
                    'indexes': [models.Index(fields=['code'], name='region_code')],
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('known_to__isnull', True)), expressions=[(hengliang.platform.core.models.dated.Life('region_id', 'valid_from', 'valid_to'), '&&')], name='region_once')],
                },
            ),
            migrations.CreateModel(
                name='RuleApproval',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('norm', models.CharField(max_length=120, verbose_name='rule')),
                    ('start', models.DateField(verbose_name='in force since')),
                    ('content_hash', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('against', models.TextField(verbose_name='text compared with')),
                    ('against_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of that text')),
                    ('quote', models.TextField(blank=True, verbose_name='words of the text')),
                    ('checked_by', models.CharField(max_length=200, verbose_name='checked by')),
                    ('checked_by_account', models.BigIntegerField()),
                    ('checked_on', models.DateField(verbose_name='checked on')),
                    ('approved_by', models.CharField(blank=True, max_length=200, verbose_name='approved by')),
                    ('approved_by_account', models.BigIntegerField(null=True)),
                    ('approved_on', models.DateField(null=True, verbose_name='approved on')),
                    ('state', models.CharField(max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ],
                options={
                    'verbose_name': 'approval of a rule',
                    'indexes': [models.Index(fields=['norm', 'start'], name='ruleapproval_norm')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('checked', 'approved'))), fields=('norm', 'start', 'content_hash'), name='one_standing_approval_a_content'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(models.Q(('approved_by', ''), _negated=True), models.Q(('approved_by', models.F('checked_by')), _negated=True), models.Q(('approved_by_account', models.F('checked_by_account')), _negated=True)), _connector='OR'), name='approved_by_two_people')],
                },
            ),
            migrations.CreateModel(
                name='StateChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(max_length=64)),
                    ('subject_id', models.BigIntegerField()),
                    ('source', models.CharField(blank=True, max_length=32)),
                    ('target', models.CharField(max_length=32)),
                    ('at', models.DateTimeField()),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ],
                options={
                    'verbose_name': 'change of state',
                    'indexes': [models.Index(fields=['subject_type', 'subject_id', 'at'], name='statechange_subject')],
                },
            ),
            migrations.CreateModel(
                name='LogEntry',
                fields=[
                    ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='log_entry', serialize=False, to='core.act')),
                    ('entry', models.BinaryField(verbose_name='canonical bytes that enter the log')),
                    ('payload', models.JSONField(null=True, verbose_name='what the commitment opens to')),
                    ('salt', models.BinaryField(null=True)),
                    ('ledger', models.JSONField(null=True, verbose_name='who, why, and which rows; never disclosed by a receipt')),
                    ('ledger_salt', models.BinaryField(null=True)),
                    ('entered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('position', models.BigIntegerField(null=True, unique=True, verbose_name='index in the log')),
                    ('integrated_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('position__isnull', True)), fields=['act'], name='logentry_waiting')],
                },
            ),
        ),
        migrations.RunPython(make_cache_table, drop_cache_table),
    ]
