"""The search index of instruments compares grams byte by byte, as `core.search` now asks for them."""

from django.db import migrations

from hengliang.platform.core.search import index_again


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_item_of_entry")]
    operations = [index_again("instrument_search", "registry_instrument")]
