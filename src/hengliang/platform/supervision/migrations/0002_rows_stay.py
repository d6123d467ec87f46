"""What the database itself holds: the content of statistics never changes, nor what was signed."""

from django.db import migrations

from hengliang.platform.core import guards


class Migration(migrations.Migration):
    """On the functions of core."""

    replaces = [("supervision", "0004_returns_stay")]
    dependencies = [("core", "0002_rows_stay"), ("supervision", "0001_tables")]

    operations = guards.change_only(
        "supervision_statisticsreturn",
        ("state", "checked_by_id", "checked_on"),
        "statistics are never changed: they are withdrawn, and prepared anew",
        filled_once=("checked_by_id",),
    )
