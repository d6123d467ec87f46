"""Mapping profiles that a body draws up itself, version by version; a lot keeps the profile as it was used."""

from django.db import migrations, models

from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):
    """More columns, each with a default."""

    dependencies = [("verification", "0012_conditions_addendum")]

    operations = [
        AtOnce(
            migrations.AddField(
                model_name="benchprofile",
                name="document",
                field=models.JSONField(default=dict, verbose_name="document"),
            ),
            migrations.AddField(
                model_name="benchprofile",
                name="version",
                field=models.IntegerField(default=1, verbose_name="version"),
            ),
            migrations.AddField(
                model_name="benchprofile",
                name="sample",
                field=models.TextField(blank=True, default="", verbose_name="first rows of a file"),
            ),
            migrations.AddField(
                model_name="benchprofile",
                name="withdrawn",
                field=models.BooleanField(default=False, verbose_name="withdrawn"),
            ),
            migrations.AddField(
                model_name="lot",
                name="profile_used",
                field=models.JSONField(default=dict, verbose_name="profile as it was used"),
            ),
        ),
    ]
