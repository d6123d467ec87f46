"""Rows of the ledger are led to their act by one check of the statement, not by one of each row."""

import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce

# 300,000 deferred checks of an import of 100,000 rows asked for the same act. Acts are never deleted (core's guard),
# so that nothing can be taken from below.
FUNCTION = """
CREATE FUNCTION registry_rows_hang_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT act_id FROM written) w
        WHERE NOT EXISTS (SELECT FROM core_act a WHERE a.id = w.act_id)
    ) THEN
        RAISE EXCEPTION 'a row of % needs its act', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER rows_hang_on_{event} AFTER {event} ON registry_{model} REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION registry_rows_hang_on();
"""
MODELS = ("instrument", "instrumentstate", "instrumentcode")
TRIGGERS = "".join(TRIGGER.format(event=event, model=model) for model in MODELS for event in ("insert", "update"))


def _act(model: str) -> migrations.AlterField:
    act = models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="core.act",
    )
    return migrations.AlterField(model, "act", act)


class Migration(migrations.Migration):
    """After the tables of transfers."""

    dependencies = [("registry", "0009_transfer_offers")]

    operations = [
        AtOnce(*map(_act, MODELS)),
        migrations.RunSQL(FUNCTION + TRIGGERS, "DROP FUNCTION registry_rows_hang_on CASCADE"),
    ]
