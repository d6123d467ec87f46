"""What the database itself holds: a proof's content and its document are never changed."""

from django.db import migrations

PROOFS_STAY = """
CREATE FUNCTION hengliang_proof_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'certificates_certificate'
        AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'proofs are never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER certificate_stays BEFORE UPDATE OR DELETE ON certificates_certificate
    FOR EACH ROW EXECUTE FUNCTION hengliang_proof_stays();
CREATE TRIGGER document_stays BEFORE UPDATE OR DELETE ON certificates_document
    FOR EACH ROW EXECUTE FUNCTION hengliang_proof_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0002_initial")]
    operations = [migrations.RunSQL(PROOFS_STAY, "DROP FUNCTION hengliang_proof_stays CASCADE")]
