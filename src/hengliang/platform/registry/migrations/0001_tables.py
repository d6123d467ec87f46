"""The tables of registry: the catalogue, instruments and their dated rows, the staging of imports, the tally."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import hengliang.platform.core.models.dated
import hengliang.platform.core.search
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce
from hengliang.platform.registry import tally
from hengliang.platform.registry.imports import sql


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("registry", "0001_initial"),
        ("registry", "0002_tables"),
        ("registry", "0003_tally"),
        ("registry", "0004_import_states"),
        ("registry", "0005_hold"),
        ("registry", "0006_failed_in_use"),
    ]
    dependencies = [("core", "0001_tables"), ("parties", "0001_tables"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name='CatalogueItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, unique=True)),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('name_en', models.CharField(blank=True, max_length=100, verbose_name='English name')),
                    ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('trade', 'Trade settlement'), ('safety', 'Safety protection'), ('medical', 'Medical care'), ('environment', 'Environmental monitoring'), ('enforcement', 'Administrative enforcement'), ('judicial', 'Judicial appraisal'), ('other', 'Other')], max_length=16), blank=True, default=list, size=None)),
                    ('control', models.CharField(blank=True, choices=[('', 'No source'), ('P', 'Type approval'), ('V', 'Mandatory verification'), ('P+V', 'Type approval and mandatory verification')], default='', max_length=8, verbose_name='control')),
                    ('regime', models.CharField(blank=True, choices=[('periodic', 'Periodic verification'), ('first_limited_life', 'First verification only, limited life'), ('first_till_failure', 'First verification only, till failure'), ('state_evaluation', 'State evaluation'), ('sampling', 'Sampling of lots'), ('online', 'Online monitoring'), ('voluntary', 'Voluntary')], default='', max_length=24, verbose_name='regime')),
                    ('period_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='period (months)')),
                    ('regulation', models.CharField(blank=True, max_length=100, verbose_name='regulation')),
                    ('mark', models.CharField(blank=True, max_length=8, verbose_name='how sure this row is')),
                    ('source', models.CharField(blank=True, max_length=300, verbose_name='where it was seen')),
                    ('rank', models.PositiveIntegerField(default=0, verbose_name='place in the catalogue')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='registry.catalogueitem')),
                ],
                options={
                    'verbose_name': 'catalogue item',
                },
            ),
            migrations.CreateModel(
                name='Instrument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(help_text='Printed on its label.', max_length=16, verbose_name='code')),
                    ('part_label', models.CharField(blank=True, max_length=40, verbose_name='part')),
                    ('name', models.CharField(max_length=100, verbose_name='name of the instrument')),
                    ('category', models.CharField(blank=True, max_length=100, verbose_name='category')),
                    ('model', models.CharField(blank=True, max_length=100, verbose_name='model')),
                    ('serial_number', models.CharField(blank=True, max_length=100, verbose_name='serial number')),
                    ('manufacturer', models.CharField(blank=True, max_length=200, verbose_name='manufacturer')),
                    ('origin', models.CharField(blank=True, max_length=100, verbose_name='place of origin')),
                    ('measuring_range', models.CharField(blank=True, max_length=100, verbose_name='measuring range')),
                    ('range_low', models.DecimalField(blank=True, decimal_places=8, max_digits=20, null=True)),
                    ('range_high', models.DecimalField(blank=True, decimal_places=8, max_digits=20, null=True)),
                    ('range_unit', models.CharField(blank=True, max_length=20)),
                    ('accuracy_class', models.CharField(blank=True, max_length=40, verbose_name='accuracy class')),
                    ('quantity', models.PositiveIntegerField(default=1, verbose_name='number of pieces')),
                    ('made_on', models.DateField(blank=True, null=True, verbose_name='date of manufacture')),
                    ('details', models.JSONField(blank=True, default=dict, verbose_name='further particulars that its rule needs')),
                    ('search_text', models.TextField(editable=False)),
                    ('act', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='instruments', to='registry.catalogueitem')),
                    ('merged_into', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='registry.instrument')),
                    ('part_of', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='registry.instrument')),
                ],
                options={
                    'verbose_name': 'instrument',
                    'indexes': [django.contrib.postgres.indexes.GinIndex(hengliang.platform.core.search.Grams('search_text'), name='instrument_search'), models.Index(fields=['serial_number'], name='instrument_serial'), models.Index(fields=['item'], name='instrument_item'), models.Index(condition=models.Q(('part_of__isnull', False)), fields=['part_of'], name='instrument_part_of'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='instrument_merged')],
                    'constraints': [models.UniqueConstraint(fields=('code',), name='instrument_code_once')],
                },
            ),
            migrations.CreateModel(
                name='InstrumentCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('kind', models.CharField(choices=[('ecqs', 'e-CQS number'), ('gb36377', 'GB/T 36377 identification code'), ('production', 'Production code'), ('repair', 'Repair code'), ('verification', 'Verification code'), ('seal', 'Seal number'), ('asset', "Owner's number"), ('former', 'Code of a merged entry')], max_length=16)),
                    ('value', models.CharField(max_length=100)),
                    ('act', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='registry.instrument')),
                ],
                options={
                    'indexes': [models.Index(fields=['value'], name='instrumentcode_value')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('known_to__isnull', True), ('valid_to__isnull', True), models.Q(('kind__in', ['asset', 'seal']), _negated=True)), fields=('kind', 'value'), name='code_names_one_instrument')],
                },
            ),
            migrations.CreateModel(
                name='InstrumentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('code', models.CharField(help_text='Printed on its label.', max_length=16, verbose_name='code')),
                    ('part_label', models.CharField(blank=True, max_length=40, verbose_name='part')),
                    ('name', models.CharField(max_length=100, verbose_name='name of the instrument')),
                    ('category', models.CharField(blank=True, max_length=100, verbose_name='category')),
                    ('model', models.CharField(blank=True, max_length=100, verbose_name='model')),
                    ('serial_number', models.CharField(blank=True, max_length=100, verbose_name='serial number')),
                    ('manufacturer', models.CharField(blank=True, max_length=200, verbose_name='manufacturer')),
                    ('origin', models.CharField(blank=True, max_length=100, verbose_name='place of origin')),
                    ('measuring_range', models.CharField(blank=True, max_length=100, verbose_name='measuring range')),
                    ('range_low', models.DecimalField(blank=True, decimal_places=8, max_digits=20, null=True)),
                    ('range_high', models.DecimalField(blank=True, decimal_places=8, max_digits=20, null=True)),
                    ('range_unit', models.CharField(blank=True, max_length=20)),
                    ('accuracy_class', models.CharField(blank=True, max_length=40, verbose_name='accuracy class')),
                    ('quantity', models.PositiveIntegerField(default=1, verbose_name='number of pieces')),
                    ('made_on', models.DateField(blank=True, null=True, verbose_name='date of manufacture')),
                    ('details', models.JSONField(blank=True, default=dict, verbose_name='further particulars that its rule needs')),
                    ('act', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.act')),
                    ('item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.catalogueitem')),
                    ('merged_into', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.instrument')),
                    ('part_of', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.instrument')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='registry.instrument')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='InstrumentHold',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('document', models.CharField(max_length=100, verbose_name='what it rests on')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='registry.instrument')),
                ],
                options={
                    'verbose_name': 'preservation',
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('known_to__isnull', True)), expressions=[(hengliang.platform.core.models.dated.Life('instrument_id', 'valid_from', 'valid_to'), '&&')], name='instrument_held_once')],
                },
            ),
            migrations.CreateModel(
                name='InstrumentImport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(verbose_name='day from which it speaks')),
                    ('file_name', models.CharField(max_length=255, verbose_name='file')),
                    ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('size', models.BigIntegerField(default=0, verbose_name='size (bytes)')),
                    ('state', models.CharField(choices=[('received', 'Received'), ('checked', 'Checked'), ('unreadable', 'Not readable'), ('applied', 'Imported'), ('dropped', 'Dropped')], default='received', max_length=16, verbose_name='state')),
                    ('headers', models.JSONField(default=list, verbose_name='headers of the sheet')),
                    ('columns', models.JSONField(default=dict, verbose_name='which column was read as which field')),
                    ('notices', models.JSONField(default=list, verbose_name='what its sender should know')),
                    ('problem', models.JSONField(default=dict, verbose_name="why it can't be read")),
                    ('sample', models.JSONField(default=list, verbose_name='some of what it would do')),
                    ('rows', models.IntegerField(default=0, verbose_name='rows')),
                    ('new', models.IntegerField(default=0, verbose_name='new')),
                    ('changed', models.IntegerField(default=0, verbose_name='changed')),
                    ('unchanged', models.IntegerField(default=0, verbose_name='unchanged')),
                    ('refused', models.IntegerField(default=0, verbose_name='refused')),
                    ('step', models.CharField(blank=True, max_length=16, verbose_name='what is being done')),
                    ('done', models.IntegerField(default=0, verbose_name='rows done in this step')),
                    ('root', models.CharField(blank=True, max_length=64, verbose_name='Merkle root over its rows')),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('applied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='user of rows that name none')),
                ],
                options={
                    'verbose_name': 'import',
                },
            ),
            migrations.CreateModel(
                name='InstrumentState',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, exclusive')),
                    ('known_from', models.DateTimeField(verbose_name='known from')),
                    ('known_to', models.DateTimeField(blank=True, null=True, verbose_name='superseded at')),
                    ('is_part', models.BooleanField(default=False, verbose_name='part judged singly')),
                    ('status', models.CharField(choices=[('filed', 'Filed, not yet accepted'), ('returned', 'Returned'), ('in_use', 'In use'), ('stopped', 'Out of use'), ('lost', 'Lost'), ('scrapped', 'Scrapped'), ('merged', 'Merged into another')], max_length=16, verbose_name='state')),
                    ('place', models.CharField(blank=True, max_length=300, verbose_name='place of use')),
                    ('purpose', models.CharField(choices=[('trade', 'Trade settlement'), ('safety', 'Safety protection'), ('medical', 'Medical care'), ('environment', 'Environmental monitoring'), ('enforcement', 'Administrative enforcement'), ('judicial', 'Judicial appraisal'), ('other', 'Other')], max_length=16, verbose_name='purpose')),
                    ('regime', models.CharField(choices=[('periodic', 'Periodic verification'), ('first_limited_life', 'First verification only, limited life'), ('first_till_failure', 'First verification only, till failure'), ('state_evaluation', 'State evaluation'), ('sampling', 'Sampling of lots'), ('online', 'Online monitoring'), ('voluntary', 'Voluntary')], max_length=24, verbose_name='regime')),
                    ('mandatory', models.BooleanField(default=True, verbose_name='under mandatory verification')),
                    ('on_site', models.BooleanField(default=False, verbose_name='verified on site')),
                    ('last_on', models.DateField(blank=True, null=True, verbose_name='last verified on')),
                    ('last_result', models.CharField(blank=True, choices=[('', 'Not yet verified'), ('pass', 'Pass'), ('fail', 'Fail')], default='', max_length=8, verbose_name='last result')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                    ('reason', models.CharField(blank=True, max_length=200, verbose_name='why the date is what it is')),
                    ('act', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('body', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='verification body')),
                    ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                    ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='states', to='registry.instrument')),
                    ('market', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='market')),
                    ('owner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation', verbose_name='user')),
                    ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='region')),
                ],
                options={
                    'verbose_name': 'entry of the ledger',
                    'indexes': [models.Index(condition=models.Q(('known_to__isnull', True), ('valid_to__isnull', True)), fields=['region', 'due_on'], name='state_region_due'), models.Index(condition=models.Q(('known_to__isnull', True), ('valid_to__isnull', True)), fields=['due_on', 'instrument'], name='state_due'), models.Index(condition=models.Q(('known_to__isnull', True), ('valid_to__isnull', True), ('last_result', 'fail')), fields=['region', 'due_on'], name='state_failed'), models.Index(condition=models.Q(('known_to__isnull', True)), fields=['owner', 'due_on'], name='state_owner_due'), models.Index(condition=models.Q(('body__isnull', False), ('known_to__isnull', True)), fields=['body', 'due_on'], name='state_body_due'), models.Index(condition=models.Q(('known_to__isnull', True), ('market__isnull', False)), fields=['market', 'due_on'], name='state_market_due')],
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('known_to__isnull', True)), expressions=[(hengliang.platform.core.models.dated.Life('instrument_id', 'valid_from', 'valid_to'), '&&')], name='instrument_state_once')],
                },
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='instrument',
            trigger=pgtrigger.compiler.Trigger(name='superseded_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accuracy_class" IS DISTINCT FROM (NEW."accuracy_class") OR OLD."act_id" IS DISTINCT FROM (NEW."act_id") OR OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."details" IS DISTINCT FROM (NEW."details") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."made_on" IS DISTINCT FROM (NEW."made_on") OR OLD."manufacturer" IS DISTINCT FROM (NEW."manufacturer") OR OLD."measuring_range" IS DISTINCT FROM (NEW."measuring_range") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."model" IS DISTINCT FROM (NEW."model") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."part_label" IS DISTINCT FROM (NEW."part_label") OR OLD."part_of_id" IS DISTINCT FROM (NEW."part_of_id") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."range_high" IS DISTINCT FROM (NEW."range_high") OR OLD."range_low" IS DISTINCT FROM (NEW."range_low") OR OLD."range_unit" IS DISTINCT FROM (NEW."range_unit") OR OLD."serial_number" IS DISTINCT FROM (NEW."serial_number"))', func='INSERT INTO "registry_instrumentevent" ("accuracy_class", "act_id", "category", "code", "details", "id", "item_id", "made_on", "manufacturer", "measuring_range", "merged_into_id", "model", "name", "origin", "part_label", "part_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "range_high", "range_low", "range_unit", "serial_number") VALUES (OLD."accuracy_class", OLD."act_id", OLD."category", OLD."code", OLD."details", OLD."id", OLD."item_id", OLD."made_on", OLD."manufacturer", OLD."measuring_range", OLD."merged_into_id", OLD."model", OLD."name", OLD."origin", OLD."part_label", OLD."part_of_id", _pgh_attach_context(), NOW(), \'superseded\', OLD."id", OLD."quantity", OLD."range_high", OLD."range_low", OLD."range_unit", OLD."serial_number"); RETURN NULL;', hash='62d8c98d1f970aabc4390c0efb00deab338c0088', operation='UPDATE', pgid='pgtrigger_superseded_update_b3343', table='registry_instrument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='instrument',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "registry_instrumentevent" ("accuracy_class", "act_id", "category", "code", "details", "id", "item_id", "made_on", "manufacturer", "measuring_range", "merged_into_id", "model", "name", "origin", "part_label", "part_of_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "range_high", "range_low", "range_unit", "serial_number") VALUES (OLD."accuracy_class", OLD."act_id", OLD."category", OLD."code", OLD."details", OLD."id", OLD."item_id", OLD."made_on", OLD."manufacturer", OLD."measuring_range", OLD."merged_into_id", OLD."model", OLD."name", OLD."origin", OLD."part_label", OLD."part_of_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."quantity", OLD."range_high", OLD."range_low", OLD."range_unit", OLD."serial_number"); RETURN NULL;', hash='32a821b297d14962bfde24aac4f093266de8cdfa', operation='DELETE', pgid='pgtrigger_deleted_delete_6e636', table='registry_instrument', when='AFTER')),
        ),
        migrations.RunSQL(sql.statement("tables"), "DROP TABLE registry_importrow; DROP TABLE registry_importfault"),
        migrations.RunSQL(tally.statement("tables"), tally.statement("drop")),
    ]
