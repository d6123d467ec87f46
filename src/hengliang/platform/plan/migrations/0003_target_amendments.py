"""Changes to the targets of a plan in force; a change is decided on once and never rewritten."""

import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.core import guards


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_guard_functions'),
        ('plan', '0002_frozen_frame'),
    ]

    operations = [
        migrations.CreateModel(
            name='TargetAmendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField(default=dict, verbose_name='what was demanded')),
                ('after', models.JSONField(default=dict, verbose_name='what shall be demanded')),
                ('reason', models.TextField(verbose_name='reason')),
                ('proposed_by', models.BigIntegerField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed at')),
                ('state', models.CharField(choices=[('proposed', 'Proposed, to be confirmed'), ('confirmed', 'Confirmed'), ('refused', 'Not confirmed')], max_length=16, verbose_name='state')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='plan.plantarget')),
            ],
            options={
                'verbose_name': 'change of a target',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('target',), name='target_amendment_waits_once')],
            },
        ),
        *guards.change_only(
            'plan_targetamendment',
            ('state', 'confirmed_at'),
            'a change of a target is decided on once and never rewritten',
            when="OLD.state = 'proposed'",
        ),
        *guards.change_only(
            'plan_targetamendment',
            (),
            'a change of a target is decided on once and never rewritten',
            when="OLD.state <> 'proposed'",
            name='decided_stays',
        ),
    ]
