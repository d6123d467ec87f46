"""Results of a lot are led to their act and group by one check of the statement, not by two of each row."""

import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce

# Two deferred checks for each of 100,000 rows were a third of the time of a lot, and proved less: not that the group
# is one of the lot. Neither acts nor groups are ever deleted (`row_stays`), so that nothing can be taken from below.
HANG_ON = """
CREATE FUNCTION verification_results_hang_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT act_id, lot_id, group_id FROM added) a
        WHERE NOT EXISTS (SELECT FROM core_act c WHERE c.id = a.act_id)
            OR NOT EXISTS (SELECT FROM verification_lotgroup g WHERE g.id = a.group_id AND g.lot_id = a.lot_id)
    ) THEN
        RAISE EXCEPTION 'a result of a lot needs its act, and a group of its lot'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER results_hang_on AFTER INSERT ON verification_lotresult REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION verification_results_hang_on();
"""


class Migration(migrations.Migration):
    """After the guards."""

    dependencies = [("verification", "0002_rows_stay")]

    operations = [
        AtOnce(
            migrations.AlterField(
                "lotresult",
                "act",
                models.ForeignKey(
                    db_constraint=False,
                    db_index=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="core.act",
                ),
            ),
            migrations.AlterField(
                "lotresult",
                "group",
                models.ForeignKey(
                    db_constraint=False,
                    db_index=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="results",
                    to="verification.lotgroup",
                ),
            ),
        ),
        migrations.RunSQL(HANG_ON, "DROP FUNCTION verification_results_hang_on CASCADE"),
    ]
