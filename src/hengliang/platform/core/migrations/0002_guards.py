"""What the database itself holds: acts have their log entry, acts and entries are never changed, search by grams."""

from django.db import migrations

from hengliang.platform.core.search import CREATE_FUNCTION

ACT_HAS_ENTRY = """
CREATE FUNCTION hengliang_act_has_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM core_logentry WHERE act_id = NEW.id) THEN
        RAISE EXCEPTION 'act % has no log entry', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER act_has_entry AFTER INSERT ON core_act
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hengliang_act_has_entry();
"""

# The subject of an act that makes something is named once, when it exists. Erasure empties payload and salt; the
# sequencer fills position and moment, once.
APPEND_ONLY = """
CREATE FUNCTION hengliang_act_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.subject_type = ''
        AND to_jsonb(NEW) - 'subject_type' - 'subject_id' = to_jsonb(OLD) - 'subject_type' - 'subject_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'acts are never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER act_stays BEFORE UPDATE OR DELETE ON core_act
    FOR EACH ROW EXECUTE FUNCTION hengliang_act_stays();

CREATE FUNCTION hengliang_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.act_id = OLD.act_id AND NEW.entry = OLD.entry AND NEW.entered_at = OLD.entered_at
        AND (NEW.position IS NOT DISTINCT FROM OLD.position OR OLD.position IS NULL)
        AND (NEW.salt IS NOT DISTINCT FROM OLD.salt OR NEW.salt IS NULL)
        AND (NEW.payload IS NOT DISTINCT FROM OLD.payload OR NEW.payload IS NULL)
        AND (NEW.ledger_salt IS NOT DISTINCT FROM OLD.ledger_salt OR NEW.ledger_salt IS NULL)
        AND (NEW.ledger IS NOT DISTINCT FROM OLD.ledger OR NEW.ledger IS NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'log entries are never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE ON core_logentry
    FOR EACH ROW EXECUTE FUNCTION hengliang_entry_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.RunSQL(CREATE_FUNCTION, "DROP FUNCTION hengliang_grams"),
        migrations.RunSQL(ACT_HAS_ENTRY, "DROP FUNCTION hengliang_act_has_entry CASCADE"),
        migrations.RunSQL(
            APPEND_ONLY,
            "DROP FUNCTION hengliang_act_stays CASCADE; DROP FUNCTION hengliang_entry_stays CASCADE",
        ),
    ]
