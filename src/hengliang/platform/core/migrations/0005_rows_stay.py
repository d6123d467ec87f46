"""Rows that nobody changes: changes of state and files. Dated rows get their end, once, and nothing else."""

from django.db import migrations

ROWS_STAY = """
CREATE FUNCTION hengliang_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON core_statechange
    FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON core_attachment
    FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();

CREATE FUNCTION hengliang_dated_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.known_to IS NULL AND NEW.known_to IS NOT NULL
        AND to_jsonb(NEW) - 'known_to' - 'ended_by_id' = to_jsonb(OLD) - 'known_to' - 'ended_by_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % only get their end', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    """After the table of attempts."""

    dependencies = [("core", "0004_cache_table")]

    operations = [
        migrations.RunSQL(
            ROWS_STAY,
            "DROP FUNCTION hengliang_row_stays CASCADE; DROP FUNCTION hengliang_dated_row_stays CASCADE",
        )
    ]
