"""What the database itself holds: rows that stay as they were written, as steps of a migration.

The rule is kept by triggers, so that neither a query nor a person at the database's own prompt can break it. Each
step speaks of tables of the migration's app by their full names; undone, it takes its triggers away again.
"""

from collections.abc import Iterable

from django.db.migrations import RunSQL

FUNCTIONS = """
CREATE OR REPLACE FUNCTION hengliang_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% are never changed', coalesce(TG_ARGV[0], 'rows of ' || TG_TABLE_NAME)
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE FUNCTION hengliang_dated_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.known_to IS NULL AND NEW.known_to IS NOT NULL
        AND to_jsonb(NEW) - 'known_to' - 'ended_by_id' = to_jsonb(OLD) - 'known_to' - 'ended_by_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % only get their end', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE FUNCTION hengliang_row_changes_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    columns text[] := TG_ARGV[1];
    filled_once text[] := TG_ARGV[2];
    was jsonb := to_jsonb(OLD);
    becomes jsonb := to_jsonb(NEW);
BEGIN
    IF TG_OP = 'UPDATE' AND becomes - columns = was - columns AND NOT EXISTS (
        SELECT 1 FROM unnest(filled_once) AS name
        WHERE coalesce(was ->> name, '') <> '' AND was -> name IS DISTINCT FROM becomes -> name
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION hengliang_row_stays CASCADE;
DROP FUNCTION hengliang_dated_row_stays CASCADE;
DROP FUNCTION hengliang_row_changes_only CASCADE;
"""


def stay(*tables: str, called: str = "") -> list[RunSQL]:
    """Rows of these tables are never changed and never deleted; `called` names them in the refusal."""
    return [_guard(table, "hengliang_row_stays", [called] if called else []) for table in tables]


def get_their_end(*tables: str) -> list[RunSQL]:
    """Dated rows of these tables get the moment and the act by which they were superseded, once, and nothing else."""
    return [_guard(table, "hengliang_dated_row_stays") for table in tables]


def change_only(
    table: str, columns: Iterable[str], refusal: str, *, filled_once: Iterable[str] = (), when: str = "", name: str = ""
) -> list[RunSQL]:
    """Rows of `table` change in `columns` alone; those in `filled_once` keep what they once held.

    `when` is a condition on OLD under which this holds; rows without it are under whatever other guard there is.
    """
    arguments = [refusal, _array(columns), _array(filled_once)]
    return [_guard(table, "hengliang_row_changes_only", arguments, when=when, name=name)]


def _guard(table: str, function: str, arguments: Iterable[str] = (), *, when: str = "", name: str = "") -> RunSQL:
    told = ", ".join("'" + argument.replace("'", "''") + "'" for argument in arguments)
    condition = f" WHEN ({when})" if when else ""
    trigger = name or "row_stays"
    return RunSQL(
        f"CREATE TRIGGER {trigger} BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW{condition} EXECUTE FUNCTION {function}({told})",
        f"DROP TRIGGER {trigger} ON {table}",
    )


def _array(columns: Iterable[str]) -> str:
    return "{" + ",".join(columns) + "}"
