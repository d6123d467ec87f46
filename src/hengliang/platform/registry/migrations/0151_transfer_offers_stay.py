"""What the database itself holds: an offer changes in its state alone, and only once."""

from django.db import migrations

OFFERS_STAY = """
CREATE FUNCTION hengliang_transfer_offer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'offered' AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an offer is answered once and never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER transfer_offer_stays BEFORE UPDATE OR DELETE ON registry_transferoffer
    FOR EACH ROW EXECUTE FUNCTION hengliang_transfer_offer_stays();
"""


class Migration(migrations.Migration):
    """On the table of offers."""

    dependencies = [("registry", "0150_transfer_offers")]
    operations = [migrations.RunSQL(OFFERS_STAY, "DROP FUNCTION hengliang_transfer_offer_stays CASCADE")]
