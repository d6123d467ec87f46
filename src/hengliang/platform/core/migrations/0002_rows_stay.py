"""What the database itself holds: acts have their log entry; acts, entries, states and files are never changed."""

from django.db import migrations

from hengliang.platform.core import guards

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

# Erasure empties payload and salt; the sequencer fills position and moment, once.
ENTRY_STAYS = """
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
    """After the tables; other apps lay the same functions over theirs."""

    replaces = [("core", "0002_guards"), ("core", "0005_rows_stay")]
    dependencies = [("core", "0001_tables")]

    operations = [
        migrations.RunSQL(guards.FUNCTIONS, guards.DROP_FUNCTIONS),
        migrations.RunSQL(ACT_HAS_ENTRY, "DROP FUNCTION hengliang_act_has_entry CASCADE"),
        migrations.RunSQL(ENTRY_STAYS, "DROP FUNCTION hengliang_entry_stays CASCADE"),
        # The subject of an act that makes something is named once, when it exists.
        *guards.change_only(
            "core_act",
            ("subject_type", "subject_id"),
            "acts are never changed",
            filled_once=("subject_type", "subject_id"),
        ),
        *guards.stay("core_statechange", "core_attachment"),
    ]
