"""Corrections of the conditions of signed records, each confirmed or declined by a second person."""

import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.core import guards
from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_guard_functions'),
        ('parties', '0002_rows_stay'),
        ('verification', '0011_worktime_round'),
    ]

    operations = [
        AtOnce(
            migrations.AddField(
                model_name='conditions',
                name='place',
                field=models.CharField(blank=True, max_length=300, verbose_name='place, where the record’s was corrected'),
            ),
            migrations.CreateModel(
                name='ConditionsAddendum',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('temperature', models.DecimalField(decimal_places=1, max_digits=5, verbose_name='temperature (°C)')),
                    ('humidity', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='relative humidity (%)')),
                    ('other', models.CharField(blank=True, max_length=200, verbose_name='other conditions')),
                    ('place', models.CharField(blank=True, max_length=300, verbose_name='place, where the record’s was corrected')),
                    ('reason', models.CharField(max_length=500, verbose_name='why it is corrected')),
                    ('proposed_on', models.DateField(verbose_name='day')),
                    ('state', models.CharField(choices=[('proposed', 'Proposed, a second person to confirm'), ('confirmed', 'Confirmed'), ('declined', 'Declined')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person', verbose_name='proposed by')),
                    ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='verification.record')),
                    ('second', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person', verbose_name='answered by')),
                ],
                options={
                    'verbose_name': 'addendum to the conditions of a record',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('record',), name='one_open_addendum_a_record'), models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='addendum_two_people')],
                },
            ),
        ),
        *guards.change_only(
            "verification_conditionsaddendum",
            ("state", "second_id"),
            "an addendum is never changed: it is confirmed or declined",
            filled_once=("second_id",),
        ),
    ]
