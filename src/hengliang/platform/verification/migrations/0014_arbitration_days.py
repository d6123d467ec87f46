"""The day of an arbitration is moved, each former day kept; a mediation ends it by an agreement of both parties."""

import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.core import guards
from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_guard_functions"),
        ("verification", "0013_bench_profiles"),
    ]

    operations = [
        AtOnce(
            migrations.AddField(
                model_name="arbitration",
                name="agreed_on",
                field=models.DateField(blank=True, null=True, verbose_name="parties agreed on"),
            ),
            migrations.AddField(
                model_name="arbitration",
                name="agreement",
                field=models.TextField(blank=True, verbose_name="what the parties agreed"),
            ),
            migrations.AddField(
                model_name="arbitrationparty",
                name="agreed_by",
                field=models.CharField(blank=True, max_length=200, verbose_name="who signed the agreement"),
            ),
            migrations.AlterField(
                model_name="arbitration",
                name="state",
                field=models.CharField(
                    choices=[
                        ("opened", "Opened, parties to be notified"),
                        ("notified", "Parties notified"),
                        ("decided", "Decided, result to be told"),
                        ("told", "Result told, term of the second runs"),
                        ("appealed", "Second applied for"),
                        ("final", "Final"),
                        ("replaced", "Replaced by the second"),
                        ("mediated", "Settled by mediation"),
                        ("withdrawn", "Withdrawn"),
                    ],
                    max_length=16,
                    verbose_name="state",
                ),
            ),
            migrations.CreateModel(
                name="ArbitrationDay",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("meets_on", models.DateField(verbose_name="day of the verification")),
                    ("place", models.CharField(max_length=300, verbose_name="place")),
                    ("notice_by", models.DateField(verbose_name="notice due by")),
                    ("notified_on", models.DateField(null=True, verbose_name="parties notified on")),
                    (
                        "act",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.act"),
                    ),
                    (
                        "arbitration",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="moved",
                            to="verification.arbitration",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "former day of an arbitration",
                },
            ),
        ),
        *guards.stay("verification_arbitrationday"),
    ]
