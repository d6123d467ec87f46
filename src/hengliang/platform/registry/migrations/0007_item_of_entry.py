"""Each entry of the ledger knows the catalogue item of its instrument; a list by item is one walk along an index."""

import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.registry.tally import statement

# Nothing that is counted changes, so the tally need not hear of it.
FILL = """
ALTER TABLE registry_instrumentstate DISABLE TRIGGER USER;
UPDATE registry_instrumentstate e SET item_id = i.item_id FROM registry_instrument i WHERE i.id = e.instrument_id;
ALTER TABLE registry_instrumentstate ENABLE TRIGGER USER;
"""
BACK = """
DROP TRIGGER item_corrected ON registry_instrument;
DROP TRIGGER item_of_entry ON registry_instrumentstate;
DROP FUNCTION registry_item_corrected();
DROP FUNCTION registry_item_of_entry();
"""


def _tally_as_before(apps, schema_editor):
    """The triggers of the tally as 0001 makes them."""
    text = statement("tables")
    start = text.index("CREATE FUNCTION registry_tally_added()")
    functions = text[start : text.index("CREATE TRIGGER tally_insert")]
    functions = functions.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    item = text[text.index("CREATE FUNCTION registry_tally_reclassified()") : text.rindex("INSERT INTO registry_tally")]
    schema_editor.execute(f"DROP INDEX tally_bodies; DROP INDEX tally_regions;{functions}{item}", params=None)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_tables")]

    operations = [
        migrations.AddField(
            model_name="instrumentstate",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.catalogueitem",
                verbose_name="catalogue item",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="instrumentstate",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.catalogueitem",
                verbose_name="catalogue item",
            ),
        ),
        migrations.RunSQL(statement("item_of_entry"), BACK),
        migrations.RunSQL(statement("by_entry"), migrations.RunSQL.noop),
        migrations.RunPython(migrations.RunPython.noop, _tally_as_before),
        migrations.AddIndex(
            model_name="instrumentstate",
            index=models.Index(
                condition=models.Q(("known_to__isnull", True), ("valid_to__isnull", True)),
                fields=["item", "due_on"],
                name="state_item_due",
            ),
        ),
    ]
