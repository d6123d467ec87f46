"""The search index of organisations compares grams byte by byte, as `core.search` now asks for them."""

from django.db import migrations

from hengliang.platform.core.search import index_again


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_rows_stay")]
    operations = [index_again("organisation_search", "parties_organisation")]
