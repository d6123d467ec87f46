"""What was taken out and what came back is never changed; of an entry only what became of it."""

from django.db import migrations

ENTRY_STAYS = """
CREATE FUNCTION hengliang_field_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'held' - 'record_id' - 'instrument_id' = to_jsonb(OLD) - 'held' - 'record_id' - 'instrument_id'
        AND (OLD.instrument_id IS NULL OR NEW.instrument_id = OLD.instrument_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an entry of a round is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON verification_fieldentry
    FOR EACH ROW EXECUTE FUNCTION hengliang_field_entry_stays();
"""  # noqa: E501
TABLES = ("roundpackage", "roundupload", "roundsettlement", "roundsignature", "tasknote")


class Migration(migrations.Migration):
    """On the function of core."""

    dependencies = [("core", "0005_rows_stay"), ("verification", "0003_rounds")]

    operations = [
        migrations.RunSQL(ENTRY_STAYS, "DROP FUNCTION hengliang_field_entry_stays CASCADE"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON verification_{table}"
                " FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays()",
                f"DROP TRIGGER row_stays ON verification_{table}",
            )
            for table in TABLES
        ),
    ]
