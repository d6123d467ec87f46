from django.db import migrations


class Migration(migrations.Migration):
    """Of a meter with several rows, a fault tells in which of them it stands (0: in the first)."""

    dependencies = [("verification", "0015_upload_taken_once")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE verification_lotfault DROP COLUMN cells, ADD COLUMN stands_in integer NOT NULL DEFAULT 0",
            "ALTER TABLE verification_lotfault DROP COLUMN stands_in, ADD COLUMN cells text NOT NULL DEFAULT ''",
        )
    ]
