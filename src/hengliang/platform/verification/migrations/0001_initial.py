import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_guards'),
        ('parties', '0002_token'),
        ('parties', '__first__'),
        ('registry', '0001_initial'),
        ('standards', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleAsUsed',
            fields=[
                ('content_hash', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('content', models.JSONField()),
                ('provenance', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=32, unique=True, verbose_name='application number')),
                ('on_site', models.BooleanField(default=False, verbose_name='on site')),
                ('wanted_on', models.DateField(blank=True, null=True, verbose_name='wanted by')),
                ('applied_at', models.DateTimeField(verbose_name='applied at')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('state', models.CharField(choices=[('submitted', 'Submitted'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn by the applicant'), ('done', 'Done')], max_length=16, verbose_name='state')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='parties.organisation')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications_received', to='parties.organisation')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
            ],
            options={
                'verbose_name': 'application',
                'indexes': [models.Index(fields=['body', 'state', 'applied_at'], name='application_body'), models.Index(fields=['applicant', '-applied_at'], name='application_applicant')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('pattern', models.CharField(max_length=80)),
                ('year', models.SmallIntegerField()),
                ('next_serial', models.PositiveIntegerField(default=1)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'kind', 'year'), name='number_series_once')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('regime', models.CharField(choices=[('initial', 'Initial verification'), ('subsequent', 'Subsequent verification'), ('in_service', 'In-service inspection'), ('after_repair', 'Verification after repair')], max_length=16)),
                ('scheduled_on', models.DateField(blank=True, null=True, verbose_name='scheduled on')),
                ('promised_on', models.DateField(blank=True, null=True, verbose_name='to be done by')),
                ('state', models.CharField(choices=[('applied', 'Applied for'), ('waiting', 'Waiting'), ('measured', 'Measured, to be reviewed'), ('reviewed', 'Reviewed, to be approved'), ('approved', 'Approved, to be issued'), ('issued', 'Proof issued'), ('cancelled', 'Cancelled')], max_length=16, verbose_name='state')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('application', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='verification.application')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='parties.organisation')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='registry.instrument')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                ('verifier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='parties.person')),
            ],
            options={
                'verbose_name': 'task',
                'indexes': [models.Index(fields=['body', 'state', 'promised_on'], name='task_body'), models.Index(fields=['instrument'], name='task_instrument')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['issued', 'cancelled']), _negated=True), fields=('instrument',), name='one_open_task_an_instrument')],
            },
        ),
        migrations.CreateModel(
            name='RecordDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.JSONField(default=dict)),
                ('versions', models.JSONField(default=dict, verbose_name='version of each section')),
                ('updated_at', models.DateTimeField()),
                ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='verification.task')),
            ],
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='record number')),
                ('verified_on', models.DateField(verbose_name='verified on')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='place')),
                ('regime', models.CharField(choices=[('initial', 'Initial verification'), ('subsequent', 'Subsequent verification'), ('in_service', 'In-service inspection'), ('after_repair', 'Verification after repair')], max_length=16)),
                ('procedure', models.CharField(max_length=80, verbose_name='rule')),
                ('edition', models.CharField(max_length=80, verbose_name='edition')),
                ('data', models.JSONField(verbose_name='what was measured')),
                ('judgement', models.JSONField(verbose_name='what the rule says')),
                ('passed', models.BooleanField()),
                ('training', models.BooleanField(default=False, verbose_name='judged by a draft rule; issues nothing outside training')),
                ('state', models.CharField(choices=[('submitted', 'Submitted'), ('reviewed', 'Reviewed'), ('approved', 'Approved'), ('sent_back', 'Sent back'), ('void', 'Void')], max_length=16, verbose_name='state')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person')),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person')),
                ('standards', models.ManyToManyField(related_name='records', to='standards.measurementstandard')),
                ('verifier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='verification.ruleasused')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='verification.task')),
            ],
            options={
                'verbose_name': 'original record',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['void', 'sent_back']), _negated=True), fields=('task',), name='one_standing_record_a_task'), models.CheckConstraint(condition=models.Q(models.Q(('verifier', models.F('reviewer')), _negated=True), models.Q(('verifier', models.F('approver')), _negated=True), models.Q(('reviewer', models.F('approver')), _negated=True)), name='three_different_people')],
            },
        ),
    ]
