"""What the database itself holds: slips and conditions never change; a fee only stops counting or goes on an invoice."""

from django.db import migrations

COUNTER_STAYS = """
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON verification_deposit
    FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON verification_handback
    FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON verification_conditions
    FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON verification_agreeddecision
    FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();

CREATE FUNCTION hengliang_fee_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.standing OR NOT NEW.standing)
        AND to_jsonb(NEW) - 'standing' - 'invoice_id' = to_jsonb(OLD) - 'standing' - 'invoice_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a fee is never changed: another row replaces it'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER fee_stays BEFORE UPDATE OR DELETE ON verification_fee
    FOR EACH ROW EXECUTE FUNCTION hengliang_fee_stays();

CREATE FUNCTION hengliang_invoice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.invoice_number = '' OR OLD.invoice_number = NEW.invoice_number)
        AND to_jsonb(NEW) - 'state' - 'invoice_number' - 'invoiced_on'
            = to_jsonb(OLD) - 'state' - 'invoice_number' - 'invoiced_on' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an invoice is never changed: it is cancelled, and another one prepared'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER invoice_stays BEFORE UPDATE OR DELETE ON verification_invoice
    FOR EACH ROW EXECUTE FUNCTION hengliang_invoice_stays();
"""
UNDO = """
DROP TRIGGER row_stays ON verification_deposit;
DROP TRIGGER row_stays ON verification_handback;
DROP TRIGGER row_stays ON verification_conditions;
DROP TRIGGER row_stays ON verification_agreeddecision;
DROP FUNCTION hengliang_fee_stays CASCADE;
DROP FUNCTION hengliang_invoice_stays CASCADE;
"""


class Migration(migrations.Migration):
    """After the tables, and after the trigger's function."""

    dependencies = [("verification", "0007_counter"), ("core", "0005_rows_stay")]
    operations = [migrations.RunSQL(COUNTER_STAYS, UNDO)]
