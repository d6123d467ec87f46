"""The workbench: evaluated both ways, saved in versions, refused at the field at fault, bounded."""

import json
import time

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import translation

from hengliang.metrology.uncertainty import Budget as Budgeted
from hengliang.metrology.uncertainty import budget_from_json, budget_to_json, quantity
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.standards.budgets.evaluation import Terms, evaluate
from hengliang.platform.standards.budgets.examples import NAMES, example
from hengliang.platform.standards.budgets.shown import evaluated, shown
from hengliang.platform.standards.budgets.stored import content_of
from hengliang.platform.standards.models import Budget, BudgetVersion
from tests.platform.standards.test_pages import of

pytestmark = pytest.mark.django_db
NEW = "/standards/budgets/new/"
OLD = budget_to_json(Budgeted("y = t", [quantity("t", 20, 0.1, unit="°C")], unit="°C"))


def typed(model="R = V/I", rows=(("V", "5", "0.003"), ("I", "0.0197", "0.00001")), **more):
    """A post of the workbench: rows of name, value, spread and further cells."""
    data = {"model": model, "coverage": "p=0.95", "digits": "2", "rule": "even", "rows-TOTAL_FORMS": str(len(rows))}
    data["rows-INITIAL_FORMS"] = "0"
    for number, row in enumerate(rows):
        cells = {"distribution": "normal", "evaluation": "B"}
        cells |= dict(row) if isinstance(row, dict) else dict(zip(("name", "value", "spread"), row, strict=True))
        data |= {f"rows-{number}-{name}": value for name, value in cells.items()}
    return data | {"do": "evaluate"} | more


def said(answer):
    return answer.content.decode()


def test_both_methods_stand_side_by_side(cast):
    page = said(of(cast, "verifier").post(NEW, typed(unit="")))
    assert "R = 253.81, U = 0.39; k = 1.96, p = 0.95" in page
    assert "Law of propagation validated" in page
    assert "Monte Carlo" in page and "data-light=" in page


@pytest.mark.parametrize("name", NAMES)
def test_an_example_fills_the_bench_and_evaluates_as_it_stands(cast, name):
    client = of(cast, "auditor")
    answer = client.get(f"{NEW}?example={name}")
    bench = answer.context["bench"]
    rows = [{key: "" if value is None else value for key, value in row.items()} for row in bench.rows.initial]
    form = {key: str(value) for key, value in bench.form.initial.items()}
    found = client.post(NEW, typed(form.pop("model"), rows, **form)).context["found"]
    budget, terms = example(name)
    assert found.terms == terms
    assert found.linear.u == pytest.approx(budget.first_order().u, rel=1e-11)


def test_gum_h1_is_the_printed_result(cast):
    found = of(cast, "verifier")
    bench = found.get(f"{NEW}?example=gum_h1").context["bench"]
    rows = [{key: "" if value is None else value for key, value in row.items()} for row in bench.rows.initial]
    page = said(found.post(NEW, typed(rows=rows, **bench.form.initial)))
    assert "l = 50000838 nm, U = 93 nm; k = 2.92, p = 0.99, ν = 16" in page


