"""The role of the running product owns no table, so that the database skips its ANALYZE with no more than a warning."""

from django.db import migrations

LOOK_AGAIN = """
CREATE FUNCTION hengliang_look_again(VARIADIC tables regclass[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE one regclass;
BEGIN
    FOREACH one IN ARRAY tables LOOP
        EXECUTE format('ANALYZE %s', one);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    """Reads tables and writes nothing but what the database knows of them."""

    dependencies = [("core", "0003_guard_functions")]

    operations = [migrations.RunSQL(LOOK_AGAIN, "DROP FUNCTION hengliang_look_again(regclass[])")]
