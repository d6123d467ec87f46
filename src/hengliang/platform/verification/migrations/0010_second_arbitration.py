"""A second arbitration: the first it follows, who applied for it and when, the result told to each party."""

import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_rows_stay'),
        ('verification', '0009_results_hang_on'),
    ]

    operations = [
        AtOnce(
            migrations.AddField(
                model_name='arbitration',
                name='appealed_on',
                field=models.DateField(blank=True, null=True, verbose_name='second applied for on'),
            ),
            migrations.AddField(
                model_name='arbitration',
                name='appealed_side',
                field=models.CharField(blank=True, max_length=16, verbose_name='who applied for the second'),
            ),
            migrations.AddField(
                model_name='arbitration',
                name='authority',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region'),
            ),
            migrations.AddField(
                model_name='arbitration',
                name='first',
                field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='second', to='verification.arbitration'),
            ),
            migrations.AddField(
                model_name='arbitration',
                name='grounds',
                field=models.TextField(blank=True, verbose_name='why the result is not accepted'),
            ),
            migrations.AddField(
                model_name='arbitrationparty',
                name='provisional',
                field=models.BooleanField(default=False, verbose_name='holidays of that year not yet known'),
            ),
            migrations.AddField(
                model_name='arbitrationparty',
                name='result_on',
                field=models.DateField(blank=True, null=True, verbose_name='notice of the result received on'),
            ),
            migrations.AddField(
                model_name='arbitrationparty',
                name='second_by',
                field=models.DateField(blank=True, null=True, verbose_name='second may be applied for until'),
            ),
            migrations.AlterField(
                model_name='arbitration',
                name='state',
                field=models.CharField(choices=[('opened', 'Opened, parties to be notified'), ('notified', 'Parties notified'), ('decided', 'Decided, result to be told'), ('told', 'Result told, term of the second runs'), ('appealed', 'Second applied for'), ('final', 'Final'), ('replaced', 'Replaced by the second'), ('withdrawn', 'Withdrawn')], max_length=16, verbose_name='state'),
            ),
        ),
    ]
