"""What the database itself holds: an attached budget is never changed."""

from django.db import migrations

ATTACHED_STAY = """
CREATE TRIGGER attached_budget_stays BEFORE UPDATE OR DELETE ON certificates_attachedbudget
    FOR EACH ROW EXECUTE FUNCTION hengliang_proof_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0004_attached_budget")]
    operations = [
        migrations.RunSQL(ATTACHED_STAY, "DROP TRIGGER attached_budget_stays ON certificates_attachedbudget")
    ]
