"""The tally of the ledger."""

from django.db import migrations

from hengliang.platform.registry.tally import statement


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_tables")]
    operations = [migrations.RunSQL(statement("tables"), statement("drop"))]
