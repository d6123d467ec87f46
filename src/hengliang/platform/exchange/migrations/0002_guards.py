"""What the database itself holds: how texts of two systems are compared, and which rows never change."""

from django.db import migrations

# Blanks, full-width signs and capitals are no difference between two systems.
PLAIN = """
CREATE FUNCTION hengliang_plain(told text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(lower(regexp_replace(told, '\\s', '', 'g')), '～〜（）－，：；％', '~~()-,:;%')
$$;
"""

GUARDS = """
CREATE TRIGGER dated_row_stays BEFORE UPDATE OR DELETE ON exchange_outsideid
    FOR EACH ROW EXECUTE FUNCTION hengliang_dated_row_stays();
CREATE TRIGGER dated_row_stays BEFORE UPDATE OR DELETE ON exchange_profileoverlay
    FOR EACH ROW EXECUTE FUNCTION hengliang_dated_row_stays();
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON exchange_agreedvalues
    FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();
CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON exchange_dispatch
    FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();

CREATE FUNCTION hengliang_discrepancy_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'state' - 'seen_on' - 'ignored_until'
        = to_jsonb(OLD) - 'state' - 'seen_on' - 'ignored_until' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a difference is settled, never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER discrepancy_stays BEFORE UPDATE OR DELETE ON exchange_discrepancy
    FOR EACH ROW EXECUTE FUNCTION hengliang_discrepancy_stays();

CREATE FUNCTION hengliang_dispatchrow_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.again_by_id IS NULL OR NEW.again_by_id = OLD.again_by_id)
        AND to_jsonb(NEW) - 'again_by_id' - 'answered_by_id' - 'answered_in_id' - 'receipt' - 'receipt_reason'
        = to_jsonb(OLD) - 'again_by_id' - 'answered_by_id' - 'answered_in_id' - 'receipt' - 'receipt_reason' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a row that was sent only gets its receipt' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER dispatchrow_stays BEFORE UPDATE OR DELETE ON exchange_dispatchrow
    FOR EACH ROW EXECUTE FUNCTION hengliang_dispatchrow_stays();

CREATE FUNCTION hengliang_secret_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'ends_at' = to_jsonb(OLD) - 'ends_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a secret only gets its end' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER secret_stays BEFORE UPDATE OR DELETE ON exchange_webhooksecret
    FOR EACH ROW EXECUTE FUNCTION hengliang_secret_stays();
"""


class Migration(migrations.Migration):
    """After the tables."""

    dependencies = [("exchange", "0001_initial"), ("core", "0005_rows_stay")]
    operations = [
        migrations.RunSQL(PLAIN, "DROP FUNCTION hengliang_plain(text)"),
        migrations.RunSQL(
            GUARDS,
            "DROP TRIGGER dated_row_stays ON exchange_outsideid; DROP TRIGGER dated_row_stays ON"
            " exchange_profileoverlay; DROP TRIGGER row_stays ON exchange_agreedvalues; DROP TRIGGER row_stays ON"
            " exchange_dispatch; DROP FUNCTION hengliang_discrepancy_stays CASCADE;"
            " DROP FUNCTION hengliang_dispatchrow_stays CASCADE; DROP FUNCTION hengliang_secret_stays CASCADE",
        ),
    ]
