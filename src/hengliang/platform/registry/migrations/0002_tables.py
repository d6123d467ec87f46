"""The staging tables of imports."""

from django.db import migrations

from hengliang.platform.registry.imports.sql import statement


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [
        migrations.RunSQL(statement("tables"), "DROP TABLE registry_importrow; DROP TABLE registry_importfault"),
    ]
