"""The sampling and prepackage tables as shipped, against a checked copy and by their own logic."""

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from hengliang.metrology.sampling import Plan, Stage, characteristic, single
from hengliang.metrology.sampling.errors import BadLot, NoPlan, UnknownEntry
from hengliang.norms import norms
from hengliang.norms.sampling_tables import iso_2859_1, plan_rows, tolerable_deficiency

DAY = date(2024, 1, 1)
SCHEME, VALUES = iso_2859_1(norms, DAY)
REFERENCE = os.environ.get("HENGLIANG_REFERENCE")
LOTS = {"A": 2, "B": 9, "C": 16, "D": 26, "E": 51, "F": 91, "G": 151, "H": 281, "J": 501, "K": 1201,
        "L": 3201, "M": 10001, "N": 35001, "P": 150001, "Q": 500001}  # fmt: skip


@pytest.mark.skipif(not REFERENCE, reason="HENGLIANG_REFERENCE names no folder")
def test_every_cell_of_table_2a():
    table = Path(str(REFERENCE)) / "tables" / "iso2859_1_single_normal_2A.csv"
    cells = list(csv.DictReader(table.open(encoding="utf-8")))
    assert len(cells) == 416
    for cell in cells:
        lot = LOTS.get(cell["code_letter"], 500_001)
        level = "III" if cell["code_letter"] == "R" else "II"
        if lot == 2:
            continue  # a lot of two can't give more than two items; the letter itself is checked below
        plan = SCHEME.plan(lot, float(cell["aql_percent"]), level=level)
        assert (plan.used_letter, plan.stages[0].ac) == (cell["used_code"], int(cell["Ac"])), cell
        assert plan.n == min(int(cell["n"]), lot)


def test_the_usual_example():
    """Lot 1000, level II, AQL 1.0: letter J, n = 80, Ac 2."""
    plan = SCHEME.plan(1000, 1.0)
    assert (plan.code_letter, plan.n, plan.stages[0].ac) == ("J", 80, 2)
    assert SCHEME.plan(1000, 1.0, inspection="tightened").stages[0].ac == 1
    assert SCHEME.plan(1000, 1.0, inspection="reduced").n == 32


@pytest.mark.parametrize("kind", ["double", "multiple"])
def test_double_and_multiple_plans_follow_the_single_plan(kind):
    """Their curves were made to match; where a recalled number is wrong the gap shows."""
    for ac, stages in SCHEME.stages[kind].items():
        letter = "L"
        n = SCHEME.sizes[letter]["normal"]
        size = SCHEME.sizes[letter][kind]
        other = Plan(tuple(Stage(size, a, r) for a, r in stages))
        for share in (0.5, 1.0, 1.5, 2.0):
            p = share * ac / n
            gap = characteristic(single(n, ac), p).accept - characteristic(other, p).accept
            assert abs(gap) < 0.09, (ac, share)
        assert stages[-1][0] == stages[-1][1] - 1


def test_wrong_questions_are_refused():
    with pytest.raises(BadLot):
        SCHEME.plan(1, 1.0)
    with pytest.raises(UnknownEntry, match="0\\.65"):
        SCHEME.plan(1000, 1.1)
    with pytest.raises(UnknownEntry):
        SCHEME.plan(1000, 1.0, level="IV")
    with pytest.raises(NoPlan):
        SCHEME.plan(1000, 1.0, inspection="reduced", kind="double")


def test_they_are_drafts():
    assert all(v.draft for v in VALUES)


@pytest.mark.parametrize(
    ("nominal", "t"),
    [(50, 4.5), (100, 4.5), (150, 6.8), (200, 9), (250, 9), (500, 15), (750, 15), (5000, 75)],
)
def test_tolerable_deficiencies(nominal, t):
    table = tolerable_deficiency(norms["prepackage/tolerable-deficiency"].at(DAY), "g_mL")
    assert table.at(nominal) == pytest.approx(t)


def test_counts_round_up():
    table = tolerable_deficiency(norms["prepackage/tolerable-deficiency"].at(DAY), "count")
    assert (table.at(50), table.at(101)) == (0, 2)


def test_factors_are_students():
    """lambda = t(0.995, n - 1)/sqrt(n), to the printed digits but for n = 13, which is printed 0.848."""
    from scipy.stats import t

    for row in plan_rows(norms["prepackage/jjf-1070"].at(DAY)):
        if row.factor is not None:
            assert row.factor == pytest.approx(t.ppf(0.995, row.n - 1) / row.n**0.5, abs=0.0009)
