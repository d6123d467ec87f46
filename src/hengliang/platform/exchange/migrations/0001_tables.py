"""The tables of exchange: other systems, what came and went, differences, webhooks."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import hengliang.platform.core.models.dated
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("exchange", "0001_initial"),
    ]
    dependencies = [("certificates", "0001_tables"), ("core", "0001_tables"), ("parties", "0001_tables"), ("registry", "0001_tables"), ("verification", "0001_tables")]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name='OutsideSystem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, unique=True, verbose_name='short name')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('kind', models.CharField(choices=[('national', 'National platform'), ('provincial', 'Provincial platform'), ('city', 'Platform of a city'), ('counter', 'Service counter'), ('body', 'System of a verification body'), ('other', 'Other system')], max_length=16, verbose_name='kind')),
                    ('operator', models.CharField(blank=True, max_length=200, verbose_name='operated by')),
                    ('bodies', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None, verbose_name='bodies that take part')),
                    ('adapter', models.CharField(max_length=24, verbose_name='way of exchange')),
                    ('profile', models.CharField(max_length=40, verbose_name='mapping profile')),
                    ('state', models.CharField(choices=[('active', 'Connected'), ('closed', 'Closed')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='connected by')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='region')),
                ],
                options={
                    'verbose_name': 'outside system',
                },
            ),
            migrations.CreateModel(
                name='InboundBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('ledger', 'Ledger of instruments'), ('tasks', 'Tasks of verification'), ('receipts', 'Receipts for what was sent')], max_length=16, verbose_name='what it holds')),
                    ('complete', models.BooleanField(default=False, verbose_name='all that the other system holds of the region')),
                    ('stated_on', models.DateField(verbose_name='day of which it speaks')),
                    ('file_name', models.CharField(max_length=255, verbose_name='file')),
                    ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('size', models.BigIntegerField(default=0, verbose_name='size (bytes)')),
                    ('state', models.CharField(choices=[('received', 'Received'), ('compared', 'Compared'), ('unreadable', 'Not readable'), ('accepted', 'Taken in'), ('dropped', 'Dropped')], max_length=16, verbose_name='state')),
                    ('headers', models.JSONField(default=list, verbose_name='columns as they were understood')),
                    ('notices', models.JSONField(default=list, verbose_name='what its sender should know')),
                    ('problem', models.JSONField(default=dict, verbose_name="why it can't be read")),
                    ('profile_used', models.JSONField(default=dict, verbose_name='mapping as it was used')),
                    ('counts', models.JSONField(default=dict, verbose_name='rows by outcome')),
                    ('rows', models.IntegerField(default=0, verbose_name='rows')),
                    ('missing', models.IntegerField(default=0, verbose_name='only here')),
                    ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('filing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.instrumentimport')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='brought in by')),
                    ('system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='exchange.outsidesystem')),
                ],
                options={
                    'verbose_name': 'batch received',
                    'indexes': [models.Index(fields=['system', 'kind', 'sha256'], name='inbound_same_file')],
                },
            ),
            migrations.CreateModel(
                name='Discrepancy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.IntegerField(null=True, verbose_name='row')),
                    ('kind', models.CharField(choices=[('only_here', 'Only here'), ('only_there', 'Only there'), ('different', 'Different'), ('conflict', 'Changed on both sides'), ('moved', 'Their number names another instrument')], max_length=16, verbose_name='kind')),
                    ('outside_id', models.CharField(blank=True, max_length=100, verbose_name='their number')),
                    ('name', models.CharField(max_length=200, verbose_name='what it is')),
                    ('fields', models.JSONField(default=list, verbose_name='field by field')),
                    ('cells', models.JSONField(default=dict, verbose_name='what the other system says')),
                    ('reason', models.JSONField(default=dict, verbose_name='why it was not accepted')),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('since', models.DateField(verbose_name='since')),
                    ('seen_on', models.DateField(verbose_name='last seen')),
                    ('ignored_until', models.DateField(blank=True, null=True, verbose_name='left until')),
                    ('state', models.CharField(choices=[('open', 'To be settled'), ('ignored', 'Left for a time'), ('kept', 'Ours stays, to be sent'), ('taken', 'Theirs was taken'), ('linked', 'Linked'), ('filed', 'Filed here'), ('cleared', 'Gone by itself')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('instrument', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='discrepancies', to='registry.instrument')),
                    ('proposed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.instrument')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region')),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='discrepancies', to='exchange.inboundbatch')),
                    ('system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='discrepancies', to='exchange.outsidesystem')),
                ],
                options={
                    'verbose_name': 'difference',
                    'indexes': [models.Index(fields=['region', 'state', 'since'], name='discrepancy_region')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('instrument__isnull', False), ('state__in', ('open', 'ignored'))), fields=('system', 'instrument'), name='one_difference_an_instrument'), models.UniqueConstraint(condition=models.Q(('state__in', ('open', 'ignored')), models.Q(('outside_id', ''), _negated=True)), fields=('system', 'outside_id'), name='one_difference_a_number')],
                },
            ),
            migrations.CreateModel(
                name='Dispatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('results', 'Results of verification'), ('ledger', 'Entries of the ledger that stay as they are here')], max_length=16, verbose_name='what it holds')),
                    ('until', models.DateField(verbose_name='up to and including')),
                    ('rows', models.IntegerField(verbose_name='rows')),
                    ('file_name', models.CharField(max_length=120, verbose_name='file')),
                    ('content', models.BinaryField()),
                    ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('profile_used', models.JSONField(verbose_name='mapping as it was used')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='sent by')),
                    ('system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='exchange.outsidesystem')),
                ],
                options={
                    'verbose_name': 'sheet sent',
                },
            ),
            migrations.CreateModel(
                name='DispatchRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=40, verbose_name='our number')),
                    ('number', models.IntegerField(verbose_name='row')),
                    ('receipt', models.CharField(blank=True, choices=[('', 'No receipt yet'), ('accepted', 'Accepted there'), ('refused', 'Refused there')], max_length=16, verbose_name='receipt')),
                    ('receipt_reason', models.CharField(blank=True, max_length=500, verbose_name='reason of the other system')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('again_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('certificate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dispatched', to='certificates.certificate')),
                    ('discrepancy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dispatched', to='exchange.discrepancy')),
                    ('dispatch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='exchange.dispatch')),
                    ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatched', to='registry.instrument')),
                    ('answered_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.inboundbatch')),
                    ('system', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.outsidesystem')),
                ],
                options={
                    'verbose_name': 'row sent',
                    'indexes': [models.Index(fields=['system', 'key'], name='dispatchrow_key')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('again_by__isnull', True), ('certificate__isnull', False)), fields=('system', 'certificate'), name='result_sent_once'), models.UniqueConstraint(condition=models.Q(('again_by__isnull', True), ('discrepancy__isnull', False)), fields=('system', 'discrepancy'), name='entry_sent_once')],
                },
            ),
            migrations.CreateModel(
                name='InboundRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.IntegerField(verbose_name='row')),
                    ('outside_id', models.CharField(blank=True, max_length=100, verbose_name='their number')),
                    ('cells', models.JSONField(verbose_name='what it says')),
                    ('outcome', models.CharField(blank=True, choices=[('new', 'New'), ('same', 'Same'), ('different', 'Different'), ('conflict', 'In conflict'), ('proposed', 'Perhaps the same'), ('refused', 'Turned away')], max_length=16, verbose_name='outcome')),
                    ('code', models.CharField(blank=True, max_length=40, verbose_name='reason')),
                    ('params', models.JSONField(default=dict)),
                    ('matched_by', models.CharField(blank=True, max_length=16, verbose_name='found by')),
                    ('differences', models.JSONField(default=list, verbose_name='what differs')),
                    ('receipt', models.CharField(blank=True, choices=[('', 'Not yet answered'), ('accepted', 'Taken'), ('refused', 'Turned away'), ('waiting', 'Waits for a person')], max_length=16, verbose_name='receipt')),
                    ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='exchange.inboundbatch')),
                    ('instrument', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.instrument')),
                    ('proposed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.instrument')),
                ],
                options={
                    'verbose_name': 'row received',
                    'indexes': [models.Index(fields=['batch', 'outcome', 'number'], name='inbound_outcome')],
                    'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='inbound_row_once')],
                },
            ),
            migrations.CreateModel(
                name='OutsideId',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('kind', models.CharField(choices=[('instrument', 'Instrument'), ('task', 'Task'), ('certificate', 'Certificate'), ('organisation', 'Organisation')], max_length=16)),
                    ('value', models.CharField(max_length=100, verbose_name='their number')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('certificate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outside_ids', to='certificates.certificate')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('instrument', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outside_ids', to='registry.instrument')),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outside_ids', to='parties.organisation')),
                    ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outside_ids', to='verification.task')),
                    ('system', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='ids', to='exchange.outsidesystem')),
                ],
                options={
                    'verbose_name': 'outside id',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('known_to__isnull', True), ('valid_to__isnull', True)), fields=('system', 'kind', 'value'), name='outside_id_names_one'), models.UniqueConstraint(condition=models.Q(('known_to__isnull', True), ('valid_to__isnull', True), ('instrument__isnull', False)), fields=('system', 'instrument'), name='instrument_has_one_outside_id'), models.UniqueConstraint(condition=models.Q(('known_to__isnull', True), ('valid_to__isnull', True), ('task__isnull', False)), fields=('system', 'task'), name='task_has_one_outside_id'), models.UniqueConstraint(condition=models.Q(('known_to__isnull', True), ('valid_to__isnull', True), ('certificate__isnull', False)), fields=('system', 'certificate'), name='certificate_has_one_outside_id'), models.UniqueConstraint(condition=models.Q(('known_to__isnull', True), ('valid_to__isnull', True), ('organisation__isnull', False)), fields=('system', 'organisation'), name='organisation_has_one_outside_id'), models.CheckConstraint(condition=models.Q(models.Q(('instrument__isnull', False), ('kind', 'instrument')), models.Q(('kind', 'task'), ('task__isnull', False)), models.Q(('certificate__isnull', False), ('kind', 'certificate')), models.Q(('kind', 'organisation'), ('organisation__isnull', False)), _connector='OR'), name='outside_id_of_its_kind')],
                },
            ),
            migrations.CreateModel(
                name='ProfileOverlay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('text', models.TextField(verbose_name='change of the mapping')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overlays', to='exchange.outsidesystem')),
                ],
                options={
                    'verbose_name': 'change of a mapping profile',
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('known_to__isnull', True)), expressions=[(hengliang.platform.core.models.dated.Life('system_id', 'valid_from', 'valid_to'), '&&')], name='profile_overlay_once')],
                },
            ),
            migrations.CreateModel(
                name='Webhook',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('url', models.CharField(max_length=500, verbose_name='address')),
                    ('events', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='events')),
                    ('description', models.CharField(blank=True, max_length=200, verbose_name='what it is for')),
                    ('from_position', models.BigIntegerField(verbose_name='position in the log from which it delivers')),
                    ('state', models.CharField(choices=[('active', 'Delivers'), ('paused', 'Paused'), ('ended', 'Ended')], max_length=16, verbose_name='state')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to='parties.organisation')),
                ],
                options={
                    'verbose_name': 'webhook',
                },
            ),
            migrations.CreateModel(
                name='WebhookDelivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('event', models.CharField(max_length=40, verbose_name='event')),
                    ('message_id', models.CharField(max_length=40, unique=True, verbose_name='message id')),
                    ('sequence', models.BigIntegerField(verbose_name='sequence number')),
                    ('body', models.TextField(verbose_name='body')),
                    ('state', models.CharField(choices=[('waiting', 'To be delivered'), ('delivered', 'Delivered'), ('dead', 'Given up')], default='waiting', max_length=16, verbose_name='state')),
                    ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                    ('next_at', models.DateTimeField(verbose_name='next attempt')),
                    ('delivered_at', models.DateTimeField(blank=True, null=True, verbose_name='delivered at')),
                    ('created_at', models.DateTimeField(verbose_name='made at')),
                    ('act', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('webhook', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='exchange.webhook')),
                ],
                options={
                    'verbose_name': 'delivery of an event',
                    'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at', 'sequence'], name='webhook_waiting'), models.Index(fields=['webhook', '-sequence'], name='webhook_newest')],
                    'constraints': [models.UniqueConstraint(fields=('webhook', 'act', 'event'), name='event_once_a_webhook')],
                },
            ),
            migrations.CreateModel(
                name='WebhookAttempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(verbose_name='at')),
                    ('milliseconds', models.IntegerField(verbose_name='took (ms)')),
                    ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='answer')),
                    ('error', models.CharField(blank=True, max_length=300, verbose_name='error')),
                    ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='exchange.webhookdelivery')),
                ],
                options={
                    'verbose_name': 'attempt of a delivery',
                },
            ),
            migrations.CreateModel(
                name='WebhookCursor',
                fields=[
                    ('name', models.CharField(max_length=16, primary_key=True, serialize=False)),
                    ('position', models.BigIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='WebhookSecret',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sealed', models.BinaryField()),
                    ('begins_at', models.DateTimeField(verbose_name='signs from')),
                    ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='signs until')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='secrets', to='exchange.webhook')),
                ],
                options={
                    'verbose_name': 'signing secret',
                },
            ),
            migrations.CreateModel(
                name='AgreedValues',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('values', models.JSONField()),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('instrument', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.instrument')),
                    ('system', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.outsidesystem')),
                ],
                options={
                    'verbose_name': 'values agreed on',
                    'indexes': [models.Index(fields=['system', 'instrument', '-id'], name='agreed_last')],
                },
            ),
        ),
    ]
