"""Who held which role is never written anew: a role gets its end."""

from django.db import migrations

from hengliang.platform.core import guards


class Migration(migrations.Migration):
    """On the functions of core."""

    replaces = [("parties", "0003_roles_stay")]
    dependencies = [("core", "0002_rows_stay"), ("parties", "0001_tables")]

    operations = guards.get_their_end("parties_roleassignment")
