import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('certificates', '0001_initial'),
        ('core', '0002_guards'),
        ('verification', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='certificate',
            name='record',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='certificate', to='verification.record'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='certificates.certificate'),
        ),
        migrations.AddField(
            model_name='document',
            name='act',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act'),
        ),
        migrations.AddField(
            model_name='document',
            name='certificate',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='document', to='certificates.certificate'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['instrument', '-verified_on'], name='certificate_instrument'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['body', '-issued_on'], name='certificate_body'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['owner', '-issued_on'], name='certificate_owner'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('body', 'number'), name='number_once_a_body'),
        ),
    ]
