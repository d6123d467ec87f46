"""Every domain through the command, from raw files to verdicts."""

import json

import numpy as np
import pytest

from tests.cli.test_readings import run
from tests.cli.utility import Site, loads, register, write, written

SITES = {
    "electricity": Site(),
    "ev_station": Site(mean=20.0, lost=0.5, errors=((2, -0.05),)),
    "water": Site(mean=0.6, unit="m3", digits=3, scatter=0.004, lost=0.2, errors=((2, -0.2),)),
    "gas": Site(mean=0.4, unit="m3", digits=3, scatter=0.004, lost=0.0, errors=((2, -0.15),)),
    "heat": Site(mean=0.05, unit="GJ", digits=4, scatter=0.006, lost=0.02, errors=((2, -0.25),)),
}


def judged(folder, *arguments):
    result = run("balance", "evaluate", folder, *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("domain", SITES)
def test_the_wrong_meter_of_every_domain_is_found_and_no_other_is_called(domain, tmp_path):
    document = judged(write(tmp_path / "in", *written(SITES[domain])), "--domain", domain)
    (node,) = document["nodes"]
    assert node["state"] == "judged", node["reason"]
    states = {meter["meter"]: meter["state"] for meter in node["meters"]}
    assert states.pop("N1-02") == "suspect"
    assert "suspect" not in states.values()
    assert list(states.values()).count("good") >= 5
    (wrong,) = [meter for meter in node["meters"] if meter["meter"] == "N1-02"]
    error = dict(SITES[domain].errors)[2]
    assert wrong["error"] == pytest.approx(error, abs=3 * np.hypot(wrong["u_stat"], wrong["u_gauge"]) + 0.002)


def test_the_limit_is_the_rule_of_the_domain_and_the_rule_is_named(tmp_path):
    folder = write(tmp_path / "in", *written(SITES["water"]))
    told = judged(folder, "--domain", "water")["settings"]
    assert told["limit"] == 0.04
    assert {rule["norm"] for rule in told["rules"]} >= {"inservice/evaluation", "inservice/lot-criterion"}
    assert judged(folder, "--domain", "water", "--limit", "0.1")["settings"]["limit"] == 0.1


def tank(folder, cheating, *, gauge=0.5, delivered=True):
    """A tank with six nozzles, hourly, 60 days: a delivery every third night, and a gauge read in whole half litres."""
    site = Site(meters=6, hours=60 * 24, mean=120.0)
    true = loads(site)
    error = np.random.default_rng(5).normal(0.0, 0.0004, site.meters)
    error[3] = cheating
    hours = np.arange(site.hours)
    arrives = np.where((hours % 72 == 3), 3 * 24 * 120.0 * 6, 0.0)
    plates = [f"N1,N1-{at:02d},枪,1,恒油机,D1,2022" for at in range(site.meters)]
    rows = []
    for at in range(site.meters):
        rows += register(f"N1-{at:02d}", true[at] * (1 + error[at]), 2, "L", start=10.0)
    level = 90_000 + np.concatenate([[0.0], np.cumsum(arrives - true.sum(axis=0))])
    level = np.round(level / gauge) * gauge
    stock = [f"N1,N1-罐,库存,{row}" for row in register("x", np.diff(level), 1, "L", start=level[0])]
    if delivered:
        plates.append("N1,N1-进油,进口,1,,,")
        rows += register("N1-进油", arrives, 1, "L", start=0.0)
    write(folder, plates, rows)
    lines = [",".join((*row.split(",")[:3], *row.split(",")[4:])) for row in stock]
    text = "\n".join(["节点,表号,角色,时间,库存,单位", *lines]) + "\n"
    (folder / "液位.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_nozzle_that_gives_short_is_found_by_the_tank(tmp_path):
    (node,) = judged(tank(tmp_path / "in", 0.015), "--domain", "fuel_tank")["nodes"]
    assert node["state"] == "judged", node["reason"]
    states = {meter["meter"]: meter["state"] for meter in node["meters"]}
    assert states.pop("N1-03") == "suspect"
    assert "suspect" not in states.values()
    (short,) = [meter for meter in node["meters"] if meter["meter"] == "N1-03"]
    assert short["error"] == pytest.approx(0.015, abs=3 * np.hypot(short["u_stat"], short["u_gauge"]))


def test_honest_nozzles_are_good_and_a_coarse_gauge_says_that_it_cannot_tell(tmp_path):
    (node,) = judged(tank(tmp_path / "fine", 0.0), "--domain", "fuel_tank")["nodes"]
    states = [meter["state"] for meter in node["meters"]]
    assert "suspect" not in states
    assert states.count("good") >= 3
    (node,) = judged(tank(tmp_path / "coarse", 0.0, gauge=500.0), "--domain", "fuel_tank")["nodes"]
    assert "suspect" not in {meter["state"] for meter in node["meters"]}
    assert "good" not in {meter["state"] for meter in node["meters"]}


def test_a_tank_whose_deliveries_are_missing_is_not_judged(tmp_path):
    (node,) = judged(tank(tmp_path / "in", 0.015, delivered=False), "--domain", "fuel_tank")["nodes"]
    assert node["state"] == "undeterminable"


def test_meters_swapped_between_two_districts_are_named(tmp_path):
    """The lists of two districts name each other's meter: both say so, and nothing else is said of them."""
    one, two = (written(Site(node=name, seed=seed, errors=())) for name, seed in (("N1", 1), ("N2", 50)))
    plates = [row.replace("N1,N1-04", "N2,N1-04").replace("N2,N2-05", "N1,N2-05") for row in (*one[0], *two[0])]
    document = judged(write(tmp_path / "in", plates, [*one[1], *two[1]]))
    assert [node["reason_code"] for node in document["nodes"]] == ["swapped_meters", "swapped_meters"]
    assert {node["reason_params"]["meter"] for node in document["nodes"]} == {"N2-05", "N1-04"}
    assert {meter["state"] for node in document["nodes"] for meter in node["meters"]} == {"undeterminable"}


def test_a_missing_master_gaps_and_few_days_are_never_a_verdict(tmp_path):
    plates, rows = written(Site())
    rng = np.random.default_rng(3)
    holes = [row for row in rows if rng.random() > 0.4]
    for name, kept in (("no master", [r for r in rows if "master" not in r]), ("40 % gaps", holes), ("few", rows[:40])):
        result = run("balance", "evaluate", write(tmp_path / name, plates, kept), "--json")
        assert result.exit_code == 0, result.stderr
        nodes = json.loads(result.stdout)["nodes"]
        assert nodes and all(node["meters"] for node in nodes), name
        assert {meter["state"] for node in nodes for meter in node["meters"]} <= {"undeterminable"}, name
        assert all(node["reason"] for node in nodes)


def test_one_node_that_is_read_too_seldom_does_not_stop_the_others(tmp_path):
    one, two = (written(Site(node=name, seed=seed)) for name, seed in (("N1", 1), ("N2", 50)))
    daily = [row for row in two[1] if " 00:00:00" in row]
    folder = write(tmp_path / "in", [*one[0], *two[0]], one[1])
    (folder / "日冻结.csv").write_text("\n".join(["表号,时间,示数,单位", *daily]) + "\n", encoding="utf-8")
    first, second = judged(folder)["nodes"]
    assert first["state"] == "judged"
    assert (second["state"], second["reason_code"]) == ("undeterminable", "readings_coarse")
