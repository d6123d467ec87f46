"""The tables of supervision: orders and statistics."""

import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("supervision", "0001_initial"),
        ("supervision", "0002_findings"),
        ("supervision", "0003_statistics"),
    ]
    dependencies = [("core", "0001_tables"), ("parties", "0001_tables"), ("registry", "0001_tables")]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name='Finding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('serial_twice', 'Same serial number proved twice'), ('seal_twice', 'Same seal number on two instruments'), ('two_places', 'One person in two counties on one day'), ('too_much', 'More in a day than can be done'), ('signers_invited', 'One signer invited another')], max_length=16, verbose_name='kind')),
                    ('key', models.CharField(max_length=300)),
                    ('found_on', models.DateField(verbose_name='found on')),
                    ('speaks_of', models.DateField(verbose_name='day it speaks of')),
                    ('facts', models.JSONField(verbose_name='what was found')),
                    ('state', models.CharField(choices=[('open', 'To be looked into'), ('explained', 'Explained'), ('upheld', 'Upheld')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                ],
                options={
                    'verbose_name': 'finding',
                    'indexes': [models.Index(fields=['region', 'state', '-speaks_of'], name='finding_region')],
                    'constraints': [models.UniqueConstraint(fields=('kind', 'key', 'region'), name='found_once')],
                },
            ),
            migrations.CreateModel(
                name='Order',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('reminder', 'Reminder'), ('rectification', 'Rectification order')], max_length=16, verbose_name='kind')),
                    ('reason', models.CharField(max_length=500, verbose_name='reason')),
                    ('issued_on', models.DateField(verbose_name='issued on')),
                    ('days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='term (working days)')),
                    ('due_by', models.DateField(blank=True, null=True, verbose_name='to be done by')),
                    ('provisional', models.BooleanField(default=False, verbose_name='holidays of that year not yet known')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed on evidence'), ('withdrawn', 'Withdrawn')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                    ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='registry.instrument')),
                    ('market', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='addressed to')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                ],
                options={
                    'verbose_name': 'order',
                    'indexes': [models.Index(fields=['region', 'state', 'due_by'], name='order_region'), models.Index(fields=['owner', 'state'], name='order_owner')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('instrument', 'kind'), name='one_open_order_a_kind'), models.CheckConstraint(condition=models.Q(('kind', 'reminder'), ('due_by__isnull', False), _connector='OR'), name='order_has_a_term')],
                },
            ),
            migrations.CreateModel(
                name='StatisticsReturn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('form', models.CharField(max_length=80, verbose_name='form')),
                    ('edition', models.CharField(max_length=20, verbose_name='edition')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='to')),
                    ('by', models.CharField(max_length=10, verbose_name='rows')),
                    ('content', models.JSONField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('prepared_on', models.DateField(verbose_name='prepared on')),
                    ('checked_on', models.DateField(null=True, verbose_name='checked on')),
                    ('state', models.CharField(choices=[('prepared', 'Prepared, to be checked'), ('signed', 'Signed by both'), ('sent_back', 'Sent back'), ('withdrawn', 'Withdrawn')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                    ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person')),
                    ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person')),
                    ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                ],
                options={
                    'verbose_name': 'statistics return',
                    'indexes': [models.Index(fields=['body', '-starts_on'], name='return_body'), models.Index(fields=['region', '-starts_on'], name='return_region')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('body__isnull', False), ('region__isnull', False), _connector='XOR'), name='return_is_of_one'), models.CheckConstraint(condition=models.Q(('prepared_by', models.F('checked_by')), _negated=True), name='prepared_and_checked_by_two'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'signed'), _negated=True), ('checked_by__isnull', False), _connector='OR'), name='signed_by_somebody'), models.UniqueConstraint(condition=models.Q(('state__in', ['prepared', 'signed'])), fields=('form', 'starts_on', 'by', 'body', 'region'), name='one_return_a_period', nulls_distinct=False)],
                },
            ),
        ),
    ]
