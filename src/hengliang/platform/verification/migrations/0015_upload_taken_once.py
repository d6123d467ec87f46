"""A file of a round that was refused of one verifier can be taken of its owner: only what is taken is there once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One constraint for another."""

    dependencies = [("verification", "0014_arbitration_days")]

    operations = [
        migrations.RemoveConstraint(model_name="roundupload", name="a_file_once_a_round"),
        migrations.AddConstraint(
            model_name="roundupload",
            constraint=models.UniqueConstraint(
                condition=models.Q(("refusal", "")), fields=("round", "sha256"), name="a_file_taken_once_a_round"
            ),
        ),
    ]