def test_saved_versions_stay_and_compute_again(cast):
    verifier = of(cast, "verifier")
    told = {"do": "save", "save-organisation": str(cast.body.pk), "save-name": "电阻", "save-note": ""}
    page = verifier.post(NEW, typed(**told))["Location"]
    assert "the same to 12 digits" in said(verifier.get(page))
    budget = Budget.objects.get()
    further = f"/standards/budgets/{budget.pk}/new-version/"
    assert "253.8" not in said(verifier.get(further))
    changed = typed(rows=(("V", "5", "0.004"), ("I", "0.0197", "0.00001")))
    page = verifier.post(further, changed | {"do": "save", "save-note": "电压表换", "after": "1"})["Location"]
    assert page.endswith("/versions/2/")
    assert list(BudgetVersion.objects.order_by("number").values_list("number", "note")) == [(1, ""), (2, "电压表换")]
    assert list(Act.objects.filter(kind__startswith="budget").values_list("kind", flat=True)) == [
        "budget_save", "budget_revise",
    ]  # fmt: skip
    late = verifier.post(further, changed | {"do": "save", "save-note": "x", "after": "1"})
    assert (late.status_code, "Version 2 was saved since" in said(late)) == (422, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetVersion.objects.update(note="changed")


def test_report_and_file_come_from_the_bench_and_from_a_version(cast):
    verifier = of(cast, "verifier")
    assert verifier.post(NEW, typed(do="report")).content.startswith(b"%PDF")
    stored = json.loads(verifier.post(NEW, typed(do="file")).content)
    assert (stored["format"], stored["computed"]["dof"]) == ("hengliang-evaluation", None)
    told = {"do": "save", "save-organisation": str(cast.body.pk), "save-name": "电阻", "save-note": ""}
    page = verifier.post(NEW, typed(**told))["Location"]
    assert verifier.get(f"{page}report.pdf").content.startswith(b"%PDF")
    assert json.loads(verifier.get(f"{page}budget.json").content)["computed"] == stored["computed"]


def test_a_file_is_opened_again(cast, tmp_path):
    verifier = of(cast, "verifier")
    path = tmp_path / "b.json"
    path.write_bytes(verifier.post(NEW, typed(do="file")).content)
    with path.open("rb") as file:
        page = verifier.post(NEW, {"do": "open", "file": file})
    assert page.context["bench"].form.initial["model"] == "R = V/I"
    path.write_text('{"format": "else"}')
    with path.open("rb") as file:
        refused = verifier.post(NEW, {"do": "open", "file": file})
    assert (refused.status_code, "expected &#x27;hengliang-budget&#x27;" in said(refused)) == (422, True)


@pytest.mark.parametrize(
    ("post", "field", "says"),
    [
        (typed("R = V/"), "model", "can&#x27;t be read"),
        (typed("R = V/I/x"), "model", "Missing inputs: [&#x27;x&#x27;]"),
        (typed("R = __import__('os')"), "model", "not in the grammar"),
        (typed(rows=(("V", "5", "0.003"), ("I", "0", "1"))), "model", "no finite"),
        (typed("a = V*I\nb = V"), "model", "gives a, b"),
        (typed(correlations="V, I"), "correlations", "is no pair"),
        (typed(correlations="V, I, 1.5"), "correlations", "Correlation of"),
        (typed(unit="m"), "unit", "do not fit"),
        (typed(unit="furlongs"), "unit", "furlongs"),
        (typed("R = abs(V) + 0*I", rows=(("V", "0", "1"), ("I", "1", "1"))), "model", "no finite derivative"),
    ],
)
def test_a_refusal_stands_at_its_field(cast, post, field, says):
    answer = of(cast, "verifier").post(NEW, post)
    assert answer.status_code == 422
    assert field in answer.context["bench"].form.errors
    assert says in said(answer)


def test_a_refusal_is_said_in_the_language_of_the_reader(cast):
    celsius = {"name": "t", "value": "20", "spread": "0.1", "unit": "°C"}
    answer = of(cast, "verifier").post(
        NEW, typed("y = 2*t", rows=(celsius,), unit="°C"), HTTP_ACCEPT_LANGUAGE="zh-hans"
    )
    assert answer.status_code == 422
    assert "温度请以 K 给出，温度差也请以 K 给出" in said(answer)
    assert "Readings in" not in said(answer)


def test_a_version_that_todays_rules_refuse_is_shown_as_it_was_stored():
    stored = content_of(evaluate(budget_from_json(OLD), Terms(k=2.0, p=None, digits=2, rule="even")))
    stored["budget"]["model"] = "y = 2*t"
    with translation.override("en"):
        told = shown(stored, "en")
        assert (told.report, told.chart, told.same) == (None, None, False)
        assert "write a temperature in K" in told.refused
        assert "what was stored stands" in render_to_string("standards/budget_shown.html", {"shown": told})
        with pytest.raises(InputRefused) as refused:
            evaluated(stored)
        assert str(refused.value) == told.refused


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ({"name": "V", "value": "5", "spread": "-1"}, "spread"),
        ({"name": "V", "value": "five", "spread": "1"}, "value"),
        ({"name": "V", "value": "5", "spread": "1", "dof": "0"}, "dof"),
        ({"name": "V", "value": "5", "distribution": "rectangular"}, "spread"),
        ({"name": "V", "value": "5", "spread": "1", "distribution": "t"}, "dof"),
        ({"name": "", "value": "5", "spread": "1"}, "name"),
    ],
)
def test_a_fault_in_a_row_stands_in_its_cell(cast, row, cell):
    answer = of(cast, "verifier").post(NEW, typed("V", [row]))
    assert answer.status_code == 422
    assert [fault[0] for fault in answer.context["bench"].faults] == [f"id_rows-0-{cell}"]


