"""What the database itself holds: results, their groups and links, and own profiles are never changed."""

from django.db import migrations

TABLES = ("lotresult", "lotgroup", "lotlink", "benchprofile")
STAY = "\n".join(
    f"CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON verification_{table}"
    " FOR EACH ROW EXECUTE FUNCTION hengliang_row_stays();"
    for table in TABLES
)
GO = "\n".join(f"DROP TRIGGER row_stays ON verification_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("verification", "0005_lots"), ("core", "0005_rows_stay")]
    operations = [migrations.RunSQL(STAY, GO)]
