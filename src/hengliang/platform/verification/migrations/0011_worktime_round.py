"""Working time is led to its round by a key; the text of before is looked up once."""

import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('verification', '0010_second_arbitration'),
    ]

    operations = [
        AtOnce(
            migrations.AddField(
                model_name='worktime',
                name='round',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='worktimes', to='verification.round'),
            ),
            migrations.AlterField(
                model_name='worktime',
                name='job',
                field=models.CharField(blank=True, max_length=60, verbose_name='application, or in words'),
            ),
        ),
        migrations.RunSQL(
            "UPDATE verification_worktime w SET round_id = r.id, job = '' FROM verification_round r"
            " WHERE w.job = r.number AND w.body_id = r.body_id",
            migrations.RunSQL.noop,
        ),
    ]