def test_the_bench_takes_the_inputs_of_the_model_and_loses_nothing(cast):
    answer = of(cast, "verifier").post(NEW, typed("R = V/I + c", do="inputs"))
    names = [row["name"] for row in answer.context["bench"].rows.initial]
    assert names == ["V", "I", "c"]
    assert answer.context["bench"].rows.initial[0]["value"] == "5"


HOSTILE = [
    "y = " + "+".join(["x"] * 900),
    "y = " + "(" * 400 + "x" + ")" * 400,
    "y = " + "-" * 900 + "x",
    "y = x*9**9**9**9",
    "y = x + " + "9" * 1900,
    "\n".join(f"a{n + 1} = sin(a{n}*x)*cos(a{n})" for n in range(60)).replace("a0", "x") + "\ny = a60",
    "y = " + "sin(" * 240 + "x" + ")" * 240,
    "y = x\x00",
]


@pytest.mark.parametrize("formula", HOSTILE)
def test_a_hostile_formula_costs_little(cast, formula):
    verifier = of(cast, "verifier")
    start = time.process_time()
    answer = verifier.post(NEW, typed(formula, [("x", "1", "0.1")]))
    assert answer.status_code in (200, 422)
    assert time.process_time() - start < 5


def test_correlated_inputs_that_are_not_normal_keep_the_first_order(cast):
    rows = [
        {"name": "V", "value": "5", "spread": "0.1", "distribution": "rectangular"},
        {"name": "I", "value": "1", "spread": "0.1"},
    ]
    page = said(of(cast, "verifier").post(NEW, typed(rows=rows, correlations="V, I, 0.5")))
    assert "Monte Carlo can" in page and "not normal" in page


def test_who_sees_and_who_saves(cast):
    told = {"do": "save", "save-organisation": str(cast.body.pk), "save-name": "电阻", "save-note": ""}
    page = of(cast, "verifier").post(NEW, typed(**told))["Location"]
    seen = {who: of(cast, who).get(page).status_code for who in ("auditor", "owner", "foreign_verifier", "manager")}
    assert seen == {"auditor": 200, "owner": 404, "foreign_verifier": 404, "manager": 200}
    assert of(cast, "owner").get(NEW).status_code == 403
    assert of(cast, "authority").post(NEW, typed(**told)).status_code == 403
    foreign = of(cast, "foreign_verifier").post(NEW, typed(**told))
    assert (foreign.status_code, Budget.objects.count()) == (422, 1)


def test_the_list_shows_what_the_latest_version_states(cast):
    verifier = of(cast, "verifier")
    told = {"do": "save", "save-organisation": str(cast.body.pk), "save-name": "电阻", "save-note": ""}
    verifier.post(NEW, typed(**told))
    assert "R = 253.81" in said(verifier.get("/standards/budgets/"))
    assert "电阻" not in said(of(cast, "foreign_verifier").get("/standards/budgets/"))
    twice = verifier.post(NEW, typed(**told))
    assert (twice.status_code, "There is a budget" in said(twice)) == (422, True)
