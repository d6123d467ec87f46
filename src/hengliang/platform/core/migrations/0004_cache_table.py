"""The table in which attempts are counted for all web processes together."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make(apps: Any, editor: Any) -> None:
    """Make the table, as Django does it for its database cache."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


def drop(apps: Any, editor: Any) -> None:
    """Drop it again; what was counted is forgotten."""
    editor.execute("DROP TABLE IF EXISTS core_cache")


class Migration(migrations.Migration):
    """After the rules."""

    dependencies = [("core", "0003_rules")]

    operations = [migrations.RunPython(make, drop)]
