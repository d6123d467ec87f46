"""Mediations of a dispute, before and after its result; the particulars that application and agreement name."""

import django.db.models.deletion
from django.db import migrations, models

from hengliang.platform.core import guards
from hengliang.platform.core.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_guard_functions"),
        ("verification", "0016_lot_fault_row"),
    ]

    operations = [
        AtOnce(
            migrations.AddField(
                model_name="arbitration",
                name="commissioned_by",
                field=models.CharField(blank=True, max_length=300, verbose_name="commissioned by"),
            ),
            migrations.AddField(
                model_name="arbitration",
                name="demand",
                field=models.TextField(blank=True, verbose_name="what the claimant demands"),
            ),
            migrations.AddField(
                model_name="arbitration",
                name="evidence",
                field=models.TextField(blank=True, verbose_name="evidence handed in"),
            ),
            migrations.AddField(
                model_name="arbitrationparty",
                name="address",
                field=models.CharField(blank=True, max_length=300, verbose_name="address"),
            ),
            migrations.AddField(
                model_name="arbitrationparty",
                name="bears",
                field=models.TextField(blank=True, verbose_name="what it bears by the agreement"),
            ),
            migrations.AddField(
                model_name="arbitrationparty",
                name="representative",
                field=models.CharField(blank=True, max_length=200, verbose_name="legal representative and position"),
            ),
            migrations.CreateModel(
                name="Mediation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "asked_by",
                        models.CharField(
                            choices=[("claimant", "Claimant"), ("respondent", "Respondent"), ("both", "both parties")],
                            max_length=16,
                            verbose_name="mediation asked for by",
                        ),
                    ),
                    ("written", models.BooleanField(verbose_name="asked for in writing")),
                    ("begun_on", models.DateField(verbose_name="mediation asked for on")),
                    ("mediators", models.CharField(max_length=200, verbose_name="mediators")),
                    ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                    ("facts", models.TextField(blank=True, verbose_name="facts and responsibility")),
                    ("perform_by", models.DateField(blank=True, null=True, verbose_name="to be performed by")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("begun", "Mediation begun"),
                                ("agreed", "Agreement signed"),
                                ("failed", "Ended without an agreement"),
                            ],
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "act",
                        models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.act"),
                    ),
                    (
                        "arbitration",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="mediations",
                            to="verification.arbitration",
                        ),
                    ),
                    (
                        "authority",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.region"
                        ),
                    ),
                    (
                        "basis",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="verification.record",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "mediation",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "begun")),
                            fields=("arbitration",),
                            name="one_mediation_at_a_time",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state", "agreed")),
                            fields=("arbitration",),
                            name="one_agreement_a_dispute",
                        ),
                    ],
                },
            ),
        ),
        *guards.change_only(
            "verification_mediation",
            ("state", "basis_id", "ended_on", "facts", "perform_by"),
            "a mediation only gets its end",
            filled_once=("basis_id", "ended_on", "facts", "perform_by"),
        ),
    ]
