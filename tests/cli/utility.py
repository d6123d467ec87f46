"""Raw files as a utility of any kind exports them, with known truth: CSV in Chinese, one row per meter and hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

BEGIN = datetime(2026, 1, 5)  # noqa: DTZ001 - local time, as the files have it


@dataclass(frozen=True)
class Site:
    """One node and what makes it hard."""

    node: str = "N1"
    meters: int = 8
    hours: int = 42 * 24
    mean: float = 5.0
    """Of a meter in an hour [unit]."""
    unit: str = "kWh"
    digits: int = 2
    scatter: float = 0.001
    """Of an hour's balance [fraction]."""
    lost: float | np.ndarray = 0.1
    """In an hour, whatever flows [unit]."""
    errors: tuple[tuple[int, float], ...] = ((2, -0.08),)
    master: bool = True
    seed: int = 1


def loads(site: Site) -> np.ndarray:
    """(meters, hours) true amounts."""
    rng = np.random.default_rng(site.seed)
    hour = np.arange(site.hours) % 24
    course = 0.5 + np.exp(-(((hour - 19) / 3.0) ** 2))
    return rng.gamma(1.2, site.mean / 1.2, (site.meters, site.hours)) * course


def written(site: Site, true: np.ndarray | None = None) -> tuple[list[str], list[str]]:
    """Rows of the list of meters, and rows of readings."""
    rng = np.random.default_rng(site.seed + 1)
    true = loads(site) if true is None else true
    error = rng.normal(-0.001, 0.002, site.meters)
    for place, value in site.errors:
        error[place] = value
    plates, rows = [], []
    for at in range(site.meters):
        name = f"{site.node}-{at:02d}"
        plates.append(f"{site.node},{name},户表,1,恒表厂,M{at % 2},2019")
        rows += register(name, true[at] * (1 + error[at]), site.digits, site.unit, start=100.0 * at)
    if site.master:
        flow = true.sum(axis=0) * (1 + rng.normal(0, site.scatter, site.hours)) + site.lost
        plates.append(f"{site.node},{site.node}-master,总表,1,恒表厂,总,2019")
        rows += register(f"{site.node}-master", flow, site.digits, site.unit, start=7000.0)
    return plates, rows


def register(name: str, amounts: np.ndarray, digits: int, unit: str, start: float) -> list[str]:
    """Rows of a cumulative register at the full hours."""
    whole = start + np.concatenate([[0.0], np.cumsum(amounts)])
    cut = np.floor(whole * 10**digits) / 10**digits
    return [f"{name},{BEGIN + timedelta(hours=at)},{one:.{digits}f},{unit}" for at, one in enumerate(cut)]


def write(folder: Path, plates: list[str], rows: list[str]) -> Path:
    """Both files."""
    folder.mkdir(parents=True, exist_ok=True)
    head = "台区编号,表号,总分标志,倍率,生产厂家,型号,出厂年份"
    (folder / "档案.csv").write_text("\n".join([head, *plates]) + "\n", encoding="utf-8")
    (folder / "示数.csv").write_text("\n".join(["表号,时间,示数,单位", *rows]) + "\n", encoding="gb18030")
    return folder
