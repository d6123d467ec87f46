"""The budgets that are offered beside a record: those of the quantity that its rule measures."""

from datetime import date
from types import SimpleNamespace

import pytest

from hengliang.platform.standards.budgets.evaluation import evaluate
from hengliang.platform.standards.budgets.examples import example
from hengliang.platform.standards.models import BudgetVersion
from hengliang.platform.standards.services import budget_save
from hengliang.platform.verification.budgets import _fits, _read, _unit_of, fitting_budgets
from hengliang.platform.verification.rules import rule_for

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("unit", "measured", "fits"),
    [
        ("mg", ["g"], True), ("mm", ["g"], False), ("mm", ["g", "m"], True), ("mm", [], True),
        ("%", ["g"], True), ("1", ["g"], True), ("", ["g"], False), ("", [], True),
    ],
)  # fmt: skip
def test_a_budget_fits_what_has_its_quantity(unit, measured, fits):
    assert _fits(_unit_of({"units": {"delta": unit}}), [_read(one) for one in measured]) is fits


@pytest.mark.django_db
def test_a_scale_is_offered_no_budget_of_pressure(cast):
    def saved(name):
        evaluation = evaluate(*example(name))
        return budget_save(actor=cast.actor("verifier"), organisation=cast.body, name=name, evaluation=evaluation)

    mass, pressure = saved("mass"), saved("pressure_gauge")
    rule = rule_for(cast.scale, DAY)
    units = SimpleNamespace(items=[SimpleNamespace(unit="%", cells=[SimpleNamespace(unit="kPa")], run_cells=[])])
    assert fitting_budgets(cast.body, rule.procedure) == [], "a budget that names no unit can't state U of grams"
    assert fitting_budgets(cast.body, units) == [pressure.pk]
    assert mass.pk != pressure.pk
    assert BudgetVersion.objects.count() == 2
