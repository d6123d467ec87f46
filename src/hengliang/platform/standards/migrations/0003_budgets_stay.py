"""What the database itself holds: a budget and its versions are never changed."""

from django.db import migrations

BUDGETS_STAY = """
CREATE FUNCTION hengliang_budget_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'budgets are never changed; save a new version' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER budget_stays BEFORE UPDATE OR DELETE ON standards_budget
    FOR EACH ROW EXECUTE FUNCTION hengliang_budget_stays();
CREATE TRIGGER budget_version_stays BEFORE UPDATE OR DELETE ON standards_budgetversion
    FOR EACH ROW EXECUTE FUNCTION hengliang_budget_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("standards", "0002_budgets")]
    operations = [migrations.RunSQL(BUDGETS_STAY, "DROP FUNCTION hengliang_budget_stays CASCADE")]
