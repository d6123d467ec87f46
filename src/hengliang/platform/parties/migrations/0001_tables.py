"""The tables of parties: organisations, people, accounts, roles."""

import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.deletion
import hengliang.platform.core.models.dated
import hengliang.platform.core.search
from django.conf import settings
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("parties", "0001_initial"),
        ("parties", "0002_token"),
    ]
    dependencies = [("core", "0001_tables")]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('credit_code', models.CharField(blank=True, max_length=18, null=True, unique=True, verbose_name='unified social credit code')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('name_en', models.CharField(blank=True, max_length=200, verbose_name='English name')),
                    ('is_verification_body', models.BooleanField(default=False)),
                    ('is_market', models.BooleanField(default=False)),
                    ('search_text', models.TextField(editable=False)),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                ],
                options={
                    'verbose_name': 'organisation',
                    'indexes': [django.contrib.postgres.indexes.GinIndex(hengliang.platform.core.search.Grams('search_text'), name='organisation_search'), models.Index(fields=['region'], name='org_region')],
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='parties.organisation')),
                ],
                options={
                    'verbose_name': 'person',
                },
            ),
            migrations.CreateModel(
                name='Account',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('username', models.CharField(max_length=100, unique=True, verbose_name='user name')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                    ('language', models.CharField(default='zh-hans', max_length=10)),
                    ('is_active', models.BooleanField(default=True)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='parties.person')),
                ],
                options={
                    'verbose_name': 'account',
                },
            ),
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('sha256', models.CharField(max_length=64, unique=True)),
                    ('scope', models.CharField(choices=[('read', 'Read only'), ('write', 'Read and act')], max_length=8)),
                    ('expires_at', models.DateTimeField(verbose_name='expires at')),
                    ('revoked_at', models.DateTimeField(null=True)),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL)),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ],
                options={
                    'verbose_name': 'token',
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.EmailField(max_length=254)),
                    ('token_sha256', models.CharField(max_length=64, unique=True)),
                    ('role', models.CharField(choices=[('authority', 'Metrology authority'), ('sector_department', 'Sector department'), ('body_manager', 'Verification body manager'), ('verifier', 'Verifier'), ('reviewer', 'Reviewer'), ('approver', 'Approver'), ('deputy_approver', 'Deputy approver'), ('owner', 'User of instruments'), ('market_organiser', 'Market organiser'), ('utility', 'Utility'), ('assessor', 'Assessor'), ('auditor', 'Auditor'), ('administrator', 'Administrator')], max_length=32)),
                    ('expires_at', models.DateTimeField()),
                    ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='OrganisationSuccession',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='parties.organisation')),
                    ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions_of', to='parties.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_of_another')],
                },
            ),
            migrations.CreateModel(
                name='OrganisationVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('name_en', models.CharField(blank=True, max_length=200, verbose_name='English name')),
                    ('address', models.CharField(blank=True, max_length=300, verbose_name='address')),
                    ('contact', models.CharField(blank=True, max_length=100, verbose_name='contact person')),
                    ('telephone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='parties.organisation')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                ],
                options={
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('known_to__isnull', True)), expressions=[(hengliang.platform.core.models.dated.Life('organisation_id', 'valid_from', 'valid_to'), '&&')], name='organisation_once')],
                },
            ),
            migrations.CreateModel(
                name='RoleAssignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('role', models.CharField(choices=[('authority', 'Metrology authority'), ('sector_department', 'Sector department'), ('body_manager', 'Verification body manager'), ('verifier', 'Verifier'), ('reviewer', 'Reviewer'), ('approver', 'Approver'), ('deputy_approver', 'Deputy approver'), ('owner', 'User of instruments'), ('market_organiser', 'Market organiser'), ('utility', 'Utility'), ('assessor', 'Assessor'), ('auditor', 'Auditor'), ('administrator', 'Administrator')], max_length=32)),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to=settings.AUTH_USER_MODEL)),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='parties.organisation')),
                    ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('role', 'administrator'), models.Q(('region__isnull', False), ('role__in', ['auditor', 'authority', 'sector_department'])), ('organisation__isnull', False), _connector='OR'), name='role_reaches_something')],
                },
            ),
            migrations.CreateModel(
                name='SavedFilter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('table', models.CharField(max_length=64)),
                    ('name', models.CharField(max_length=100)),
                    ('query', models.TextField()),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('account', 'table', 'name'), name='saved_filter_once')],
                },
            ),
        ),
    ]
