"""The tables of certificates: proofs, their documents, the stock of marks."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("certificates", "0001_initial"),
        ("certificates", "0002_initial"),
        ("certificates", "0004_attached_budget"),
        ("certificates", "0006_job_kinds"),
        ("certificates", "0007_cancelled"),
        ("certificates", "0008_marks"),
    ]
    dependencies = [("core", "0001_tables"), ("parties", "0001_tables"), ("registry", "0001_tables"), ("standards", "0001_tables"), ("verification", "0001_tables")]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name='Certificate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=16, unique=True, verbose_name='code on the document')),
                    ('kind', models.CharField(choices=[('certificate', 'Verification certificate'), ('notice', 'Notice of verification result'), ('calibration', 'Calibration certificate'), ('report', 'Test report'), ('arbitration', 'Arbitration verification certificate')], max_length=16)),
                    ('job', models.CharField(default='mandatory', max_length=24, verbose_name='kind of job')),
                    ('number', models.CharField(max_length=80, verbose_name='number')),
                    ('verified_on', models.DateField(verbose_name='verified on')),
                    ('issued_on', models.DateField(verbose_name='issued on')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                    ('content', models.JSONField()),
                    ('content_sha256', models.CharField(max_length=64)),
                    ('xml', models.TextField(verbose_name='digital certificate, unsigned; what the log commits to')),
                    ('training', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('in_force', 'In force'), ('replaced', 'Replaced'), ('withdrawn', 'Withdrawn'), ('cancelled', 'Cancelled: failed since')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='parties.organisation')),
                    ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='registry.instrument')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='certificate', to='verification.record')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                    ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='certificates.certificate')),
                ],
                options={
                    'verbose_name': 'certificate',
                    'indexes': [models.Index(fields=['instrument', '-verified_on'], name='certificate_instrument'), models.Index(fields=['body', '-issued_on'], name='certificate_body'), models.Index(fields=['owner', '-issued_on'], name='certificate_owner')],
                    'constraints': [models.UniqueConstraint(fields=('body', 'number'), name='number_once_a_body')],
                },
            ),
            migrations.CreateModel(
                name='Document',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pdf', models.BinaryField()),
                    ('xml', models.BinaryField(verbose_name='signed XML, as attached to the PDF')),
                    ('sha256', models.CharField(max_length=64)),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='document', to='certificates.certificate')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='MarkDestruction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(verbose_name='destroyed on')),
                    ('method', models.CharField(max_length=100, verbose_name='how')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                    ('first_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person', verbose_name='destroyed by')),
                    ('second_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person', verbose_name='together with')),
                ],
                options={
                    'verbose_name': 'destruction of marks',
                    'constraints': [models.CheckConstraint(condition=models.Q(('first_person', models.F('second_person')), _negated=True), name='destroyed_by_two_people')],
                },
            ),
            migrations.CreateModel(
                name='MarkSeries',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=24, verbose_name='kind of mark')),
                    ('prefix', models.CharField(blank=True, max_length=40, verbose_name='what stands before the digits')),
                    ('width', models.PositiveSmallIntegerField(verbose_name='number of digits')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mark_series', to='parties.organisation')),
                ],
                options={
                    'verbose_name': 'series of marks',
                    'constraints': [models.UniqueConstraint(fields=('body', 'kind', 'prefix', 'width'), name='mark_series_once')],
                },
            ),
            migrations.CreateModel(
                name='Mark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=24, verbose_name='kind of mark')),
                    ('number', models.CharField(max_length=64, verbose_name='number')),
                    ('first', models.BigIntegerField(verbose_name='first number')),
                    ('last', models.BigIntegerField(verbose_name='last number')),
                    ('place', models.CharField(blank=True, max_length=100, verbose_name='place on the instrument')),
                    ('on', models.DateField(verbose_name='day put on or written off')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='taken off on')),
                    ('taken_off_by', models.CharField(blank=True, max_length=200, verbose_name='taken off by')),
                    ('state', models.CharField(choices=[('in_hand', 'In hand'), ('on_instrument', 'On the instrument'), ('to_remove', 'To be removed'), ('struck', 'Struck by a cancellation mark'), ('superseded', 'Superseded by a newer one'), ('removed', 'Removed'), ('spoiled', 'Spoiled'), ('lost', 'Lost'), ('destroyed', 'Destroyed')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                    ('certificate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='certificates.certificate')),
                    ('instrument', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='registry.instrument')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person', verbose_name='in whose hands it was')),
                    ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='verification.record')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                    ('destruction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='certificates.markdestruction')),
                    ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='certificates.markseries')),
                ],
                options={
                    'verbose_name': 'mark',
                    'indexes': [models.Index(condition=models.Q(('instrument__isnull', False)), fields=['instrument', '-on'], name='mark_instrument'), models.Index(fields=['number'], name='mark_number'), models.Index(fields=['series', 'first'], name='mark_series_first'), models.Index(fields=['body', '-on'], name='mark_body')],
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('series_id'), models.F('series_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('first'), models.F('last'), models.Value('[]'), function='int8range'), '&&')], name='mark_leaves_once'), models.UniqueConstraint(fields=('body', 'kind', 'number'), name='mark_number_once'), models.CheckConstraint(condition=models.Q(('first__gte', 0), ('last__gte', models.F('first'))), name='mark_upwards'), models.CheckConstraint(condition=models.Q(('instrument__isnull', True), ('first', models.F('last')), _connector='OR'), name='mark_on_an_instrument_is_one')],
                },
            ),
            migrations.CreateModel(
                name='MarkBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('first', models.BigIntegerField(verbose_name='first number')),
                    ('last', models.BigIntegerField(verbose_name='last number')),
                    ('received_on', models.DateField(verbose_name='received on')),
                    ('supplier', models.CharField(blank=True, max_length=200, verbose_name='supplier')),
                    ('document', models.CharField(blank=True, max_length=100, verbose_name='delivery note')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='certificates.markseries')),
                ],
                options={
                    'verbose_name': 'batch of marks',
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('series_id'), models.F('series_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('first'), models.F('last'), models.Value('[]'), function='int8range'), '&&')], name='mark_received_once'), models.CheckConstraint(condition=models.Q(('first__gte', 0), ('last__gte', models.F('first'))), name='mark_batch_upwards')],
                },
            ),
            migrations.CreateModel(
                name='MarkHolding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('first', models.BigIntegerField(verbose_name='first number')),
                    ('last', models.BigIntegerField(verbose_name='last number')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mark_holdings', to='parties.person')),
                    ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='certificates.markseries')),
                ],
                options={
                    'verbose_name': 'marks in hand',
                    'indexes': [models.Index(condition=models.Q(('known_to__isnull', True)), fields=['person'], name='mark_holding_person')],
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('known_to__isnull', True)), expressions=[(models.Func(models.F('series_id'), models.F('series_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('first'), models.F('last'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), function='daterange'), '&&')], name='mark_held_once'), models.CheckConstraint(condition=models.Q(('first__gte', 0), ('last__gte', models.F('first'))), name='mark_holding_upwards')],
                },
            ),
            migrations.CreateModel(
                name='Stocktaking',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=24, verbose_name='kind of mark')),
                    ('on', models.DateField(verbose_name='counted on')),
                    ('expected', models.JSONField(default=list, verbose_name='what should be there')),
                    ('counted', models.JSONField(default=list, verbose_name='what was counted')),
                    ('state', models.CharField(choices=[('agrees', 'Agrees'), ('differs', 'Differs: to be explained'), ('settled', 'Explained')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person', verbose_name='counted with')),
                ],
                options={
                    'verbose_name': 'stocktaking',
                    'indexes': [models.Index(fields=['body', '-on'], name='stocktaking_body')],
                },
            ),
            migrations.CreateModel(
                name='StocktakingFinding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(choices=[('missing', 'Missing'), ('surplus', 'Not expected here')], max_length=16)),
                    ('prefix', models.CharField(blank=True, max_length=40)),
                    ('width', models.PositiveSmallIntegerField()),
                    ('first', models.BigIntegerField(verbose_name='first number')),
                    ('last', models.BigIntegerField(verbose_name='last number')),
                    ('outcome', models.CharField(blank=True, choices=[('lost', 'Lost: written off'), ('spoiled', 'Spoiled: written off'), ('present', 'Found again, or counted wrongly')], max_length=16, verbose_name='how it was settled')),
                    ('explanation', models.CharField(blank=True, max_length=500, verbose_name='explanation')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certificates.markseries')),
                    ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('stocktaking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='certificates.stocktaking')),
                ],
                options={
                    'verbose_name': 'finding of a stocktaking',
                    'constraints': [models.CheckConstraint(condition=models.Q(('first__gte', 0), ('last__gte', models.F('first'))), name='stocktaking_finding_upwards'), models.CheckConstraint(condition=models.Q(('outcome', ''), models.Q(('explanation', ''), _negated=True), _connector='OR'), name='finding_settled_with_explanation')],
                },
            ),
            migrations.CreateModel(
                name='AttachedBudget',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('attached_on', models.DateField(verbose_name='attached on')),
                    ('content', models.JSONField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='standards.budgetversion')),
                    ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='certificates.certificate')),
                ],
                options={
                    'verbose_name': 'attached uncertainty budget',
                    'constraints': [models.UniqueConstraint(fields=('certificate', 'version'), name='budget_attached_once')],
                },
            ),
        ),
    ]
