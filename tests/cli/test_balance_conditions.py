"""Pressure and temperature, given in files of any form, explain what is lost: from raw CSV to verdicts, per domain."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.cli.test_balance_domains import judged
from tests.cli.test_readings import run
from tests.cli.utility import BEGIN, Site, loads, register, write, written

HOURS = 42 * 24
AT = np.arange(HOURS + 1)
RNG = np.random.default_rng(8)
PRESSURE = 0.35 - 0.12 * np.exp(-(((AT % 24 - 19) / 4.0) ** 2)) + 0.01 * RNG.standard_normal(HOURS + 1)
WARMTH = 15.0 + 8.0 * np.sin((AT % 24 - 9) / 12 * np.pi) + 3.0 * np.sin(AT / 100)


def middle(values):
    return (values[1:] + values[:-1]) / 2


def stamps():
    return [str(BEGIN + timedelta(hours=int(hour))) for hour in AT]


def add(folder: Path, name: str, head: str, *columns: np.ndarray, first: str = "N1") -> None:
    rows = zip(stamps(), *(np.round(column, 3) for column in columns), strict=True)
    lines = [",".join((first, *map(str, row))) for row in rows]
    (folder / name).write_text("\n".join([head, *lines]) + "\n", encoding="gb18030")


def water(folder):
    site = Site(mean=0.3, unit="m3", digits=3, scatter=0.003, errors=((2, -0.2),), lost=0.5 * middle(PRESSURE))
    write(folder, *written(site))
    add(folder, "压力.csv", "分区,时间,管网压力(kPa)", PRESSURE * 1000)
    return "压力.csv"


def gas(folder):
    site = Site(mean=0.4, unit="m3", digits=3, scatter=0.002, errors=((2, -0.15),))
    true = loads(site)
    lost = 2.0 * np.diff(PRESSURE) - true.sum(axis=0) * (middle(WARMTH) - 20.0) / 293.15 * 2.0
    write(folder, *written(Site(**{**vars_of(site), "lost": lost}), true))
    add(folder, "工况.csv", "节点,数据时间,供气压力(MPa),气体温度(℃)", PRESSURE, WARMTH)
    return "工况.csv"


def heat(folder):
    supply, back, ground = 60 + WARMTH, 40 + WARMTH / 2, 8 + AT / HOURS
    lost = 0.001 * middle((supply + back) / 2 - ground)
    site = Site(mean=0.05, unit="GJ", digits=4, scatter=0.002, errors=((2, -0.25),), lost=lost)
    write(folder, *written(site))
    # Supply and return are the master's own columns, the ground a sensor's.
    add(folder, "总表温度.csv", "表号,时间,供水温度,回水温度", supply, back, first="N1-master")
    add(folder, "地温.csv", "站点,时间,地温", ground)
    return "总表温度.csv"


def vars_of(site: Site) -> dict[str, object]:
    return {name: getattr(site, name) for name in site.__dataclass_fields__}


@pytest.mark.parametrize(("domain", "made"), [("water", water), ("gas", gas), ("heat", heat)])
def test_conditions_sharpen_the_verdicts_of(domain, made, tmp_path):
    name = made(tmp_path / "in")
    (node,) = judged(tmp_path / "in", "--domain", domain)["nodes"]
    assert node["state"] == "judged", node["reason"]
    states = {meter["meter"]: meter["state"] for meter in node["meters"]}
    assert states.pop("N1-02") == "suspect"
    assert list(states.values()).count("good") >= 5 and "suspect" not in states.values()
    (tmp_path / "in" / name).unlink()
    (bare,) = judged(tmp_path / "in", "--domain", domain)["nodes"]
    # The scatter that nothing explained was the pressure or the temperature.
    assert bare["sigma"] is not None and node["sigma"] < 0.8 * bare["sigma"]


def test_the_warmth_of_a_tank_is_told_from_a_nozzle_that_gives_short(tmp_path):
    """Fuel that warms up by day rises as if it were delivered."""
    site = Site(meters=6, hours=HOURS, mean=120.0)
    true = loads(site)
    error = np.array([0.0002, -0.0003, 0.0001, 0.012, 0.0, -0.0001])
    plates = [f"N1,N1-{at:02d},枪,1,恒油机,D1,2022" for at in range(6)]
    rows = [row for at in range(6) for row in register(f"N1-{at:02d}", true[at] * (1 + error[at]), 2, "L", start=9.0)]
    arrives = np.where(np.arange(HOURS) % 72 == 3, 3 * 24 * 120.0 * 6, 0.0)
    level = np.empty(HOURS + 1)
    level[0] = 60_000.0
    warm = 15.0 + (WARMTH - 15.0) / 4
    for hour in range(HOURS):
        rises = 0.0012 * (warm[hour + 1] - warm[hour]) * level[hour]
        level[hour + 1] = level[hour] + arrives[hour] - true[:, hour].sum() + rises
    plates.append("N1,N1-进油,进口,1,,,")
    rows += register("N1-进油", arrives, 1, "L", start=0.0)
    folder = write(tmp_path / "in", plates, rows)
    add(folder, "液位.csv", "节点,时间,库存(L),油温(℃)", np.round(level * 2) / 2, warm)
    text = (folder / "液位.csv").read_text(encoding="gb18030")
    lines = text.replace("节点,", "节点,表号,").replace("\nN1,", "\nN1,N1-罐,")
    (folder / "液位.csv").write_text(lines, encoding="utf-8")
    (node,) = judged(folder, "--domain", "fuel_tank")["nodes"]
    assert node["state"] == "judged", node["reason"]
    assert [meter["meter"] for meter in node["meters"] if meter["state"] == "suspect"] == ["N1-03"]
    cold = lines.replace(",油温(℃)", ",备注")
    (folder / "液位.csv").write_text(cold, encoding="utf-8")
    (bare,) = judged(folder, "--domain", "fuel_tank")["nodes"]
    assert bare["sigma"] is None or node["sigma"] < 0.5 * bare["sigma"]


def test_a_condition_without_node_and_a_unit_that_is_none_are_refused(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    add(folder, "a.csv", "节点,时间,压力(kWh)", PRESSURE)
    add(folder, "b.csv", "备注,时间,压力(MPa)", PRESSURE)
    result = run("readings", "import", folder, "--into", tmp_path / "store", "--json")
    assert result.exit_code == 0, result.stderr
    assert '"readings": 0' in result.stdout
    assert "unit not known" in result.stdout and "no node is named" in result.stdout
