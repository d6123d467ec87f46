"""How far the work on a file has come; and the numbers of other systems are found by themselves."""

from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):
    """After what stands."""

    dependencies = [("exchange", "0002_rows_stay")]
    operations = [
        AtOnce(
            migrations.AddField(
                model_name="inboundbatch",
                name="step",
                field=models.CharField(blank=True, default="", max_length=16, verbose_name="what is done with it now"),
                preserve_default=False,
            ),
            migrations.AddField(
                model_name="inboundbatch",
                name="done",
                field=models.IntegerField(default=0, verbose_name="rows done"),
            ),
            migrations.AddIndex(
                model_name="outsideid",
                index=models.Index(fields=["value"], name="outside_id_value"),
            ),
        ),
    ]
