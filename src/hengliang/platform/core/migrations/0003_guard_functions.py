"""The functions of the guards once more: a database from before the migrations were folded has others in their place."""

from django.db import migrations

from hengliang.platform.core import guards


class Migration(migrations.Migration):
    """Whatever lays a guard over a table after the fold depends on this."""

    dependencies = [("core", "0002_rows_stay")]

    operations = [migrations.RunSQL(guards.FUNCTIONS, migrations.RunSQL.noop)]
