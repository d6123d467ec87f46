"""What the database itself holds: a budget and its versions are never changed."""

from django.db import migrations

from hengliang.platform.core import guards


class Migration(migrations.Migration):
    """On the functions of core."""

    replaces = [("standards", "0003_budgets_stay")]
    dependencies = [("core", "0002_rows_stay"), ("standards", "0001_tables")]

    operations = guards.stay("standards_budget", "standards_budgetversion", called="budgets")
