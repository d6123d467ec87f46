"""What the database itself holds: the content of statistics never changes, nor what was signed."""

from django.db import migrations

RETURNS_STAY = """
CREATE FUNCTION hengliang_return_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.checked_by_id IS NULL OR OLD.checked_by_id = NEW.checked_by_id)
        AND to_jsonb(NEW) - 'state' - 'checked_by_id' - 'checked_on'
            = to_jsonb(OLD) - 'state' - 'checked_by_id' - 'checked_on' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'statistics are never changed: they are withdrawn, and prepared anew'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER return_stays BEFORE UPDATE OR DELETE ON supervision_statisticsreturn
    FOR EACH ROW EXECUTE FUNCTION hengliang_return_stays();
"""


class Migration(migrations.Migration):
    """After the table."""

    dependencies = [("supervision", "0003_statistics")]
    operations = [migrations.RunSQL(RETURNS_STAY, "DROP FUNCTION hengliang_return_stays CASCADE")]
