"""Who held which role is never written anew: a role gets its end."""

from django.db import migrations


class Migration(migrations.Migration):
    """On the function of core."""

    dependencies = [("core", "0005_rows_stay"), ("parties", "0002_token")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER row_stays BEFORE UPDATE OR DELETE ON parties_roleassignment"
            " FOR EACH ROW EXECUTE FUNCTION hengliang_dated_row_stays()",
            "DROP TRIGGER row_stays ON parties_roleassignment",
        )
    ]
