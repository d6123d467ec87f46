"""A kind of finding more: measured sooner than can be done. No table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """On the guards of the tables."""

    dependencies = [("supervision", "0002_rows_stay")]

    operations = [
        migrations.AlterField(
            "finding",
            "kind",
            models.CharField(
                choices=[
                    ("serial_twice", "Same serial number proved twice"),
                    ("seal_twice", "Same seal number on two instruments"),
                    ("two_places", "One person in two counties on one day"),
                    ("too_much", "More in a day than can be done"),
                    ("too_fast", "Measured sooner than can be done"),
                    ("signers_invited", "One signer invited another"),
                ],
                max_length=16,
                verbose_name="kind",
            ),
        )
    ]
