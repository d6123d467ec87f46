"""The tables of standards: measurement standards, designations, qualifications, budgets."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import hengliang.platform.core.models.dated
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("standards", "0001_initial"),
        ("standards", "0002_budgets"),
        ("standards", "0004_designations"),
    ]
    dependencies = [("core", "0001_tables"), ("parties", "0001_tables"), ("registry", "0001_tables")]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name='Budget',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='parties.organisation')),
                ],
                options={
                    'verbose_name': 'uncertainty budget',
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='budget_name_once_a_body')],
                },
            ),
            migrations.CreateModel(
                name='BudgetVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('saved_on', models.DateField(verbose_name='saved on')),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='what changed')),
                    ('content', models.JSONField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='standards.budget')),
                ],
                options={
                    'verbose_name': 'version of a budget',
                    'constraints': [models.UniqueConstraint(fields=('budget', 'number'), name='budget_version_once')],
                },
            ),
            migrations.CreateModel(
                name='Designation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('number', models.CharField(max_length=100, verbose_name='document number')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designations', to='parties.organisation')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.catalogueitem')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                ],
                options={
                    'verbose_name': 'designation',
                    'indexes': [models.Index(fields=['item', 'region'], name='designation_item_region')],
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('known_to__isnull', True)), expressions=[(models.Func('body_id', 'body_id', models.Value('[]'), function='int8range'), '&&'), (models.Func('item_id', 'item_id', models.Value('[]'), function='int8range'), '&&'), (models.Func('region_id', 'region_id', models.Value('[]'), function='int8range'), '&&'), (models.Func('valid_from', 'valid_to', function='daterange'), '&&')], name='designated_once')],
                },
            ),
            migrations.CreateModel(
                name='MeasurementStandard',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(blank=True, max_length=20, verbose_name='code (JJF 1022)')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('level', models.CharField(choices=[('national', 'National measurement standard'), ('public', 'Public measurement standard'), ('sector', 'Highest of a sector department'), ('enterprise', 'Highest of an enterprise'), ('working', 'Working standard')], max_length=16)),
                    ('measuring_range', models.CharField(blank=True, max_length=200, verbose_name='measuring range')),
                    ('uncertainty', models.CharField(blank=True, max_length=200, verbose_name='uncertainty, class or MPE')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('items', models.ManyToManyField(related_name='measurement_standards', to='registry.catalogueitem')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurement_standards', to='parties.organisation')),
                ],
                options={
                    'verbose_name': 'measurement standard',
                },
            ),
            migrations.CreateModel(
                name='Qualification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('number', models.CharField(max_length=100, verbose_name='certificate number')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.catalogueitem')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='qualifications', to='parties.person')),
                ],
                options={
                    'verbose_name': 'qualification',
                    'indexes': [models.Index(fields=['person', 'item'], name='qualification_person_item')],
                },
            ),
            migrations.CreateModel(
                name='StandardCertificate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('kind', models.CharField(choices=[('examination', 'Certificate of examination of the measurement standard'), ('public', 'Certificate of the public measurement standard'), ('traceability', 'Certificate of its traceability')], max_length=16)),
                    ('number', models.CharField(max_length=100, verbose_name='certificate number')),
                    ('issuer', models.CharField(max_length=200, verbose_name='issued by')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('standard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='standards.measurementstandard')),
                ],
                options={
                    'verbose_name': 'certificate of a measurement standard',
                },
            ),
            migrations.CreateModel(
                name='StandardStatus',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('in_service', models.BooleanField(default=True)),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('standard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='standards.measurementstandard')),
                ],
                options={
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('known_to__isnull', True)), expressions=[(hengliang.platform.core.models.dated.Life('standard_id', 'valid_from', 'valid_to'), '&&')], name='standard_status_once')],
                },
            ),
            migrations.CreateModel(
                name='Authorisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('kind', models.CharField(choices=[('statutory', 'Verification institute of the state'), ('utility', 'Authorised laboratory of a utility'), ('manufacturer', 'Authorised laboratory of a manufacturer')], default='statutory', max_length=16, verbose_name='kind of body')),
                    ('number', models.CharField(max_length=100, verbose_name='document number')),
                    ('scope', models.CharField(blank=True, max_length=200, verbose_name='range and accuracy')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='parties.organisation')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.catalogueitem')),
                    ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                ],
                options={
                    'verbose_name': 'authorisation',
                    'indexes': [models.Index(fields=['body', 'item'], name='authorisation_body_item')],
                },
            ),
        ),
    ]
