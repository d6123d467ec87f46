"""What the database itself holds: batches, series and destructions are never changed; a mark only in what became of
it, a finding only by being settled, once."""

from django.db import migrations

MARKS_STAY = """
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON certificates_markseries
    FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON certificates_markbatch
    FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON certificates_markdestruction
    FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON certificates_markholding
    FOR EACH ROW EXECUTE FUNCTION hengliang_dated_row_stays();

CREATE FUNCTION hengliang_mark_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may text[] := '{state,certificate_id,destruction_id,ended_on,taken_off_by}';
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - may = to_jsonb(OLD) - may
        AND (OLD.destruction_id IS NULL OR NEW.destruction_id = OLD.destruction_id)
        AND (OLD.ended_on IS NULL OR NEW.ended_on = OLD.ended_on) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a mark changes only in what became of it' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER mark_stays BEFORE UPDATE OR DELETE ON certificates_mark
    FOR EACH ROW EXECUTE FUNCTION hengliang_mark_stays();

CREATE FUNCTION hengliang_stocktaking_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a stocktaking is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER stocktaking_stays BEFORE UPDATE OR DELETE ON certificates_stocktaking
    FOR EACH ROW EXECUTE FUNCTION hengliang_stocktaking_stays();

CREATE FUNCTION hengliang_stock_finding_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may text[] := '{outcome,explanation,settled_by_id}';
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.settled_by_id IS NULL AND to_jsonb(NEW) - may = to_jsonb(OLD) - may THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a finding is settled once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER finding_stays BEFORE UPDATE OR DELETE ON certificates_stocktakingfinding
    FOR EACH ROW EXECUTE FUNCTION hengliang_stock_finding_stays();
"""
UNDO = """
DROP TRIGGER row_stays ON certificates_markseries;
DROP TRIGGER row_stays ON certificates_markbatch;
DROP TRIGGER row_stays ON certificates_markdestruction;
DROP TRIGGER row_stays ON certificates_markholding;
DROP FUNCTION hengliang_mark_stays CASCADE;
DROP FUNCTION hengliang_stocktaking_stays CASCADE;
DROP FUNCTION hengliang_stock_finding_stays CASCADE;
"""


class Migration(migrations.Migration):
    """On the functions of core."""

    dependencies = [("certificates", "0008_marks"), ("core", "0005_rows_stay")]
    operations = [migrations.RunSQL(MARKS_STAY, UNDO)]
