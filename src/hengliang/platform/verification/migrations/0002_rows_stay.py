"""What the database itself holds: what a round, a lot, a slip once said is never changed; of an entry and of fees only
what became of them."""

from django.db import migrations

from hengliang.platform.core import guards

ROUNDS = ("roundpackage", "roundupload", "roundsettlement", "roundsignature", "tasknote")
LOTS = ("lotresult", "lotgroup", "lotlink", "benchprofile")
COUNTER = ("deposit", "handback", "conditions", "agreeddecision")


class Migration(migrations.Migration):
    """On the functions of core."""

    replaces = [
        ("verification", "0004_rounds_stay"),
        ("verification", "0006_lots_stay"),
        ("verification", "0008_counter_stay"),
    ]
    dependencies = [("core", "0002_rows_stay"), ("verification", "0001_tables")]

    operations = [
        *guards.stay(*(f"verification_{table}" for table in (*ROUNDS, *LOTS, *COUNTER))),
        *guards.change_only(
            "verification_fieldentry",
            ("held", "record_id", "instrument_id"),
            "an entry of a round is never changed",
            filled_once=("instrument_id",),
        ),
        *guards.change_only(
            "verification_fee",
            ("standing", "invoice_id"),
            "a fee is never changed: another row replaces it",
            when="OLD.standing",
        ),
        *guards.change_only(
            "verification_fee",
            ("invoice_id",),
            "a fee that no longer stands is never changed",
            when="NOT OLD.standing",
            name="former_stays",
        ),
        *guards.change_only(
            "verification_invoice",
            ("state", "invoice_number", "invoiced_on"),
            "an invoice is never changed: it is cancelled, and another one prepared",
            filled_once=("invoice_number",),
        ),
    ]
