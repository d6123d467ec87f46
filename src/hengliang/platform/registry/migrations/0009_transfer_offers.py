"""Offers of transfer; an offer changes in its state alone, and only once."""

import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.core import guards


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_guard_functions'),
        ('parties', '0001_tables'),
        ('registry', '0008_grams_by_byte'),
    ]

    operations = [
        migrations.CreateModel(
            name='TransferOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offered_on', models.DateField(verbose_name='offered on')),
                ('state', models.CharField(choices=[('offered', 'Offered'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='offered', max_length=16, verbose_name='state')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='present user')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfer_offers', to='registry.instrument')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='new user')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'offer of transfer',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'offered')), fields=('instrument',), name='transfer_offered_once')],
            },
        ),
        *guards.change_only(
            'registry_transferoffer', ('state',), 'an offer is answered once and never changed', when="OLD.state = 'offered'"
        ),
        *guards.change_only(
            'registry_transferoffer',
            (),
            'an offer is answered once and never changed',
            when="OLD.state <> 'offered'",
            name='answered_stays',
        ),
    ]
